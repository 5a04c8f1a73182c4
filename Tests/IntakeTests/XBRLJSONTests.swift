import Facts
import Intake
import Ledger
import TestSupport
import Testing

/// A report in xBRL-JSON; each fact is the inside of its object.
private struct Sample {
  var namespaces = [
    ("us-gaap", "http://fasb.org/us-gaap/2022"), ("dei", "http://xbrl.sec.gov/dei/2022"),
    ("my", "http://my.com/2022"), ("iso4217", "http://www.xbrl.org/2003/iso4217"),
    ("xbrli", "http://www.xbrl.org/2003/instance"), ("cik", "http://www.sec.gov/CIK"),
    ("lei", "http://standards.iso.org/iso/17442"),
  ]
  var facts: [String]

  init(_ facts: String...) { self.facts = facts }

  var text: String {
    let declared = namespaces.map { "\"\($0.0)\":\"\($0.1)\"" }.joined(separator: ",")
    let facts = facts.enumerated().map { "\"f\($0.offset)\":{\($0.element)}" }
    return """
      {"documentInfo":{"documentType":"https://xbrl.org/2021/xbrl-json","namespaces":{\(declared)},\
      "taxonomy":["my.xsd"]},
      "facts":{
      \(facts.joined(separator: ",\n"))
      }}
      """
  }

  static let particulars = FilingParticulars(filing: "f", published: PublishedTime("2023-02-03"))

  func report(
    _ particulars: FilingParticulars = particulars,
    file: String = "report.json",
    known: KnownDefinitions = .none
  ) throws -> ImportedReport {
    try XBRLJSONImporter().report(from: Array(text.utf8), file: file, particulars, known: known)
  }

  var claims: [Claim] { get throws { try report().drafts.claims } }
}

/// The inside of a fact; more dimensions start with a comma.
private func item(
  _ value: String = "\"12000\"",
  concept: String = "us-gaap:Assets",
  entity: String = "cik:0000000007",
  period: String? = "2023-01-01T00:00:00",
  unit: String? = "iso4217:USD",
  decimals: String? = "-3",
  more: String = ""
) -> String {
  "\"value\":\(value)" + (decimals.map { ",\"decimals\":\($0)" } ?? "")
    + ",\"dimensions\":{\"concept\":\"\(concept)\",\"entity\":\"\(entity)\""
    + (period.map { ",\"period\":\"\($0)\"" } ?? "") + (unit.map { ",\"unit\":\"\($0)\"" } ?? "")
    + "\(more)}"
}

@Suite("An xBRL-JSON report")
struct XBRLJSONTests {
  @Test("becomes definitions, a filing and claims, in canonical lines")
  func becomesDefinitionsFilingAndClaimsInCanonicalLines() throws {
    let sample = Sample(
      item(),
      item("\"10-K\"", concept: "dei:DocumentType", unit: nil, decimals: nil),
      item("\"SEVEN CO\"", concept: "dei:EntityRegistrantName", unit: nil, decimals: nil),
      item(
        "\"7\"",
        concept: "my:Sales",
        period: "2022-01-01T00:00:00/2023-01-01T00:00:00",
        more: ",\"my:Axis\":\"my:One\""
      )
    )
    let report = try sample.report()
    let lines = report.drafts.lines.map {
      $0.replacing(#/"bytes":\d+,/#, with: "").replacing(#/[0-9a-f]{64}/#, with: "HASH")
    }
    let namespaces =
      #"{"cik":"http://www.sec.gov/CIK","dei":"http://xbrl.sec.gov/dei/2022","#
      + #""iso4217":"http://www.xbrl.org/2003/iso4217","my":"http://my.com/2022","#
      + #""us-gaap":"http://fasb.org/us-gaap/2022"}"#
    let filing =
      #"{"document":{"name":"report.json","sha256":"HASH"},"entity":"cik:0000000007","#
      + #""filing":"f","form":"10-K","published":"2023-02-03","report":{"measures":{"#
      + #""USD":"iso4217"},"namespaces":\#(namespaces),"taxonomy":["my.xsd"]},"type":"filing"}"#
    #expect(
      lines == [
        #"{"entity":"cik:0000000007","name":"SEVEN CO","namedBy":"f","type":"entity"}"#,
        #"{"concept":"us-gaap:Assets","dataType":"monetary","kind":"statement-line","#
          + #""periodType":"instant","type":"concept"}"#,
        #"{"additive":true,"concept":"my:Sales","dataType":"monetary","kind":"statement-line","#
          + #""periodType":"duration","type":"concept"}"#,
        filing,
        #"{"concept":"us-gaap:Assets","decimals":-3,"entity":"cik:0000000007","filing":"f","#
          + #""period":"2022-12-31","source":{"column":20,"line":3},"type":"statement-line","#
          + #""unit":"USD","value":"12000"}"#,
        #"{"concept":"my:Sales","decimals":-3,"dimensions":{"my:Axis":"my:One"},"#
          + #""entity":"cik:0000000007","filing":"f","period":"2022-01-01/2022-12-31","#
          + #""source":{"column":16,"line":6},"type":"statement-line","unit":"USD","value":"7"}"#,
      ]
    )
    #expect(
      report.summary.description
        == "report.json: 2 figures became 2 claims; 2 facts that are no figures left out"
    )
  }

  @Test(
    "gives a value digit by digit, with its decimals, or nil",
    arguments: [
      ("\"12000\"", "-3", "12000 -3"), ("\"-0.40\"", "2", "-0.40 2"), ("\"1.5e3\"", "0", "1500 0"),
      ("12000.50", "2", "12000.50 2"), ("\"7\"", nil, "7"), ("\"7\"", "null", "7"),
      ("\"7\"", "30", "7"), ("null", nil, "nil"),
    ] as [(String, String?, String)]
  )
  func givesValueDigitByDigitWithItsDecimals(written: String, decimals: String?, said: String)
    throws
  {
    #expect(try Sample(item(written, decimals: decimals)).claims.map(\.said) == [said])
  }

  @Test(
    "ends its periods at midnights",
    arguments: [
      ("2023-01-01T00:00:00", "2022-12-31"),
      ("2022-01-01T00:00:00/2023-01-01T00:00:00", "2022-01-01/2022-12-31"),
      ("2022-12-31T00:00:00Z/2023-01-01T00:00:00.0Z", "2022-12-31/2022-12-31"),
      ("2022-12-31T24:00:00", "2022-12-31"),
      ("2021-12-31T24:00:00/2022-12-31T24:00:00", "2022-01-01/2022-12-31"),
    ]
  )
  func endsItsPeriodsAtMidnights(written: String, period: String) throws {
    #expect(try Sample(item(period: written)).claims.map { "\($0.fact.period)" } == [period])
  }

  @Test(
    "has units by their local names, and pure numbers without one",
    arguments: [
      ("iso4217:USD", "USD"), ("iso4217:USD/xbrli:shares", "USD/shares"),
      ("my:b*my:a", "a*b"), ("(my:b*my:a)/(my:d*my:c)", "(a*b)/(c*d)"), ("xbrli:pure", "pure"),
      (nil, "pure"),
    ] as [(String?, String)]
  )
  func hasUnitsByTheirLocalNames(written: String?, unit: String) throws {
    #expect(try Sample(item(unit: written)).claims.map(\.fact.unit) == [unit])
  }

  @Test(
    "takes a number without unit and decimals for a figure where its concept is known to be one"
  )
  func pureNumbersAreKnownByTheirConcepts() throws {
    let sample = Sample(item("\"0.0525\"", concept: "my:Rate", unit: nil, decimals: nil))
    #expect(throws: ImportError.self) { try sample.report() }
    for (type, count) in [(ConceptDefinition.DataType.pure, 1), (.percent, 1), (.monetary, 0)] {
      var rate = ConceptDefinition(concept: "my:Rate", kind: "statement-line")
      rate.dataType = type
      let known = KnownDefinitions(concept: { [rate] _ in rate }, entity: { _ in nil })
      let claims = try? sample.report(known: known).drafts.claims
      #expect(claims?.map(\.said) ?? [] == (count == 1 ? ["0.0525"] : []))
    }
  }

  @Test("has the dimensions of its taxonomy, explicit and typed, and no others")
  func hasDimensionsOfItsTaxonomyExplicitAndTyped() throws {
    var sample = Sample(
      item(more: ",\"g:Axis\":\"g:Member\",\"my:When\":\"10:30\",\"my:Text\":\"a b\"")
    )
    sample.namespaces.append(("g", "http://fasb.org/us-gaap/2021"))
    #expect(
      try sample.claims.map(\.fact.dimensions.text) == [
        "my:Text=a b;my:When=10:30;us-gaap:Axis=us-gaap:Member"
      ]
    )
    let text = item(unit: nil, decimals: nil, more: ",\"language\":\"en\",\"noteId\":\"n\"")
    #expect(try Sample(item(), text).report().summary.textCount == 1)
  }

  @Test("names concepts and entities by their namespaces, whatever the prefix")
  func namesConceptsAndEntitiesByTheirNamespacesWhateverPrefix() throws {
    var sample = Sample(item(concept: "g:Assets", entity: "e:7"), item(entity: "lei:X"))
    sample.namespaces += [("g", "http://fasb.org/us-gaap/2021"), ("e", "http://www.sec.gov/CIK")]
    let claims = try sample.claims
    #expect(claims.map(\.fact.concept) == ["us-gaap:Assets", "us-gaap:Assets"])
    #expect(claims.map(\.fact.entity) == ["cik:0000000007", "lei:X"])
  }

  @Test("treats duplicates as the XML syntax does")
  func treatsDuplicatesAsXMLSyntaxDoes() throws {
    let sample = Sample(
      item("\"24900\"", decimals: "-2"),
      item("\"24924\"", decimals: "0"),
      item("\"24900.0\"", decimals: "-2"),
      item("\"99\"", concept: "my:A", decimals: "0"),
      item("\"97\"", concept: "my:A", decimals: "0")
    )
    let report = try sample.report()
    #expect(report.drafts.claims.map(\.said) == ["24900 -2", "24924 0", "99 0", "97 0"])
    #expect(
      report.summary.description
        == "report.json: 5 figures became 4 claims; 1 complete duplicate left out; 1 fact stated "
        + "at several precisions; 1 fact contradicts itself\n"
        + "report.json: conflict: my:A 2022-12-31 USD: 99 (line 6), 97 (line 7)"
    )
  }

  @Test("says the same as the XML syntax of the same report")
  func sameAsXML() throws {
    let xml = XBRLFixture(
      XBRLFixture.figure("12000"),
      XBRLFixture.figure("-7.5", "my:Part", context: "D", rounding: "decimals=\"INF\""),
      XBRLFixture.text("10-Q", "dei:DocumentType")
    )
    let json = Sample(
      item(period: "2010-10-01T00:00:00"),
      item(
        "\"-7.5\"",
        concept: "my:Part",
        period: "2010-07-01T00:00:00/2010-10-01T00:00:00",
        decimals: nil
      ),
      item("\"10-Q\"", concept: "dei:DocumentType", unit: nil, decimals: nil)
    )
    let (first, second) = (try xml.report().drafts, try json.report().drafts)
    #expect(first.claims.map(\.fact) == second.claims.map(\.fact))
    #expect(first.claims.map(\.figure) == second.claims.map(\.figure))
    #expect(first.concepts == second.concepts && first.filings[0].form == second.filings[0].form)
  }

  @Test("is read the same in pieces, and if its facts come before what declares their prefixes")
  func isReadSameInPieces() throws {
    let sample = Sample(item(), item(more: ",\"my:Axis\":\"my:\u{E9}\""), item("99"))
    let whole = try sample.report()
    for pieceByteCount in [1, 6, 100] {
      let spool = DraftSpool()
      let file = SourceFile(
        path: "report.json",
        nextPiece: IntakeTests.pieces(of: sample.text, pieceByteCount)
      )
      let summary = try XBRLJSONImporter(Sample.particulars).read(file, known: .none) {
        try spool.append($0)
      }
      #expect(try spool.finish().all() == whole.drafts)
      #expect("\(summary)" == "\(whole.summary)")
    }
    let parts = sample.text.split(separator: ",\n\"facts\":", maxSplits: 1)
    let turned = "{\"facts\":" + parts[1].dropLast() + "," + parts[0].dropFirst() + "}"
    let report = try XBRLJSONImporter().report(
      from: Array(turned.utf8),
      file: "report.json",
      Sample.particulars
    )
    #expect(report.drafts.claims.map(\.fact) == whole.drafts.claims.map(\.fact))
    #expect(report.drafts.claims.map(\.source?.place?.line) == [2, 3, 4])
  }

  @Test("takes the filing from the folder's name, or says what is missing")
  func takesFilingFromFoldersName() throws {
    let published = FilingParticulars(published: PublishedTime("2023-02-03"))
    let file = "a/0000000007-23-000001/r.json"
    let drafts = try Sample(item()).report(published, file: file).drafts
    #expect(drafts.filings.map(\.filing) == ["0000000007-23-000001"])
    #expect(drafts.filings.first?.document?.name == "r.json")
    let error = try #require(throws: ImportError.self) { try Sample(item()).report(published) }
    #expect(error.description.hasPrefix("report.json: nothing says which filing this is; give"))
  }
}

@Suite("An xBRL-JSON report is refused, with the place,")
struct XBRLJSONErrorTests {
  private func error(_ text: String) throws -> ImportError {
    try #require(throws: ImportError.self) {
      try XBRLJSONImporter().report(
        from: Array(text.utf8),
        file: "r.json",
        Sample.particulars
      )
    }
  }

  @Test(
    "if a fact lacks what it needs, or has it wrong",
    arguments: [
      (item("\"1,5\""), #"us-gaap:Assets is 1,5, which is no decimal number"#),
      (item("true"), "us-gaap:Assets is neither number nor text, which is no decimal number"),
      (item("\"1234567890123456789\""), "which has more than 18 digits"),
      (item(decimals: "-19"), "us-gaap:Assets has decimals -19"),
      (item(decimals: "\"-3\""), #""decimals" is not a whole number"#),
      (item(concept: "Assets"), #""concept" is "Assets", which is no name with a declared prefix"#),
      (item(concept: "no:Assets"), #""concept" is "no:Assets", which is no name"#),
      (item(entity: "no:7"), #""entity" is "no:7", which is no name with a declared prefix"#),
      (item(entity: "cik: 7"), #""entity" is "cik: 7", which is no name with a declared prefix"#),
      (item(period: nil), #"fact "f1" has no period"#),
      (item(period: "2022-12-31"), #""period" is "2022-12-31""#),
      (item(period: "2022-12-31T12:00:00"), #""period" is "2022-12-31T12:00:00""#),
      (item(period: "2022-02-30T00:00:00"), #""period" is "2022-02-30T00:00:00""#),
      (
        item(period: "2023-01-01T00:00:00/2023-01-01T00:00:00"),
        #""period" is "2023-01-01T00:00:00/2023-01-01T00:00:00""#
      ),
      (item(unit: "USD"), #""unit" is "USD""#), (item(unit: "no:USD"), #""unit" is "no:USD""#),
      (item(unit: "my:a/my:b/my:c"), #""unit" is "my:a/my:b/my:c""#),
      (item(unit: "my:a*"), #""unit" is "my:a*""#),
      (item(more: ",\"no:Axis\":\"x\""), #"the prefix of dimension "no:Axis" is not declared"#),
      (item(more: ",\"my:Axis\":null"), #""my:Axis" is not a text"#),
      (item(more: ",\"my:Axis\":\"a;b\""), "dimension my:Axis=a;b cannot be used"),
      (#""value":"1","decimals":0"#, #""dimensions" is missing"#),
      (
        #""value":"1","decimals":0,"dimensions":[]"#, #""dimensions" of fact "f1" is not an object"#
      ),
      (#""decimals":0,"dimensions":{"concept":"my:A"}"#, #""value" is missing"#),
      (#""value":"1","decimals":0,"dimensions":{}"#, #""concept" is missing"#),
      (
        #""value":"1","decimals":0,"dimensions":{"concept":"my:A","period":"2023-01-01T00:00:00"}"#,
        #""entity" is missing"#
      ),
    ]
  )
  func factThatLacksMemberIsRefused(written: String, message: String) throws {
    let text = Sample(item(), written).text
    let error = try error(text)
    #expect(error.message.contains(message), "\(error)")
    let second = try #require(text.firstRange(of: "\"f1\""))
    #expect(
      error.byteOffset > text.utf8.distance(from: text.startIndex, to: second.lowerBound)
    )
    #expect(error.description.hasPrefix("r.json: byte \(error.byteOffset): "))
  }

  @Test(
    "if it is another kind of file",
    arguments: [
      ("[]", "the file is not an object"), ("{}", #""documentInfo" is missing"#),
      ("<xbrl/>", "expected a value"),
      (#"{"documentInfo":[]}"#, #""documentInfo" is not an object"#),
      (#"{"documentInfo":{}}"#, #""documentType" is missing"#),
      (
        #"{"documentInfo":{"documentType":"https://xbrl.org/2021/xbrl-csv"}}"#,
        #""documentType" is "https://xbrl.org/2021/xbrl-csv""#
      ),
      (
        #"{"documentInfo":{"documentType":"https://xbrl.org/2021/xbrl-json","namespaces":7}}"#,
        #""namespaces" is not an object"#
      ),
      (
        #"{"documentInfo":{"documentType":"https://xbrl.org/2021/xbrl-json","namespaces":{"a":7}}}"#,
        #""a" is not a text"#
      ),
      (
        #"{"documentInfo":{"documentType":"https://xbrl.org/2021/xbrl-json"}}"#,
        #""facts" is missing"#
      ),
      (
        #"{"documentInfo":{"documentType":"https://xbrl.org/2021/xbrl-json"},"facts":[]}"#,
        #""facts" is not an object"#
      ),
      (
        #"{"documentInfo":{"documentType":"https://xbrl.org/2021/xbrl-json"},"facts":{"f":1}}"#,
        #"fact "f" is not an object"#
      ),
      (
        #"{"documentInfo":{"documentType":"https://xbrl.org/2021/xbrl-json"},"facts":{}}"#,
        "the report holds no figure"
      ),
    ]
  )
  func otherFiles(text: String, message: String) throws {
    #expect(try error(text).message.hasPrefix(message))
  }

  @Test("wherever it is cut off")
  func whereverItIsCutOff() throws {
    let bytes = Array(Sample(item()).text.utf8)
    for count in 0..<bytes.count {
      #expect(try error(String(decoding: bytes[..<count], as: UTF8.self)).byteOffset <= count)
    }
  }
}
