import Foundation
import JSON
import Testing

@Suite("The three times on the command line")
struct TimeTests {
  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  @Test(
    "the balance sheet becomes known in the second in which it was published",
    arguments: [
      ("2004-11-03", false), ("2004-11-04T13:00:29Z", false),
      ("2004-11-04T13:00:29.999999Z", false),
      ("2004-11-04T13:00:30Z", true), ("2004-11-04T08:00:30-05:00", true), ("2004-11-04", true),
      ("2004-11-04T08:00:29-05:00", false), ("2004-11-04T18:45:30+05:45", true),
    ]
  )
  func balanceSheetBecomesKnownInItsSecond(knownAt: String, isKnown: Bool) throws {
    let outcome = try assay.run("bs", "--as-of", "2004-09-30", "--known-at", knownAt)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("283,228") == isKnown)
    #expect(outcome.output.contains("not yet known") == !isKnown)
    // A list of what could be known then has no figure of the release.
    let listed = try assay.run("facts", "--all", "--known-at", knownAt, "-O", "csv").output
    #expect(listed.contains("0001157523-04-010335") == isKnown)
    #expect(listed.contains("0001157523-04-001293"))
  }

  @Test("every status in JSON, with what it says", arguments: [false, true])
  func jsonHasEveryStatus(isReplayed: Bool) throws {
    let start = """
      {"type":"entity","entity":"x:1","name":"Example"}
      {"type":"filing","filing":"f1","entity":"x:1","published":"2020-02-01"}
      {"type":"filing","filing":"f2","entity":"x:1","published":"2020-03-01T12:00:00Z"}
      {"type":"concept","concept":"x:A","kind":"statement-line","periodType":"instant"}
      {"type":"statement","statement":"s","title":"S","columns":[{"span":"instant"}],"lines":[\
      {"label":"H"},\(["a", "b", "c", "d", "e"].map { #"""
        {"label":"\#($0)","concept":"x:A","dimensions":{"d":"\#($0)"},"unit":"USD"}
        """# }.joined(separator: ","))]}

      """
    let claims = [
      ("f1", "a", "\"1500\"", 1), ("f1", "b", "null", 2), ("f2", "d", "\"4\"", 3),
      ("f1", "e", "\"5\"", 4), ("f1", "e", "\"6\"", 5),
    ].map { filing, dimension, value, line in
      """
      {"type":"statement-line","filing":"\(filing)","entity":"x:1","concept":"x:A",\
      "dimensions":{"d":"\(dimension)"},"period":"2019-12-31","unit":"USD","value":\(value),\
      "source":{"line":\(line),"column":1}}
      """
    }
    let other = try Assay()
    try other.write(start + claims.joined(separator: "\n"), to: "s.jsonl")
    #expect(try other.run("append", "s.jsonl").status == 0)
    let arguments = ["s", "--known-at", "2020-03-01T11:59:59Z", "-O", "json"]
    let outcome = try other.run([isReplayed ? "replay" : "statement"] + arguments)
    let json = try JSONParser().parse(Array(outcome.output.utf8)).root
    #expect(json.members.map(\.key).prefix(4) == ["schema", "statement", "title", "entity"])
    #expect(json["knownAt"]?.string == "2020-03-01T11:59:59Z")
    #expect(json["recordedAt"]?["root"]?.string?.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    #expect(json["factsChecksum"]?.string?.wholeMatch(of: /[0-9a-f]{64}/) != nil)
    let lines = try #require(json["lines"]).elements
    #expect(lines.first { _ in true }?["cells"] == nil)
    let cells = lines.compactMap { $0["cells"]?.elements.first { _ in true } }
    #expect(
      cells.map { $0["status"]?.string }
        == ["value", "nil", "not-reported", "not-yet-known", "conflict"]
    )
    #expect(cells[0]["value"]?.string == "1500" && cells[0]["filing"]?.string == "f1")
    #expect(cells[0]["decimals"] == nil || cells[0]["decimals"]?.isNull == true)
    for cell in cells.dropFirst() { #expect(cell["value"]?.string == nil) }
  }

  @Test("the history of what was not yet known says so")
  func historyOfTheFuture() throws {
    let fact = ["history", "us-gaap:Assets", "2004-09-30"]
    let outcome = try assay.run(fact + ["--known-at", "2004-11-03"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("not yet known"))
    #expect(outcome.output.contains("2004-11-04T13:00:30Z"))
    #expect(!outcome.output.contains("283,228"))
    #expect(try !assay.run(fact).output.contains("not yet known"))
  }

  @Test("a correction is no news: what was not yet known stays so")
  func correctionOfTheFuture() throws {
    let row = try #require(
      try assay.run("history", "us-gaap:Assets", "2004-09-30", "-O", "csv").output.csv.last
    )
    let (sequence, hash) = (row[18], row[20])
    #expect(try assay.run("correct", hash, "--value", "-283229000", "--reason", "r").status == 0)
    let knownAt = ["--known-at", "2004-11-03"]
    let listed = try assay.run(["facts", "--all", "-O", "csv"] + knownAt)
    #expect(listed.status == 0, "\(listed.errors.lines.first ?? "")")
    #expect(!listed.output.csv.contains { $0[0] == sequence })
    let history = try assay.run(["history", "us-gaap:Assets", "2004-09-30"] + knownAt)
    #expect(!history.output.contains("283,228,000"))
    let now = try assay.run("bs", "--as-of", "2004-09-30")
    #expect(now.output.contains("(283,229)"))
  }

  @Test("what the ledger had recorded, by sequence and by time")
  func recordedAt() throws {
    let head = try assay.run("export").output.lines.count
    let before = try assay.run("facts", "--all", "-O", "csv").output
    let row = try #require(before.csv.first { $0[16] == "holds" })
    #expect(try assay.run("withdraw", row[0], "--reason", "r").status == 0)
    let batch = try #require(
      try assay.run("log", "--type", "batch", "-O", "csv").output.csv.last
    )
    #expect(batch[0] == "\(head)")
    for (recordedAt, isBefore) in [
      ("\(head)", true), ("\(head + 1)", true), ("\(head + 2)", false), (batch[1], false),
      (String(batch[1].prefix(4)) + "-12-31", false),
    ] {
      let listed = try assay.run("facts", "--all", "-O", "csv", "--recorded-at", recordedAt).output
      #expect((listed == before) == isBefore, "\(recordedAt)")
    }
  }
}
