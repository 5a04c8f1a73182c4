import Facts
import Intake
import TestSupport
import Testing

/// A small data set; every row is its fields, separated by `|`.
struct DataSet {
  var sub = [
    "adsh|cik|name|sic|fye|form|period|fy|fp|filed|accepted|instance",
    "A-1|7|SEVEN CO|1000|1231|10-Q|20090630|2009|Q2|20090807|2009-08-07 17:24:00.0|svn-20090630.xml",
  ]
  var num = ["adsh|tag|version|ddate|qtrs|uom|segments|coreg|value|footnote"]
  var tag: [String]?
  var pre: [String]?
  var ending = "txt"

  init(_ num: String...) { self.num += num }

  /// A row of `num`.
  static func figure(
    _ value: String,
    tag: String = "Assets",
    version: String = "us-gaap/2009",
    date: String = "20090630",
    quarters: String = "0",
    unit: String = "USD",
    segments: String = "",
    registrant: String = "",
    footnote: String = "",
    filing: String = "A-1"
  ) -> String {
    [
      filing, tag, version, date, quarters, unit, segments, registrant, value, footnote,
    ].joined(separator: "|")
  }

  var folder: SourceFolder {
    var files: [String: String] = [:]
    for case (let name, let rows?) in [("sub", sub), ("num", num), ("tag", tag), ("pre", pre)]
    where !rows.isEmpty {
      files["\(name).\(ending)"] = rows.map { $0.replacing("|", with: "\t") + "\n" }.joined()
    }
    return SourceFolder(path: "set", names: Array(files.keys)) { [files] name, body in
      let bytes = Array((files[name] ?? "").utf8)
      for start in stride(from: 0, to: bytes.count, by: 50) {
        try body(bytes[start..<min(start + 50, bytes.count)])
      }
    }
  }

  func drafts(known: KnownDefinitions = .none) throws -> [Draft] {
    try FSDSImporter().drafts(from: folder, known: known).drafts
  }

  func told() throws -> String { "\(try FSDSImporter().drafts(from: folder).summary)" }
}

@Suite("A Financial Statement Data Set")
struct FSDSTests {
  @Test("becomes definitions, filings and claims, in canonical lines")
  func becomesDefinitionsFilingsAndClaimsInCanonicalLines() throws {
    let set = DataSet(
      DataSet.figure("12000.0000"),
      DataSet.figure("-0.3800", tag: "Own", version: "A-1", quarters: "2", unit: "pure")
    )
    #expect(
      try set.drafts().lines == [
        #"{"entity":"cik:0000000007","fiscalYearEnd":"12-31","name":"SEVEN CO","#
          + #""namedBy":"A-1","type":"entity","yearEndBy":"A-1"}"#,
        #"{"concept":"us-gaap:Assets","kind":"statement-line","periodType":"instant","#
          + #""type":"concept"}"#,
        #"{"concept":"svn:Own","dataType":"pure","kind":"statement-line","periodType":"duration","#
          + #""type":"concept"}"#,
        #"{"entity":"cik:0000000007","filing":"A-1","fiscalPeriod":"Q2","fiscalYear":2009,"#
          + #""form":"10-Q","published":"2009-08-07","type":"filing"}"#,
        #"{"concept":"us-gaap:Assets","entity":"cik:0000000007","filing":"A-1","#
          + #""period":"2009-06-30","type":"statement-line","unit":"USD","value":"12000"}"#,
        #"{"concept":"svn:Own","entity":"cik:0000000007","filing":"A-1","#
          + #""period":"2009-01-01/2009-06-30","type":"statement-line","unit":"pure","#
          + #""value":"-0.38"}"#,
      ]
    )
    #expect(
      try set.told()
        == "set: 1 filing, 2 figures; no table of tags: concepts are defined by their facts alone"
    )
    let claims = try set.drafts().suffix(2)
    #expect(claims.map(\.line) == [2, 3] && claims.allSatisfy { $0.file == "set/num.txt" })
  }

  @Test(
    "gives a value exactly, nil for none, and says that four digits may be rounded",
    arguments: [
      ("12000.0000", "12000", nil), ("-9763000.0000", "-9763000", nil), ("0.0000", "0", nil),
      ("0.8500", "0.85", nil), ("0.1275", "0.1275 4", 91), ("-0.4375", "-0.4375 4", 92),
      ("7", "7", nil), ("", "nil", nil),
    ] as [(String, String, UInt32?)]
  )
  func givesValueExactlyNilForNone(written: String, said: String, column: UInt32?) throws {
    let row = DataSet.figure(written, tag: String(repeating: "T", count: 50))
    let claim = try #require(try DataSet(row).drafts().claims.first)
    #expect(claim.said == said)
    #expect(claim.source?.place.map { [$0.line, $0.column] } == column.map { [2, $0] })
  }

  @Test(
    "has periods of whole quarters that end with a month",
    arguments: [
      ("20090630", "0", "2009-06-30"), ("20090630", "1", "2009-04-01/2009-06-30"),
      ("20090930", "3", "2009-01-01/2009-09-30"), ("20091231", "4", "2009-01-01/2009-12-31"),
      ("20100228", "1", "2009-12-01/2010-02-28"), ("20120229", "4", "2011-03-01/2012-02-29"),
      ("20091231", "12", "2007-01-01/2009-12-31"),
    ]
  )
  func hasPeriodsOfWholeQuartersThatEndWithMonth(date: String, quarters: String, period: String)
    throws
  {
    let set = DataSet(DataSet.figure("1.0000", date: date, quarters: quarters))
    #expect(try set.drafts().claims.map { "\($0.fact.period)" } == [period])
  }

  @Test("has segments and the co-registrant as dimensions")
  func hasSegmentsAndCoRegistrantAsDimensions() throws {
    let set = DataSet(
      DataSet.figure("1", segments: "EquityComponents=RetainedEarnings;"),
      DataSet.figure("1", segments: "Scenario=Restated;Axis=A=B;", registrant: "Seven Two LLC")
    )
    #expect(
      try set.drafts().claims.map(\.fact.dimensions.text) == [
        "EquityComponents=RetainedEarnings",
        "Axis=A=B;Scenario=Restated;co-registrant=Seven Two LLC",
      ]
    )
  }

  @Test("takes 18 digits beside the zeros that the SEC fills values up with")
  func filledUp() throws {
    let values = ["1200000000000000.0000", "123456789012345678.0000", "1.50e3", "100", "0.0000"]
    let claims = try values.map { try DataSet(DataSet.figure($0)).drafts().claims[0] }
    #expect(
      claims.map { $0.figure.value?.description } == [
        "1200000000000000", "123456789012345678", "1500", "100", "0",
      ]
    )
  }

  @Test("reads its columns by the header, in both layouts, and as .tsv with CRLF")
  func readsItsColumnsByHeaderInBothLayouts() throws {
    var set = DataSet()
    set.num = [
      "quarter|adsh|tag|version|coreg|ddate|qtrs|uom|value|footnote",
      "2009q3|A-1|Assets|us-gaap/2009||20090630|0|USD|7.0000|a note",
      "2009q3|A-1|Assets|us-gaap/2009|Two|20090630|0|USD|8.0000|",
    ]
    set.num = set.num.map { $0 + "\r" }
    set.ending = "tsv"
    let claims = try set.drafts().claims
    #expect(
      claims.map { "\($0.said) \($0.fact.dimensions.text)" } == ["7 ", "8 co-registrant=Two"]
    )
    #expect(try set.told().contains("; 1 footnote left out"))
  }

  @Test("names tags by their taxonomy, and a filer's own by the prefix of its instance")
  func namesTagsByTheirTaxonomy() throws {
    var set = DataSet(
      DataSet.figure("1", version: "dei/2009"),
      DataSet.figure("1", version: "ifrs/2017"),
      DataSet.figure("1", version: "A-1"),
      DataSet.figure("1", version: "B-2", filing: "B-2"),
      DataSet.figure("1", version: "C-3", filing: "C-3")
    )
    let row = set.sub[1]
    set.sub.append(row.replacing("A-1", with: "B-2").replacing("svn-20090630", with: "svn2_htm"))
    set.sub.append(row.replacing("A-1", with: "C-3").replacing("svn-20090630.xml", with: ""))
    #expect(
      try set.drafts().claims.map(\.fact.concept) == [
        "dei:Assets", "ifrs-full:Assets", "svn:Assets", "svn2:Assets", "cik0000000007:Assets",
      ]
    )
  }

  @Test("defines concepts by the table of tags, with captions of statements for labels")
  func definesConceptsByTableOfTags() throws {
    var set = DataSet(
      DataSet.figure("1", tag: "EPS", quarters: "1"),
      DataSet.figure("1", tag: "Sales", quarters: "1"),
      DataSet.figure("1", tag: "Own", version: "A-1")
    )
    set.tag = [
      "tag|version|custom|abstract|datatype|iord|crdr|tlabel|doc",
      "EPS|us-gaap/2009|0|0|perShare|D||Earnings a share|x",
      "Sales|us-gaap/2009|0|0|monetary|D|C||x", "Own|A-1|1|0|monetary|I|D|Own|x",
    ]
    set.pre = [
      "adsh|report|line|stmt|inpth|tag|version|plabel|negating",
      "A-1|1|1|IS|0|Sales|us-gaap/2009|Net sales|0", "A-1|1|1|IS|0|EPS|us-gaap/2009|EPS|0",
      "A-1|1|1|IS|0|Other|us-gaap/2009|Other|0", "Z-9|1|1|IS|0|Own|A-1|No|0",
    ]
    let drafts = try set.drafts()
    #expect(
      drafts.concepts == [
        ConceptDefinition(
          concept: "us-gaap:EPS",
          label: "Earnings a share",
          kind: "statement-line",
          periodType: .duration,
          dataType: .perShare
        ),
        ConceptDefinition(
          concept: "us-gaap:Sales",
          label: "Net sales",
          kind: "statement-line",
          periodType: .duration,
          dataType: .monetary,
          balance: .credit,
          isAdditive: true
        ),
        ConceptDefinition(
          concept: "svn:Own",
          label: "Own",
          kind: "statement-line",
          periodType: .instant,
          dataType: .monetary,
          balance: .debit
        ),
      ]
    )
    // The sets give figures a share in a currency.
    #expect(drafts.claims.map(\.fact.unit) == ["USD/shares", "USD", "USD"])
    #expect(try !set.told().contains("no table of tags"))
  }

  @Test("says the same as companyfacts of the same filing")
  func companyFacts() throws {
    let facts = file(
      cik: "7",
      name: "\"SEVEN CO\"",
      concept(
        "Assets",
        unit(
          "USD",
          fact(
            end: "2009-06-30",
            val: "12000",
            accn: "A-1",
            fp: #""Q2""#,
            form: "10-Q",
            filed: "2009-08-07"
          )
        )
      ),
      concept(
        "EarningsPerShareBasic",
        unit(
          "USD/shares",
          fact(
            start: "2009-04-01",
            end: "2009-06-30",
            val: "0.85",
            accn: "A-1",
            fp: #""Q2""#,
            form: "10-Q",
            filed: "2009-08-07"
          )
        )
      )
    )
    let first = try IntakeTests.drafts(facts)
    let set = DataSet(
      DataSet.figure("12000.0000"),
      DataSet.figure("0.8500", tag: "EarningsPerShareBasic", quarters: "1")
    )
    let second = try set.drafts(known: KnownDefinitions.none.adding(first))
    #expect(second.filings == first.filings && second.claims == first.claims)
    #expect(second.concepts.isEmpty)
    // Of the entity it tells more: when its years end, of which one quarter tells nothing.
    #expect(second.entities.map(\.name) == ["SEVEN CO"])
    #expect(first.entities.map(\.fiscalYearEnd) == [nil])
    #expect(second.entities.map(\.fiscalYearEnd) == [FiscalYearEnd("12-31")])
  }

  @Test("reads names in ISO 8859-1, as old sets hold them")
  func readsNamesInISO88591() throws {
    let set = DataSet(DataSet.figure("1"))
    let plain = set.folder
    let folder = SourceFolder(path: "set", names: plain.names) { name, body in
      try plain.read(name) { bytes in
        try body(ArraySlice(bytes.map { $0 == UInt8(ascii: "C") ? 0xC9 : $0 }))
      }
    }
    let drafts = try FSDSImporter().drafts(from: folder).drafts
    #expect(drafts.entities.map(\.name) == ["SEVEN \u{C9}O"])
  }
}

@Suite("A Financial Statement Data Set is refused, with the place,")
struct FSDSErrorTests {
  private func error(_ set: DataSet) throws -> ImportError {
    try #require(throws: ImportError.self) { try set.drafts() }
  }

  @Test(
    "if a figure lacks what it needs, or has it wrong",
    arguments: [
      (DataSet.figure("1,5"), #"value is "1,5", which is no decimal number"#),
      (DataSet.figure("1234567890123456789.0000"), "which has more than 18 digits"),
      (DataSet.figure("1", date: "20090631"), #"ddate is "20090631", which is no day"#),
      (DataSet.figure("1", date: "2009-06-30"), #"ddate is "2009-06-30", which is no day"#),
      (DataSet.figure("1", date: ""), "ddate is empty"),
      (DataSet.figure("1", quarters: "-1"), #"qtrs is "-1""#),
      (DataSet.figure("1", quarters: "x"), #"qtrs is "x""#),
      (DataSet.figure("1", date: "00020630", quarters: "12"), #"qtrs is "12""#),
      (DataSet.figure("1", unit: ""), "uom is empty"),
      (DataSet.figure("1", tag: ""), "tag is empty"),
      (DataSet.figure("1", version: ""), "version is empty"),
      (DataSet.figure("1", filing: ""), "adsh is empty"),
      (DataSet.figure("1", filing: "B-2"), "filing B-2 is not in the table of submissions"),
      (DataSet.figure("1", segments: "Restated"), #"segments and coreg are "Restated" and """#),
      (DataSet.figure("1", segments: "A=1;A=2;"), #"segments and coreg are "A=1;A=2;""#),
      (DataSet.figure("1", registrant: "a;b"), #"segments and coreg are "" and "a;b""#),
      ("A-1|Assets", "2 fields and not 10"),
      (String(repeating: "x", count: 1_100_000), "the line is longer than 1048576 bytes"),
    ]
  )
  func figureThatLacksColumnIsRefused(row: String, message: String) throws {
    let error = try error(DataSet(DataSet.figure("7"), row))
    #expect(error.message.contains(message), "\(error)")
    #expect(error.description.hasPrefix("set/num.txt:3: ") && !error.remedy.isEmpty)
  }

  @Test(
    "if a submission is wrong",
    arguments: [
      ("|7|", "|x|", #"cik is "x""#), ("|7|", "||", "cik is empty"),
      ("|7|", "|12345678901|", #"cik is "12345678901""#), ("20090807|", "20090832|", "filed is"),
      ("|10-Q|", "||", "form is empty"), ("A-1|", "|", "adsh is empty"),
    ]
  )
  func ifSubmissionIsWrong(old: String, new: String, message: String) throws {
    var set = DataSet(DataSet.figure("7"))
    set.sub[1] = set.sub[1].replacing(old, with: new, maxReplacements: 1)
    let error = try error(set)
    #expect(error.message.hasPrefix(message) && error.description.hasPrefix("set/sub.txt:2: "))
  }

  @Test("if a filing stands twice")
  func ifFilingStandsTwice() throws {
    var set = DataSet(DataSet.figure("7"))
    set.sub.append(set.sub[1])
    #expect(
      try error(set).description == "set/sub.txt:3: filing A-1 stands twice; keep one line of it"
    )
  }

  @Test("if a table is missing, empty, or lacks a column or has it twice")
  func missingTableOrColumnIsRefused() throws {
    var set = DataSet(DataSet.figure("7"))
    set.num = []
    #expect(
      try error(set).description.hasPrefix("set: the folder holds no num.txt and no num.tsv; ")
    )
    set.sub = []
    #expect(try error(set).message.hasPrefix("the folder holds no sub.txt"))
    var renamed = DataSet(DataSet.figure("7"))
    renamed.num[0] = renamed.num[0].replacing("qtrs", with: "quarters")
    #expect(try error(renamed).message == "the table has no column \"qtrs\"")
    renamed.num[0] = renamed.num[0].replacing("quarters", with: "value")
    #expect(try error(renamed).message == "the column \"value\" stands twice")
    let empty = SourceFolder(path: "set", names: ["sub.txt"]) { _, _ in }
    let error = try #require(throws: ImportError.self) { try FSDSImporter().drafts(from: empty) }
    #expect(error.message == "the file is empty")
    let both = SourceFolder(path: "set", names: ["sub.txt", "sub.tsv"]) { _, _ in }
    let doubt = try #require(throws: ImportError.self) { try FSDSImporter().drafts(from: both) }
    #expect(doubt.description == "set: the folder holds sub.txt and sub.tsv; keep one")
  }
}
