import Facts
import Intake
import TestSupport
import Testing

@Suite("An XBRL instance")
struct XBRLTests {
  @Test("becomes definitions, a filing, claims and checks, in canonical lines")
  func becomesDefinitionsFilingClaimsAndChecksInCanonicalLines() throws {
    var fixture = XBRLFixture(
      XBRLFixture.figure("12000"),
      XBRLFixture.text("10-Q", "dei:DocumentType"),
      XBRLFixture.text("2010", "dei:DocumentFiscalYearFocus"),
      XBRLFixture.text("Q3", "dei:DocumentFiscalPeriodFocus"),
      XBRLFixture.text("MY\n  COMPANY", "dei:EntityRegistrantName"),
      XBRLFixture.text("--12-31", "dei:CurrentFiscalYearEndDate"),
      XBRLFixture.figure("7000", "my:Part", context: "D")
    )
    fixture.files["my.xsd"] = XBRLFixture.schema(
      "<xs:element name=\"Part\" id=\"my_Part\" type=\"xbrli:monetaryItemType\" "
        + "xbrli:periodType=\"duration\" xbrli:balance=\"credit\"/>"
    )
    fixture.files["my_cal.xml"] = XBRLFixture.linkbase(
      XBRLFixture.calculation("us-gaap:Assets my:Part -1.0")
    )
    let report = try fixture.report()
    let lines = report.drafts.lines.map {
      $0.replacing(#/"bytes":\d+,/#, with: "").replacing(#/[0-9a-f]{64}/#, with: "HASH")
    }
    let namespaces =
      #"{"cik":"http://www.sec.gov/CIK","dei":"http://xbrl.us/dei/2009-01-31","#
      + #""iso4217":"http://www.xbrl.org/2003/iso4217","my":"http://my.com/2010","#
      + #""us-gaap":"http://xbrl.us/us-gaap/2009-01-31"}"#
    let filing =
      #"{"document":{"name":"my.xml","sha256":"HASH"},"entity":"cik:0000000007","#
      + #""filing":"0000000007-10-000001","fiscalPeriod":"Q3","fiscalYear":2010,"#
      + #""form":"10-Q","published":"2010-10-27","report":{"measures":{"USD":"iso4217"},"#
      + #""namespaces":\#(namespaces),"taxonomy":["my.xsd"]},"type":"filing"}"#
    #expect(
      lines == [
        #"{"entity":"cik:0000000007","fiscalYearEnd":"12-31","name":"MY COMPANY","#
          + #""namedBy":"0000000007-10-000001","type":"entity","#
          + #""yearEndBy":"0000000007-10-000001"}"#,
        #"{"concept":"us-gaap:Assets","dataType":"monetary","kind":"statement-line","#
          + #""periodType":"instant","type":"concept"}"#,
        #"{"additive":true,"balance":"credit","concept":"my:Part","dataType":"monetary","#
          + #""kind":"statement-line","periodType":"duration","type":"concept"}"#,
        #"{"aspects":"of-total","check":"0000000007-10-000001/Balance/us-gaap:Assets","#
          + #""entity":"cik:0000000007","filing":"0000000007-10-000001","#
          + #""items":[{"concept":"my:Part","weight":-1}],"kind":"foot","#
          + #""title":"us-gaap:Assets","total":{"concept":"us-gaap:Assets"},"type":"check"}"#,
        filing,
        #"{"concept":"us-gaap:Assets","decimals":-3,"entity":"cik:0000000007","#
          + #""filing":"0000000007-10-000001","period":"2010-09-30","#
          + #""source":{"column":64,"line":4},"type":"statement-line","unit":"USD","#
          + #""value":"12000"}"#,
        #"{"concept":"my:Part","decimals":-3,"entity":"cik:0000000007","#
          + #""filing":"0000000007-10-000001","period":"2010-07-01/2010-09-30","#
          + #""source":{"column":56,"line":11},"type":"statement-line","unit":"USD","#
          + #""value":"7000"}"#,
      ]
    )
    #expect(
      report.summary.description
        == "0000000007-10-000001/my.xml: 2 figures became 2 claims; 5 facts that are no figures "
        + "left out; 1 sum of the calculation linkbase"
    )
    let claims = report.drafts.filter { if case .claim = $0.event { true } else { false } }
    #expect(claims.map(\.line) == [4, 11])
    #expect(report.drafts.allSatisfy { $0.file == "0000000007-10-000001/my.xml" })
  }

  @Test("names its document with size and hash")
  func namesItsDocumentWithSizeAndHash() throws {
    let fixture = XBRLFixture(XBRLFixture.figure("1000"))
    let document = try #require(try fixture.report().drafts.filings.first?.document)
    #expect(document.name == "my.xml" && document.byteCount == fixture.instance.utf8.count)
    #expect(document.sha256?.utf8.count == 64)
  }

  @Test(
    "gives a value digit by digit, whatever its spelling",
    arguments: [
      ("12000", "12000", nil), (" 12000\n", "12000", nil), ("+12000", "12000", "+12000"),
      ("-0.40", "-0.40", nil), (".5", "0.5", ".5"), ("-.5", "-0.5", "-.5"), ("5.", "5", "5."),
      ("007", "7", "007"), ("-0", "0", "-0"), ("00.10", "0.10", "00.10"),
      ("1.25E3", "1250", "1.25E3"), ("1e-5", "0.00001", "1e-5"), ("-1.5e+1", "-15", "-1.5e+1"),
      ("999999999999999999", "999999999999999999", nil),
    ] as [(String, String, String?)]
  )
  func givesValueDigitByDigitWhateverItsSpelling(written: String, value: String, text: String?)
    throws
  {
    let claim = try #require(try XBRLFixture(XBRLFixture.figure(written)).claims.first)
    #expect(claim.figure.value?.description == value && claim.source?.text == text)
  }

  @Test(
    "takes over how far a figure is rounded, and infers it from a precision",
    arguments: [
      ("12000", "decimals=\"-3\"", -3), ("12000", "decimals=\"INF\"", nil),
      ("12000", "decimals=\"0\"", 0), ("0.25", "decimals=\"2\"", 2),
      ("0.25", "decimals=\"19\"", nil), ("12000", "precision=\"INF\"", nil),
      ("12345", "precision=\"2\"", -3), ("12345", "precision=\"5\"", 0),
      ("1.5", "precision=\"4\"", 3), ("0.0025", "precision=\"2\"", 4),
      ("0", "precision=\"3\"", nil),
    ] as [(String, String, Int8?)]
  )
  func takesOverHowFarFigureIsRounded(value: String, attribute: String, decimals: Int8?) throws {
    let fixture = XBRLFixture(XBRLFixture.figure(value, rounding: attribute))
    #expect(try fixture.claims.first?.figure.decimals == decimals)
  }

  @Test("gives nil for a fact that is nil", arguments: ["true", "1"])
  func nilFact(written: String) throws {
    let figure = XBRLFixture.figure("", rounding: "xsi:nil=\"\(written)\"")
    #expect(try XBRLFixture(figure).claims.map(\.said) == ["nil"])
  }

  @Test(
    "has periods of dates and of midnights",
    arguments: [
      ("<instant>2010-09-30</instant>", "2010-09-30"),
      ("<instant>2010-10-01T00:00:00</instant>", "2010-09-30"),
      ("<instant>2010-09-30T24:00:00</instant>", "2010-09-30"),
      ("<instant> 2010-09-30Z </instant>", "2010-09-30"),
      (
        "<startDate>2010-07-01</startDate><endDate>2010-09-30</endDate>", "2010-07-01/2010-09-30"
      ),
      (
        "<startDate>2010-07-01T00:00:00</startDate><endDate>2010-10-01T00:00:00.000Z</endDate>",
        "2010-07-01/2010-09-30"
      ),
    ]
  )
  func hasPeriodsOfDatesAndOfMidnights(written: String, period: String) throws {
    var fixture = XBRLFixture(XBRLFixture.figure("1000", context: "P"))
    fixture.contexts = [XBRLFixture.context("P", written)]
    #expect(try fixture.claims.map { "\($0.fact.period)" } == [period])
  }

  @Test(
    "has units by their local names, quotients and products",
    arguments: [
      ("<measure>iso4217:USD</measure>", "USD"), ("<measure> xbrli:shares </measure>", "shares"),
      ("<measure>pure</measure>", "pure"), ("<measure>my:segment</measure>", "segment"),
      ("<measure>my:m</measure><measure>my:k</measure>", "k*m"),
      (
        "<divide><unitNumerator><measure>iso4217:USD</measure></unitNumerator><unitDenominator>"
          + "<measure>xbrli:shares</measure></unitDenominator></divide>", "USD/shares"
      ),
      (
        "<divide><unitNumerator><measure>iso4217:USD</measure></unitNumerator><unitDenominator>"
          + "<measure>my:b</measure><measure>my:a</measure></unitDenominator></divide>",
        "USD/(a*b)"
      ),
    ]
  )
  func hasUnitsByTheirLocalNamesQuotientsAndProducts(written: String, unit: String) throws {
    var fixture = XBRLFixture(XBRLFixture.figure("1000", unit: "u"))
    fixture.namespaces += " xmlns:xbrli=\"http://www.xbrl.org/2003/instance\""
    fixture.units = ["<unit id=\"u\">\(written)</unit>"]
    #expect(try fixture.claims.map(\.fact.unit) == [unit])
  }

  @Test(
    "has the dimensions of segment and scenario, explicit and typed",
    arguments: [
      ("", "", ""),
      (
        "<xbrldi:explicitMember dimension=\"us-gaap:SegmentAxis\"> my:OneMember "
          + "</xbrldi:explicitMember>", "", "us-gaap:SegmentAxis=my:OneMember"
      ),
      (
        "<xbrldi:explicitMember dimension=\"us-gaap:B\">my:One</xbrldi:explicitMember>",
        "<xbrldi:explicitMember dimension=\"us-gaap:A\">my:Two</xbrldi:explicitMember>",
        "us-gaap:A=my:Two;us-gaap:B=my:One"
      ),
      (
        "<xbrldi:typedMember dimension=\"my:When\"><my:day> 2023-01-01 </my:day>"
          + "</xbrldi:typedMember>", "", "my:When=2023-01-01"
      ),
    ]
  )
  func hasDimensionsOfSegmentAndScenarioExplicitAndTyped(
    segment: String,
    scenario: String,
    text: String
  ) throws {
    var fixture = XBRLFixture(XBRLFixture.figure("1000", context: "X"))
    fixture.contexts.append(
      XBRLFixture.context(
        "X",
        "<instant>2010-09-30</instant>",
        segment: segment,
        scenario: scenario
      )
    )
    #expect(try fixture.claims.map(\.fact.dimensions.text) == [text])
  }

  @Test(
    "names entities by their scheme",
    arguments: [
      ("http://www.sec.gov/CIK", "7", "cik:0000000007"),
      ("http://www.sec.gov/CIK", " 0000719413 ", "cik:0000719413"),
      ("http://standards.iso.org/iso/17442", "529900T8BM49AURSDO55", "lei:529900T8BM49AURSDO55"),
      ("http://register.example", "12", "http://register.example#12"),
    ]
  )
  func namesEntitiesByTheirScheme(scheme: String, identifier: String, name: String) throws {
    var fixture = XBRLFixture(XBRLFixture.figure("1000"))
    fixture.contexts = [
      XBRLFixture.context(
        "I",
        "<instant>2010-09-30</instant>",
        scheme: scheme,
        identifier: identifier
      )
    ]
    let drafts = try fixture.report().drafts
    #expect(drafts.claims.map(\.fact.entity) == [name])
    #expect(drafts.entities == [EntityDefinition(entity: name, name: name)])
  }

  @Test("names a concept alike in reports of all years, whatever prefix they declare")
  func namesConceptAlikeInReportsOfAllYears() throws {
    var fixture = XBRLFixture(
      XBRLFixture.figure("1000", "g:Assets"),
      XBRLFixture.figure("1000", "i:Assets"),
      XBRLFixture.figure("1000", "my:Assets"),
      "<Assets xmlns=\"http://my.com/2010\" contextRef=\"I\" unitRef=\"usd\" decimals=\"0\">3</Assets>"
    )
    fixture.namespaces =
      "xmlns:g=\"http://fasb.org/us-gaap/2022\" xmlns:my=\"http://my.com/2010\" "
      + "xmlns:i=\"https://xbrl.ifrs.org/taxonomy/2022-03-24/ifrs-full\""
    #expect(
      try fixture.claims.map(\.fact.concept) == [
        "us-gaap:Assets", "ifrs-full:Assets", "my:Assets", "my:Assets",
      ]
    )
  }

  @Test("defines what the ledger lacks, from its schema, labels and facts, and nothing again")
  func definesWhatLedgerLacksFromItsSchema() throws {
    var fixture = XBRLFixture(
      XBRLFixture.figure("1", "my:Rate", unit: "pure"),
      XBRLFixture.figure("1", "my:Both"),
      XBRLFixture.figure("1", "my:Both", context: "D"),
      XBRLFixture.figure("1", "us-gaap:Assets")
    )
    fixture.units.append(XBRLFixture.unit("pure", "pure"))
    let references = ["cal", "lab", "pre"].map { kind in
      "<link:linkbaseRef xlink:href=\"my_\(kind).xml\" xlink:role=\"http://www.xbrl.org/2003/role/"
        + "\(kind == "pre" ? "presentation" : kind == "lab" ? "label" : "calculation")LinkbaseRef\"/>"
    }
    fixture.files["my.xsd"] = XBRLFixture.schema(
      "<xs:element name=\"Rate\" id=\"my_Rate\" type=\"t:percentItemType\"/>"
        + "<xs:element name=\"Both\"/>",
      references: references.joined()
    )
    fixture.files["my_lab.xml"] = XBRLFixture.linkbase(
      XBRLFixture.labels(
        ("my:Rate", "The total", "totalLabel"),
        ("my:Rate", "The \n rate", "label")
      )
    )
    let drafts = try fixture.report().drafts
    #expect(
      drafts.concepts == [
        ConceptDefinition(
          concept: "my:Rate",
          label: "The rate",
          kind: "statement-line",
          periodType: .instant,
          dataType: .percent
        ),
        ConceptDefinition(concept: "my:Both", kind: "statement-line", dataType: .monetary),
        ConceptDefinition(
          concept: "us-gaap:Assets",
          kind: "statement-line",
          periodType: .instant,
          dataType: .monetary
        ),
      ]
    )
    let again = try fixture.report(known: KnownDefinitions.none.adding(drafts)).drafts
    #expect(again.concepts.isEmpty && again.entities.isEmpty)
    let dated = ConceptDefinition(
      concept: "us-gaap:Assets",
      kind: "production",
      periodType: .duration
    )
    let known = KnownDefinitions(
      concept: { $0 == dated.concept ? dated : nil },
      entity: { _ in nil }
    )
    let other = try fixture.report(known: known).drafts
    #expect(other.claims.last?.kind == "production")
    #expect(other.concepts.last == ConceptDefinition(concept: "us-gaap:Assets", kind: "production"))
  }
}

@Suite("A figure that a report states more than once")
struct DuplicateFactTests {
  private func report(_ figures: (value: String, rounding: String)...) throws -> ImportedReport {
    var fixture = XBRLFixture()
    fixture.facts = figures.map { XBRLFixture.figure($0.value, rounding: $0.rounding) }
    return try fixture.report()
  }

  @Test("alike is recorded once, at its first place")
  func completeDuplicatesAreRecordedOnce() throws {
    let thousands = "decimals=\"-3\""
    let report = try report(("5000", thousands), ("5000.0", thousands), ("5e3", thousands))
    #expect(report.drafts.claims.map(\.said) == ["5000 -3"])
    #expect(report.drafts.claims.first?.source?.place?.line == 4)
    #expect(report.summary.duplicates.completeCount == 2)
    #expect(report.summary.description.contains("2 complete duplicates left out"))
    let dashes = try self.report(("", "xsi:nil=\"1\""), ("", "xsi:nil=\"true\""))
    #expect(dashes.drafts.claims.map(\.said) == ["nil"])
  }

  @Test("with other decimals and meeting intervals is recorded each time")
  func consistentDuplicatesAreRecordedEachTime() throws {
    let report = try report(
      ("24900", "decimals=\"-2\""),
      ("24924", "decimals=\"0\""),
      ("24900", "decimals=\"-2\"")
    )
    #expect(report.drafts.claims.map(\.said) == ["24900 -2", "24924 0"])
    #expect(report.summary.duplicates.consistentCount == 1)
    #expect(report.summary.duplicates.completeCount == 1)
    #expect(report.summary.duplicates.inconsistent == [])
    #expect(report.summary.description.contains("1 fact stated at several precisions"))
  }

  @Test("against itself is recorded each time, and named")
  func inconsistentDuplicatesAreRecordedAndNamed() throws {
    let report = try report(
      ("24900", "decimals=\"-2\""),
      ("25924", "decimals=\"0\""),
      ("", "xsi:nil=\"1\"")
    )
    #expect(report.drafts.claims.map(\.said) == ["24900 -2", "25924 0", "nil"])
    #expect(
      report.summary.description.hasSuffix(
        "; 1 fact contradicts itself\n0000000007-10-000001/my.xml: conflict: us-gaap:Assets "
          + "2010-09-30 USD: 24900 (line 4), 25924 (line 5), nil (line 6)"
      )
    )
  }
}
