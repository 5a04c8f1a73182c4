import Foundation
import TestSupport
import Testing

@Suite("What an import accepts, exported and appended again")
struct ExportRoundTripTests {
  /// A document of one importer, and the words of the command that reads it.
  private struct Document {
    var name: String
    var text: String
    var command: [String]

    /// Further files.
    var beside: [String: String] = [:]
  }

  private static let texts = [
    "USD", "iso4217:USD", "pure", "", "a b", "é", "e\u{301}", "U|SD", "\u{202E}USD", "\u{7}",
    "\u{85}", "\u{FEFF}", "=1+1", "x", "x/y", "\u{1F4B0}", " USD ", "U\\nSD",
    String(repeating: "u", count: 255), String(repeating: "long ", count: 900),
  ]

  private static let values = [
    "12000", "0", "-0", "0.10", "1e5", "1E-7", "-999999999999999999", "1234567890123456789", "",
    "nil", "00012", "+4", "12,000", "0x1F",
  ]

  private static let days = [
    "2023-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2023-02-30", "1970-01-01",
    "2024-02-29",
  ]

  private static let particulars = ["--filing", "f", "--published", "2024-01-31"]

  private static func quoted(_ text: String) throws -> String {
    String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
  }

  /// A text in quotes as it stands in XML and tables.
  private static func escaped(_ quoted: String) throws -> String {
    try JSONDecoder().decode(String.self, from: Data(quoted.utf8)).replacing("&", with: "&amp;")
      .replacing("<", with: "&lt;")
  }

  private static func document(
    _ kind: String,
    _ random: inout SeededGenerator
  ) throws -> Document {
    // The first of each list is plain; of most documents one thing is odd.
    func pick(_ list: [String]) -> String {
      list[random.below(4) > 0 ? 0 : random.below(list.count)]
    }
    let (unit, text) = (try quoted(pick(texts)), try quoted(pick(texts)))
    let (value, day) = (pick(values), pick(days))
    switch kind {
    case "xbrl-json":
      let unit = unit == #""USD""# ? #""iso4217:USD""# : unit
      let text = text == #""USD""# ? #""x:Member""# : text
      return Document(
        name: "report.json",
        text: """
          {"documentInfo":{"documentType":"https://xbrl.org/2021/xbrl-json","namespaces":{\
          "us-gaap":"http://fasb.org/us-gaap/2022","cik":"http://www.sec.gov/CIK",\
          "iso4217":"http://www.xbrl.org/2003/iso4217","x":"http://x.com"}},"facts":{"f1":{"value":\
          \(try quoted(value)),"dimensions":{"concept":"us-gaap:Assets","entity":"cik:7","period":\
          "\(day)T00:00:00","unit":\(unit),"x:Axis":\(text)}}}}
          """,
        command: ["import", "xbrl-json", "report.json"] + particulars
      )
    case "companyfacts":
      return Document(
        name: "CIK0000000007.json",
        text: """
          {"cik":7,"entityName":\(text),"facts":{"us-gaap":{"Assets":{"label":\(text),\
          "description":"d","units":{\(unit):[{"end":"\(day)","val":\(value),\
          "accn":"0000000007-24-000001","fy":2023,"fp":"FY","form":"10-K","filed":"2024-02-01"}]}}}}}
          """,
        command: ["import", "companyfacts", "CIK0000000007.json"]
      )
    case "table":
      return Document(
        name: "claims.csv",
        text: """
          type,entity,concept,dimensions,period,unit,value,filing
          statement-line,cik:7,us-gaap:Assets,a=\(text),\(day),\(unit),\(value),f

          """,
        command: ["append", "filing.jsonl", "claims.csv"]
      )
    case "xbrl", "inline", "fsds", "release":
      return try filed(kind, unit: unit, text: text, value: value, day: day, &random)
    default:
      return Document(
        name: "lines.jsonl",
        text: """
          {"type":"entity","entity":"cik:7","name":\(text)}
          {"type":"filing","filing":"f","entity":"cik:7","published":"2024-02-01"}
          {"type":"statement-line","filing":"f","entity":"cik:7","concept":"us-gaap:Assets",\
          "dimensions":{"a":\(text)},"period":"\(day)","unit":\(unit),"value":\(try quoted(value))}

          """,
        command: ["append", "lines.jsonl"]
      )
    }
  }

  /// A document that a company files.
  private static func filed(
    _ kind: String,
    unit: String,
    text: String,
    value: String,
    day: String,
    _ random: inout SeededGenerator
  ) throws -> Document {
    switch kind {
    case "xbrl":
      let instance = XBRLFolder.instance(total: value).replacing("2010-09-30", with: day)
        .replacing("iso4217:USD", with: try escaped(unit == #""USD""# ? #""iso4217:USD""# : unit))
        .replacing("SEVEN CO", with: try escaped(text))
      return Document(
        name: "my.xml",
        text: instance,
        command: ["import", "my.xml", "--instance-only"] + particulars
      )
    case "inline":
      let page = SubmissionFile.page.replacing("SEVEN CO", with: try escaped(text))
        .replacing("2024-09-30", with: day)
      return Document(
        name: "page.htm",
        text: page.replacing("iso4217:USD", with: try escaped(unit)),
        command: ["import", "page.htm", "--instance-only"] + particulars
      )
    case "fsds":
      let (unit, text) = (try escaped(unit), try escaped(text))
      let compact = day.replacing("-", with: "")
      return Document(
        name: "set/num.txt",
        text: """
          adsh\ttag\tversion\tcoreg\tddate\tqtrs\tuom\tvalue\tfootnote
          A-1\tAssets\tus-gaap/2009\t\t\(compact)\t0\t\(unit)\t\(value)\t
          A-1\tOwn\tA-1\t\t\(compact)\t2\tUSD\t\t\(text)

          """,
        command: ["import", "fsds", "set"],
        beside: [
          "set/sub.txt": """
          adsh\tcik\tname\tfye\tform\tfy\tfp\tfiled\tinstance
          A-1\t7\t\(text)\t1231\t10-Q\t2009\tQ2\t20090807\tsvn-20090630.xml

          """
        ]
      )
    default:
      let figures = ["6,120", "4,700", "- -", "(30)", "0.40", "51,387", "3.96", "29.73"]
      let odd = ["7,001", "- -", "(1)", "0", "9,999,999", "1.25", "n/a", "12,34", "-5", ""]
      var release = Quarry.release
      for _ in 0..<3 {
        release = release.replacing(
          figures[random.below(figures.count)],
          with: odd[random.below(odd.count)],
          maxReplacements: 1
        )
      }
      return Document(
        name: "release.txt",
        text: release,
        command: ["import", "release", "release.txt", "--profile", "quarry"] + particulars
      )
    }
  }

  /// How many events a ledger holds, and the root over them.
  private func tree(_ assay: Assay, _ ledger: String) throws -> [Substring] {
    let checkpoint = try assay.run("checkpoint", "--origin", "x", "-f", ledger)
    try #require(checkpoint.status == 0, "\(checkpoint.errors)")
    return Array(checkpoint.output.split(separator: "\n").prefix(3))
  }

  /// Expects that the export of the ledger, appended to an empty one, makes the same ledger.
  private func expectRoundTrip(_ assay: Assay, _ ledger: String, of document: String) throws {
    let (lines, copy) = ("\(ledger).jsonl", "\(ledger).copy")
    try #require(try assay.run("export", "-o", lines, "-f", ledger).status == 0)
    let outcome = try assay.run("append", lines, "-f", copy)
    #expect(outcome.status == 0, "\(document): \(outcome.errors)")
    guard outcome.status == 0 else { return }
    #expect(try tree(assay, copy) == tree(assay, ledger), "\(document)")
    let verified = try assay.run("verify", "-f", ledger)
    #expect(verified.status == 0, "\(document): \(verified.errors)")
  }

  @Test(
    "is the same ledger, whatever the texts, values and days",
    arguments: [
      "xbrl-json", "companyfacts", "table", "lines", "xbrl", "inline", "fsds", "release",
    ]
  )
  func randomDocuments(kind: String) throws {
    var random = SeededGenerator(seed: 20_261_126)
    var acceptedCount = 0
    for number in 0..<40 {
      let assay = try Assay()
      try assay.write(
        """
        {"type":"entity","entity":"cik:7","name":"Seven"}
        {"type":"filing","filing":"f","entity":"cik:7","published":"2024-02-01"}

        """,
        to: "\(assay.folder)/filing.jsonl"
      )
      let document = try Self.document(kind, &random)
      try FileManager.default.createDirectory(
        atPath: assay.folder + "/set",
        withIntermediateDirectories: true
      )
      try assay.write(document.text, to: document.name)
      for (name, text) in document.beside { try assay.write(text, to: name) }
      if kind == "release" {
        try assay.write(Quarry.definitions, to: "quarry.jsonl")
        #expect(try assay.run("append", "quarry.jsonl", "-f", "a.assay").status == 0)
      }
      let outcome = try assay.run(document.command + ["-f", "a.assay"])
      #expect([0, 1].contains(outcome.status), "\(document.text): \(outcome.errors)")
      guard outcome.status == 0, FileManager.default.fileExists(atPath: "\(assay.folder)/a.assay")
      else { continue }
      acceptedCount += 1
      try expectRoundTrip(assay, "a.assay", of: "\(kind) \(number): \(document.text)")
    }
    #expect(acceptedCount >= 10)
  }

  @Test("is the same ledger for a filing, a data set and a report")
  func plainDocuments() throws {
    let assay = try Assay()
    try XBRLFolder.write("filing", in: assay)
    try DataSetFolder.write("set", in: assay)
    try assay.write(XBRLFolder.json(), to: "\(assay.folder)/report.json")
    for (ledger, command) in [
      ("filing.assay", ["import", "xbrl", "filing", "--filing", "F", "--published", "2010-11-01"]),
      ("set.assay", ["import", "fsds", "set"]),
      ("report.assay", ["import", "xbrl-json", "report.json"] + Self.particulars),
    ] {
      let outcome = try assay.run(command + ["-f", ledger])
      try #require(outcome.status == 0, "\(outcome.errors)")
      try expectRoundTrip(assay, ledger, of: ledger)
    }
  }

  @Test("is the same ledger for real documents", .enabled(if: Package.hasData))
  func realDocuments() throws {
    let assay = try Assay()
    for (ledger, command) in [
      ("facts.assay", ["companyfacts", "hecla/CIK0000719413_slice.json"]),
      ("set.assay", ["fsds", "fsds/mining_extract"]),
    ] {
      let path = Package.data.appending(path: command[1]).path()
      let outcome = try assay.run(["import", command[0], path, "-f", ledger])
      try #require(outcome.status == 0, "\(outcome.errors)")
      try expectRoundTrip(assay, ledger, of: command[1])
    }
  }
}
