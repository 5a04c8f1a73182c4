import Foundation
import Testing

/// A filing of a made-up company, of figures only.
enum XBRLFolder {
  static func instance(total: String = "12000") -> String {
    """
    <xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase" \
    xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" \
    xmlns:us-gaap="http://fasb.org/us-gaap/2010-01-31" xmlns:dei="http://xbrl.sec.gov/dei/2010-01-31">
    <link:schemaRef xlink:type="simple" xlink:href="my.xsd"/>
    <context id="I"><entity><identifier scheme="http://www.sec.gov/CIK">7</identifier></entity>\
    <period><instant>2010-09-30</instant></period></context>
    <unit id="usd"><measure>iso4217:USD</measure></unit>
    <dei:DocumentType contextRef="I">10-Q</dei:DocumentType>
    <dei:EntityRegistrantName contextRef="I">SEVEN CO</dei:EntityRegistrantName>
    <us-gaap:Assets contextRef="I" unitRef="usd" decimals="-3">\(total)</us-gaap:Assets>
    <us-gaap:AssetsCurrent contextRef="I" unitRef="usd" decimals="-3">5000</us-gaap:AssetsCurrent>
    <us-gaap:AssetsNoncurrent contextRef="I" unitRef="usd" decimals="-3">7000</us-gaap:AssetsNoncurrent>
    </xbrl>
    """
  }

  private static let schema = """
    <schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://my.com" \
    xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
    <annotation><appinfo><link:linkbaseRef xlink:type="simple" xlink:href="my_cal.xml"/></appinfo>\
    </annotation></schema>
    """

  private static let linkbase = """
    <linkbase xmlns="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
    <calculationLink xlink:type="extended" xlink:role="http://my.com/role/Balance">
    <loc xlink:type="locator" xlink:label="t" xlink:href="x.xsd#us-gaap_Assets"/>
    <loc xlink:type="locator" xlink:label="a" xlink:href="x.xsd#us-gaap_AssetsCurrent"/>
    <loc xlink:type="locator" xlink:label="b" xlink:href="x.xsd#us-gaap_AssetsNoncurrent"/>
    <calculationArc xlink:type="arc" weight="1.0" xlink:from="t" xlink:to="a" \
    xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item"/>
    <calculationArc xlink:type="arc" weight="1.0" xlink:from="t" xlink:to="b" \
    xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item"/>
    </calculationLink></linkbase>
    """

  /// A report of one figure in xBRL-JSON.
  static func json(value: String = "12000") -> String {
    """
    {"documentInfo":{"documentType":"https://xbrl.org/2021/xbrl-json","namespaces":{\
    "us-gaap":"http://fasb.org/us-gaap/2022","cik":"http://www.sec.gov/CIK",\
    "iso4217":"http://www.xbrl.org/2003/iso4217"}},"facts":{
    "f1":{"value":"\(value)","decimals":-3,"dimensions":{"concept":"us-gaap:Assets",\
    "entity":"cik:7","period":"2023-01-01T00:00:00","unit":"iso4217:USD"}}}}
    """
  }

  static func write(_ name: String, in assay: Assay, instance: String = instance()) throws {
    let path = "\(assay.folder)/\(name)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try assay.write(instance, to: "\(path)/my.xml")
    try assay.write(schema, to: "\(path)/my.xsd")
    try assay.write(linkbase, to: "\(path)/my_cal.xml")
  }
}

@Suite("import xbrl")
struct ImportXBRLTests {
  private let assay: Assay

  init() throws {
    assay = try Assay()
    try XBRLFolder.write("0000000007-10-000001", in: assay)
  }

  @Test("records a folder; again, nothing new; and check ties its sums")
  func recordsFolder() throws {
    let outcome = try assay.run(
      "import",
      "xbrl",
      "0000000007-10-000001",
      "--published",
      "2010-10-27"
    )
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("appended "))
    #expect(
      outcome.errors == "0000000007-10-000001/my.xml: 3 figures became 3 claims; 2 facts that are "
        + "no figures left out; 1 sum of the calculation linkbase\n"
    )
    let again = try assay.run("import", "xbrl", "0000000007-10-000001/")
    #expect(again.status == 0 && again.output.hasPrefix("nothing new"))
    let check = try assay.run("check", "0000000007-10-000001/")
    #expect(check.status == 0 && check.output.hasPrefix("1 tie: 1 agree"))
    let verbose = try assay.run("check", "-v", "Balance")
    #expect(verbose.output.contains("F 0000000007-10-000001/Balance/us-gaap:Assets  2010-09-30"))
    #expect(try assay.run("facts", "us-gaap:Assets").output.contains("12,000"))
  }

  @Test("shows a sum that does not foot, with its residual and places")
  func showsSumThatDoesNotFoot() throws {
    try XBRLFolder.write("f", in: assay, instance: XBRLFolder.instance(total: "15000"))
    let imported = try assay.run(
      "import",
      "xbrl",
      "f",
      "--filing",
      "f",
      "--published",
      "2010-10-27"
    )
    #expect(imported.status == 0)
    let check = try assay.run("check", "f/Balance")
    #expect(check.status == 1)
    #expect(check.output.contains("residual   3,000   rounding explains 1,500"), "\(check.output)")
    #expect(check.output.contains("[f line 7, column 64]"))
    let rows = try assay.run("check", "f/Balance", "-O", "csv").output.csv
    #expect(rows[0].contains("dimensions") && rows[1][3] == "exception")
  }

  @Test("writes the events for review to a file or to standard output, and records nothing")
  func writesEventsForReviewAndRecordsNothing() throws {
    let folder = "0000000007-10-000001"
    let output = try assay.run("import", "xbrl", folder, "--published", "2010-10-27", "-o", "-")
    #expect(output.status == 0 && output.output.lines.allSatisfy { $0.hasPrefix("{") })
    try assay.write(output.output, to: "events.jsonl")
    #expect(!FileManager.default.fileExists(atPath: "\(assay.folder)/test.assay"))
    #expect(try assay.run("append", "events.jsonl").status == 0)
    let dry = try assay.run("import", "xbrl", folder, "--dry-run")
    #expect(dry.output.hasPrefix("nothing new"))
  }

  @Test(
    "refuses what is no folder of one filing, and makes no ledger",
    arguments: [
      (["nowhere"], "nowhere: there is no such folder; name a folder with the files"),
      (["."], ".: the folder holds neither a page of Inline XBRL nor an XBRL instance; "),
      (["0000000007-10-000001"], "my.xml: nothing says when filing 0000000007-10-000001 became"),
      (["damaged", "--filing", "f"], "damaged/my.xml:10: "),
    ]
  )
  func refusesWhatIsNoFolderOfOneFiling(arguments: [String], message: String) throws {
    let damaged = XBRLFolder.instance().replacing("</xbrl>", with: "<a></b></xbrl>")
    try XBRLFolder.write("damaged", in: assay, instance: damaged)
    let outcome = try assay.run(["import", "xbrl"] + arguments)
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("assay: ") && outcome.errors.contains(message), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: "\(assay.folder)/test.assay"))
  }

  @Test(
    "calls it wrong usage to give one filing's particulars for several, or an impossible time",
    arguments: [
      ["a", "b", "--filing", "f"], ["a", "b", "--published", "2010-10-27"],
      ["a", "--published", "yesterday"], [],
    ]
  )
  func particularsOfSeveralFilingsAreWrongUsage(arguments: [String]) throws {
    #expect(try assay.run(["import", "xbrl"] + arguments).status == 64)
  }
}

@Suite("import xbrl-json")
struct ImportXBRLJSONTests {
  private let assay: Assay

  init() throws {
    assay = try Assay()
    try assay.write(XBRLFolder.json(), to: "r.json")
  }

  @Test("records a report; again, nothing new, and its time need not be given")
  func recordsReport() throws {
    let outcome = try assay.run(
      "import",
      "xbrl-json",
      "r.json",
      "--filing",
      "f",
      "--published",
      "2023-02-03"
    )
    #expect(outcome.status == 0 && outcome.output.hasPrefix("appended "), "\(outcome.errors)")
    #expect(outcome.errors == "r.json: 1 figure became 1 claim\n")
    let again = try assay.run("import", "xbrl-json", "r.json", "--filing", "f")
    #expect(again.status == 0 && again.output.hasPrefix("nothing new"))
    #expect(try assay.run("facts", "Assets").output.contains("12,000"))
    let piped = try assay.shell("assay import xbrl-json - --filing f -o - < r.json | wc -l")
    #expect(piped.output.hasSuffix("2\n"), "\(piped.output)")
  }

  @Test("refuses a damaged report, and one of which it does not know the filing")
  func refusesDamagedReport() throws {
    try assay.write(XBRLFolder.json(value: "1,2"), to: "bad.json")
    for (arguments, message) in [
      (["bad.json", "--filing", "f"], "assay: bad.json: byte 223: us-gaap:Assets is 1,2, which"),
      (["r.json"], "assay: r.json: nothing says which filing this is"),
      (["r.json", "--filing", "f"], "assay: r.json: nothing says when filing f became public"),
      (["nowhere.json"], "assay: nowhere.json: No such file"),
    ] {
      let outcome = try assay.run(["import", "xbrl-json"] + arguments)
      #expect(outcome.status == 1 && outcome.errors.hasPrefix(message), "\(outcome.errors)")
    }
    #expect(try assay.run("import", "xbrl-json", "a", "b", "--filing", "f").status == 64)
  }
}
