import Facts
import Intake
import Ledger
import TestSupport
import Testing

@Suite("A companyfacts file")
struct CompanyFactsTests {
  @Test("becomes definitions, filings and claims, in canonical lines")
  func becomesDefinitionsFilingsAndClaimsInCanonicalLines() throws {
    let text = file(
      concept(
        "Assets",
        unit("USD", fact(end: "2009-12-31", val: "19209000000", accn: "0000055785-10-1"))
      )
    )
    #expect(
      try IntakeTests.lines(text) == [
        #"{"entity":"cik:0000055785","name":"Paper Company","namedBy":"0000055785-10-1","#
          + #""type":"entity"}"#,
        #"{"concept":"us-gaap:Assets","dataType":"monetary","kind":"statement-line","#
          + #""label":"Label","periodType":"instant","type":"concept"}"#,
        #"{"entity":"cik:0000055785","filing":"0000055785-10-1","fiscalPeriod":"FY","#
          + #""fiscalYear":2009,"form":"10-K","published":"2010-02-24","type":"filing"}"#,
        #"{"concept":"us-gaap:Assets","entity":"cik:0000055785","filing":"0000055785-10-1","#
          + #""period":"2009-12-31","type":"statement-line","unit":"USD","value":"19209000000"}"#,
      ]
    )
    #expect(try drafts(text).allSatisfy { $0.file == "facts.json" && $0.line == nil })
  }

  @Test(
    "gives a value digit by digit, whatever its spelling",
    arguments: [
      ("1200000000000000", "1200000000000000"), ("1.2e15", "1200000000000000"),
      ("0.00001", "0.00001"), ("1e-05", "0.00001"), ("-1.25E+1", "-12.5"), ("2.50", "2.50"),
      ("12.50e1", "125.0"), ("1200e-2", "12.00"), ("0e7", "0"), ("-0", "0"), ("-0.00", "0.00"),
      (#""63.2""#, "63.2"), (#""-19209""#, "-19209"), ("999999999999999999", "999999999999999999"),
      ("null", "nil"),
    ]
  )
  func givesValueDigitByDigitWhateverItsSpelling(written: String, read: String) throws {
    let text = file(concept("X", unit("USD", fact(end: "2009-12-31", val: written))))
    let claim = try #require(try drafts(text).claims.first)
    #expect(claim.figure.value?.description ?? "nil" == read)
    #expect(claim.figure.decimals == nil && claim.source == nil)
  }

  @Test(
    "may give its cik as a number or a text",
    arguments: ["55785", #""55785""#, #""0000055785""#]
  )
  func mayGiveItsCikAsNumberOrText(written: String) throws {
    #expect(try drafts(file(cik: written)).entities.map(\.entity) == ["cik:0000055785"])
  }

  @Test("of one concept, as the companyconcept API gives it, is read as well")
  func companyConcept() throws {
    let facts = unit("USD", fact(end: "2009-12-31", val: "19209", accn: "0000055785-10-1"))
    let text =
      #"{"cik":55785,"taxonomy":"us-gaap","tag":"Assets","label":"Label","description":null,"#
      + #""entityName":"Paper Company","units":{\#(facts)}}"#
    #expect(try IntakeTests.lines(text) == IntakeTests.lines(file(concept("Assets", facts))))
  }

  @Test("of the frames API is named, since it does not say when its figures were filed")
  func framesFile() throws {
    let text =
      #"{"taxonomy":"us-gaap","tag":"Assets","ccp":"CY2009Q4I","uom":"USD","label":"L","#
      + #""description":"D","pts":1,"data":[{"accn":"A-1","cik":1,"end":"2009-12-31","val":1}]}"#
    let error = try #require(throws: ImportError.self) { try drafts(text) }
    #expect(error.message.contains("frames API") && error.remedy.contains("companyconcept"))
  }

  @Test("may leave fy, fp, label, description and the name null or out")
  func mayLeaveOutOptionalMembers() throws {
    let text = file(
      name: "null",
      concept(
        "X",
        label: "null",
        unit("USD", fact(end: "2009-12-31", val: "1", fy: "null", fp: "null"))
      ),
      #""Y":{"units":{"USD":[{"end":"2009-12-31","val":2,"accn":"A-1","form":"10-K","#
        + #""filed":"2010-02-24","someday":{"more":[1]}}]}}"#
    )
    let drafts = try drafts(text)
    #expect(drafts.entities.map(\.name) == ["cik:0000055785"])
    #expect(drafts.concepts.map(\.label) == [nil, nil])
    #expect(drafts.filings.map(\.fiscalYear) == [nil])
    #expect(drafts.filings.map(\.fiscalPeriod) == [nil])
    #expect(drafts.claims.count == 2)
  }

  @Test("gives a filing the fiscal year and period that no fact disputes")
  func fiscalPeriod() throws {
    let text = file(
      concept(
        "X",
        unit(
          "USD",
          fact(end: "2009-12-31", val: "1", fy: "null", fp: "null"),
          fact(end: "2008-12-31", val: "2"),
          fact(end: "2009-12-31", val: "1", accn: "B", fy: "2009"),
          fact(end: "2008-12-31", val: "1", accn: "B", fy: "2008")
        )
      )
    )
    let filings = try drafts(text).filings
    #expect(filings.map(\.fiscalYear) == [2009, nil])
    #expect(filings.map(\.fiscalPeriod) == ["FY", "FY"])
  }

  @Test(
    "tells of a concept what its facts tell",
    arguments: [
      (["USD"], "2009-01-01", nil, "duration monetary true"),
      (["USD"], nil, nil, "instant monetary nil"),
      (["USD"], "2009-01-01", "", "nil monetary nil"),
      (["USD", "EUR"], nil, nil, "instant monetary nil"),
      (["shares"], nil, nil, "instant shares nil"),
      (["USD/shares"], "2009-01-01", nil, "duration perShare nil"),
      (["pure"], nil, nil, "instant pure nil"),
      (["Store"], nil, nil, "instant nil nil"),
      (["USD", "shares"], nil, nil, "instant nil nil"),
    ] as [([String], String?, String?, String)]
  )
  func tellsOfConceptWhatItsFactsTell(
    units: [String],
    start: String?,
    other: String?,
    expected: String
  ) throws {
    let parts = units.map { name in
      // The second fact, where asked for, is an instant beside the duration.
      let instants = other == nil ? [] : [fact(end: "2009-12-31", val: "2")]
      let facts = [fact(start: start, end: "2009-12-31", val: "1")] + instants
      return unit(name, facts.joined(separator: ","))
    }
    let text = file(concept("X", parts.joined(separator: ",")))
    let definition = try #require(try drafts(text).concepts.first)
    let traits = [
      definition.periodType?.rawValue, definition.dataType?.rawValue,
      definition.isAdditive.map { "\($0)" },
    ].map { $0 ?? "nil" }
    #expect(traits.joined(separator: " ") == expected)
  }

  @Test("has its filings in the order of publication, and their claims in its own order")
  func hasItsFilingsInOrderOfPublication() throws {
    let text = file(
      concept(
        "X",
        unit(
          "USD",
          fact(end: "2009-12-31", val: "1", accn: "C", filed: "2011-02-24"),
          fact(end: "2009-12-31", val: "2", accn: "B", filed: "2010-02-24"),
          fact(end: "2008-12-31", val: "3", accn: "A", filed: "2010-02-24"),
          fact(end: "2007-12-31", val: "4", accn: "B", filed: "2010-02-24")
        )
      ),
      concept("W", unit("USD", fact(end: "2009-12-31", val: "5", accn: "A", filed: "2010-02-24")))
    )
    let drafts = try drafts(text)
    #expect(drafts.filings.map(\.filing) == ["A", "B", "C"])
    #expect(drafts.claims.compactMap(\.figure.value).map(\.mantissa) == [3, 5, 2, 4, 1])
    #expect(
      drafts.map(\.event.type) == [
        "entity", "concept", "concept", "filing", "statement-line", "statement-line", "filing",
        "statement-line", "statement-line", "filing", "statement-line",
      ]
    )
  }

  @Test("gives what stands twice in one filing once, and a contradiction twice")
  func givesWhatStandsTwiceInOneFilingOnce() throws {
    let once = fact(end: "2009-12-31", val: "1")
    let text = file(
      concept("X", unit("USD", once, once, fact(end: "2009-12-31", val: "2"), once))
    )
    #expect(try drafts(text).claims.compactMap(\.figure.value).map(\.mantissa) == [1, 2])
  }

  @Test("has claims of the kind that the ledger declared, and defines nothing again")
  func hasClaimsOfKindThatLedgerDeclared() throws {
    let text = file(concept("X", unit("shares", fact(end: "2009-12-31", val: "1"))))
    let known = KnownDefinitions(
      concept: {
        $0 == "us-gaap:X" ? ConceptDefinition(concept: $0, kind: "share-exchange") : nil
      },
      entity: { EntityDefinition(entity: $0, name: "known") }
    )
    let drafts = try drafts(text, known: known)
    #expect(drafts.map(\.event.type) == ["filing", "share-exchange"])
  }

  @Test(
    "leaves a known concept's period type open once it reports the other one, and only once",
    arguments: [(nil, 0), ("2009-01-01", 1)] as [(String?, Int)]
  )
  func knownPeriodType(start: String?, redefinitionCount: Int) throws {
    let text = file(concept("X", unit("USD", fact(start: start, end: "2009-12-31", val: "1"))))
    let instant = ConceptDefinition(
      concept: "us-gaap:X",
      label: "Ours",
      kind: "accrual",
      periodType: .instant
    )
    var known = KnownDefinitions(concept: { _ in instant }, entity: { _ in nil })
    let drafts = try drafts(text, known: known)
    let open = ConceptDefinition(concept: "us-gaap:X", label: "Ours", kind: "accrual")
    #expect(drafts.concepts == Array(repeating: open, count: redefinitionCount))
    known = known.adding(drafts)
    #expect(try IntakeTests.drafts(text, known: known).concepts.isEmpty)
  }

  @Test("defines nothing that an earlier file of the same import defined")
  func knownByDrafts() throws {
    let text = file(concept("X", unit("USD", fact(end: "2009-12-31", val: "1"))))
    let known = KnownDefinitions.none.adding(try drafts(text))
    #expect(try drafts(text, known: known).map(\.event.type) == ["filing", "statement-line"])
  }

  @Test("makes labels fit for a line")
  func makesLabelsFitForLine() throws {
    let fact = fact(end: "2009-12-31", val: "1")
    let text = file(
      concept("X", label: #"" Total\n\tassets ""#, unit("USD", fact)),
      concept("Y", label: #"" ""#, unit("USD", fact))
    )
    #expect(try drafts(text).concepts.map(\.label) == ["Total assets", nil])
  }

  @Test("tells when fiscal years end: by its annual reports, the newest of those that tie")
  func fiscalYearEnd() throws {
    func year(_ end: String, accn: String, fp: String = #""FY""#) -> String {
      let start = "\((Int(end.prefix(4)) ?? 0) - 1)-10-01"
      return fact(start: start, end: end, val: "1", accn: accn, fp: fp)
    }
    func yearEnd(_ facts: String...) throws -> String? {
      let text = file(concept("X", unit("USD", facts.joined(separator: ","))))
      return try drafts(text).entities.first?.fiscalYearEnd?.description
    }
    #expect(try yearEnd(year("2009-09-26", accn: "A"), year("2010-09-25", accn: "B")) == "09-25")
    #expect(
      try yearEnd(
        year("2009-09-26", accn: "A"),
        year("2010-09-25", accn: "B"),
        year("2009-09-26", accn: "B"),
        year("2015-09-26", accn: "C")
      ) == "09-26"
    )
    #expect(try yearEnd(year("2009-09-26", accn: "A", fp: #""Q3""#)) == nil)
    #expect(try yearEnd(fact(start: "2008-03-01", end: "2009-02-28", val: "1")) == "02-29")
  }

  @Test("is read the same in pieces, and if its facts come before whose they are")
  func isReadSameInPieces() throws {
    let text = file(
      concept(
        "X",
        unit("USD", fact(end: "2009-12-31", val: "1"), fact(end: "2008-12-31", val: "2"))
      ),
      concept("Y", unit("USD", fact(end: "2009-12-31", val: "3")))
    )
    let whole = try IntakeTests.drafts(text)
    for pieceByteCount in [1, 5, 64] {
      let spool = DraftSpool()
      let file = SourceFile(
        path: "facts.json",
        nextPiece: IntakeTests.pieces(of: text, pieceByteCount)
      )
      try CompanyFactsImporter().read(file, known: .none) { try spool.append($0) }
      #expect(try spool.finish().all() == whole)
    }
    let head = #"{"cik":55785,"entityName":"Paper Company","#
    let turned =
      "{" + text.dropFirst(head.count).dropLast() + "," + head.dropFirst().dropLast() + "}"
    #expect(turned.hasSuffix(#","cik":55785,"entityName":"Paper Company"}"#))
    #expect(try IntakeTests.drafts(turned) == whole)
    let wrong = turned.replacing("\"val\":3", with: "\"val\":true")
    let error = #expect(throws: ImportError.self) { try IntakeTests.drafts(wrong) }
    let offset = wrong.firstRange(of: "true").map {
      wrong.utf8.distance(from: wrong.startIndex, to: $0.lowerBound)
    }
    #expect(error?.byteOffset == offset)
  }
}
