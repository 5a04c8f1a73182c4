import Foundation
import TestSupport
import Testing

@Suite("The published JSON Schemas")
struct SchemaTests {
  private static let folder = Package.folder.appending(path: "Sources/Reports/Schemas")

  /// Claims that give every kind of answer: a conflict, a dash, a restatement by a thousand times, a
  /// forecast that came true; a check that names what nothing defines.
  private static let claims = #"""
    {"type":"check","check":"slip","entity":"cik:0000719413","kind":"equal","title":"Slip","total":{"concept":"us-gaap:Asets"},"items":[{"concept":"us-gaap:Assets"}]}
    {"type":"filing","filing":"s-1","entity":"cik:0000719413","published":"2005-03-01"}
    {"type":"statement-line","filing":"s-1","entity":"cik:0000719413","concept":"us-gaap:Assets","period":"2004-09-30","unit":"USD","value":"278195","decimals":0}
    {"type":"statement-line","filing":"s-1","entity":"cik:0000719413","concept":"us-gaap:InventoryNet","period":"2004-09-30","unit":"USD","value":"1000","decimals":0,"source":{"line":3,"column":9,"text":"1,000"}}
    {"type":"statement-line","filing":"s-1","entity":"cik:0000719413","concept":"us-gaap:InventoryNet","period":"2004-09-30","unit":"USD","value":"2000","decimals":0,"source":{"line":4,"column":9,"text":"2,000"}}
    {"type":"statement-line","filing":"s-1","entity":"cik:0000719413","concept":"us-gaap:Liabilities","period":"2004-09-30","unit":"USD","value":null}
    """#

  /// A command, and the schema of its answer; the first in every pair is also asked for as lines.
  private static let answers: [(schema: String, arguments: [String])] = [
    ("assay.statement.1", ["statement", "balance-sheet", "--as-of", "2004-09-30"]),
    ("assay.statement.1", ["statement", "balance-sheet", "--as-of", "2004-10-15"]),
    ("assay.statement.1", ["bs", "--as-of", "2004-09-30", "--known-at", "2004-11-03"]),
    ("assay.statement.1", ["bs", "--as-of", "2004-09-30", "--known-at", "2004-12-31"]),
    ("assay.statement.1", ["is", "--as-of", "2004-06-30", "--span", "half"]),
    ("assay.statement.1", ["units", "--span", "quarter", "--columns", "3"]),
    ("assay.statement.1", ["cf"]), ("assay.statement.1", ["hedges"]),
    ("assay.statement.1", ["statement", "guidance"]),
    ("assay.statements.1", ["statement", "--list"]),
    ("assay.comparison.2", ["bs", "--as-of", "2004-09-30", "--vs", "2004-11-04"]),
    ("assay.comparison.2", ["is", "--span", "half", "--vs", "2004-11-03"]),
    ("assay.lead-sheet.1", ["bs", "--as-of", "2004-09-30", "--lead-sheet"]),
    ("assay.lead-sheet.1", ["is", "--as-of", "2004-09-30", "--lead-sheet"]),
    ("assay.comparison.2", ["diff", "2004-05-04", "2005-12-31", "balance-sheet"]),
    ("assay.facts.1", ["facts"]), ("assay.facts.1", ["facts", "--all"]),
    ("assay.facts.1", ["facts", "--all", "--known-at", "2004-11-04", "InventoryNet"]),
    ("assay.check.1", ["check"]), ("assay.check.1", ["check", "--tolerance", "300000"]),
    ("assay.guidance.2", ["guidance"]), ("assay.lint.2", ["lint"]),
    ("assay.continuity.1", ["lint", "hecla", "--non-gaap"]),
    ("assay.lint.2", ["lint", "--known-at", "2004-12-31"]),
    ("assay.definitions.1", ["lint", "--definitions"]),
    ("assay.history.2", ["history", "us-gaap:Assets", "2004-09-30"]),
    ("assay.triangle.1", ["history", "us-gaap:InventoryNet", "--triangle"]),
    ("assay.panel.1", ["panel", "NetIncomeLoss", "--known-at-lag", "45d", "--growth"]),
    ("assay.panel.1", ["panel", "a=NetIncomeLoss/SalesRevenueGoodsGross", "us-gaap:Assets"]),
    ("assay.triangle.1", ["history", "MetalProduced", "--triangle"]),
    ("assay.history.2", ["history", "Inventory"]), ("assay.history.2", ["history", "Liabilities"]),
    ("assay.history.2", ["history", "MetalProduced", "metal=gold", "2004H1"]),
    ("assay.diff.3", ["diff", "2004-05-04", "2005-12-31"]),
    ("assay.restatements.2", ["restatements"]), ("assay.stats.2", ["stats"]),
    ("assay.verify.2", ["verify"]), ("assay.verify.2", ["verify", "--checkpoint", "old"]),
    ("assay.new-quarter.2", ["new", "quarter", "--as-of", "2006-03-31"]),
    (
      "assay.new-quarter.2",
      ["new", "quarter", "--as-of", "2006-03-31", "--filing", "n-1", "--published", "2006-05-02"]
    ),
    ("assay.receipt.1", ["receipt", "verify", "printed.txt"]),
    ("assay.receipt.1", ["receipt", "verify", "changed.txt"]),
    (
      "assay.release.2",
      ["import", "release", "release.txt", "--profile", "quarry.jsonl"]
    ),
    (
      "assay.release-diff.2",
      [
        "import", "release", "release.txt", "--profile", "quarry.jsonl", "--filing", "q-3",
        "--published", "2011-11-04", "--diff",
      ]
    ),
  ]

  /// Answers that are one object in every format.
  private static let objects: [(schema: String, arguments: [String])] = [
    ("assay.proof.1", ["prove", "7"]), ("assay.proof.1", ["prove", "--since", "old"]),
    (
      "assay.history.2",
      ["history", "us-gaap:Assets", "2004-09-30", "--known-at", "2004-11-03", "-O", "json"]
    ),
    ("assay.diff.3", ["diff", "2004-05-04", "2004-05-04", "-O", "json"]),
    ("assay.log.2", ["log", "-O", "json"]),
    ("assay.restatements.2", ["restatements", "--min", "1000000", "-O", "json"]),
  ]

  /// A ledger of Hecla's filings, a made-up one of 2005, and an XBRL filing of another company.
  private func ledger() throws -> Assay {
    let assay = try Assay.withEvents()
    try assay.write(Self.claims, to: "claims.jsonl")
    #expect(try assay.run("append", "claims.jsonl").status == 0)
    try assay.write(Quarry.release, to: "release.txt")
    try assay.write(Quarry.definitions, to: "quarry.jsonl")
    let printed = try assay.run("bs", "--as-of", "2004-09-30").output
    try assay.write(printed, to: "printed.txt")
    try assay.write(printed.replacing("71,607", with: "71,706"), to: "changed.txt")
    #expect(try assay.run("checkpoint", "--recorded-at", "200", "-o", "old").status == 0)
    try XBRLFolder.write("filing", in: assay)
    let imported = try assay.run(
      [
        "import", "xbrl", "filing", "--filing", "x-1", "--published", "2010-10-27", "-f",
        "xbrl.assay",
      ]
    )
    #expect(imported.status == 0, "\(imported.errors)")
    return assay
  }

  @Test("hold for what the commands write, as an object and as lines")
  func answersAreValid() throws {
    let assay = try ledger()
    let outputs = "\(assay.folder)/answers"
    try FileManager.default.createDirectory(atPath: outputs, withIntermediateDirectories: false)
    var count = 0
    func ask(_ schema: String, _ arguments: [String], _ ending: String) throws {
      let outcome = try assay.run(arguments)
      let isQuiet = outcome.errors.isEmpty || arguments[0] == "new" && outcome.status == 0
      #expect(isQuiet && !outcome.output.isEmpty, "\(arguments): \(outcome.errors)")
      if ending == "json" {
        let name = schema.replacing(/\.(\d+)$/, with: { "/\($0.1)" })
        #expect(outcome.output.hasPrefix(#"{"schema":"\#(name)""#), "\(arguments)")
      }
      try assay.write(outcome.output, to: "\(outputs)/\(count).\(schema).\(ending)")
      count += 1
    }
    for (schema, arguments) in Self.answers {
      try ask(schema, arguments + ["-O", "json"], "json")
      guard arguments != ["lint", "--known-at", "2004-12-31"] else { continue }
      try ask(schema, arguments + ["-O", "jsonl"], "jsonl")
    }
    for (schema, arguments) in Self.objects { try ask(schema, arguments, "json") }
    for arguments in [["facts", "--all"], ["check"]] {
      let name = arguments == ["check"] ? "assay.check.1" : "assay.facts.1"
      try ask(name, arguments + ["-O", "json", "-f", "xbrl.assay"], "json")
    }
    let damaged = try damagedVerification(assay)
    try assay.write(damaged, to: "\(outputs)/\(count).assay.verify.2.json")
    let scripts = Package.folder.path() + "Tests/CommandTests/Scripts"
    let validated = try assay.shell(
      "python3 \(scripts)/validate_json.py \(Self.folder.path()) \(outputs)"
    )
    if validated.status == 3 {
      print("skipped: python3 has no module jsonschema; Tools/setup installs it")
    } else {
      #expect(validated.status == 0, "\(validated.output)")
    }
  }

  /// What a verification prints of a copy of the ledger in which a printed figure is changed.
  private func damagedVerification(_ assay: Assay) throws -> String {
    var bytes = try Data(contentsOf: URL(filePath: "\(assay.folder)/test.assay"))
    let place = try #require(bytes.lastRange(of: Data("42,580".utf8)))
    bytes[place.upperBound - 1] ^= 1
    try bytes.write(to: URL(filePath: "\(assay.folder)/damaged.assay"))
    let outcome = try assay.run("verify", "-f", "damaged.assay", "-O", "json")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains(#""status":"damaged""#))
    return outcome.output
  }

  @Test("are each of an answer above, and there is one for each")
  func everySchemaIsUsed() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path())
    let used = Set((Self.answers + Self.objects).map { "\($0.schema).json" })
    // No command lists the entities or answers a request to append: the server does.
    #expect(Set(files) == used.union(["assay.entities.1.json", "assay.append.1.json"]))
    for file in files {
      let data = try Data(contentsOf: Self.folder.appending(path: file))
      let schema = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
      #expect(Self.looseObjects(schema, at: file).isEmpty)
    }
  }

  /// The places of objects that do not say which members they may have.
  private static func looseObjects(_ value: Any, at place: String) -> [String] {
    if let list = value as? [Any] { return list.flatMap { looseObjects($0, at: place) } }
    guard let object = value as? [String: Any] else { return [] }
    let isLoose = object["type"] as? String == "object" && object["additionalProperties"] == nil
    return (isLoose ? [place] : [])
      + object.flatMap { looseObjects($0.value, at: "\(place)/\($0.key)") }
  }
}
