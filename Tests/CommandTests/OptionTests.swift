import Foundation
import TestSupport
import Testing

@Suite("Every option that help names")
struct OptionTests {
  /// Commands with options; each works on a ledger of all of `Events/`.
  private static let invocations: [(command: String, arguments: [String])] = [
    (
      "append",
      ["more.jsonl", "--no-wait", "--accept-clock", "--by", "me", "--expect-head", "HEAD"]
    ),
    ("append", ["third.jsonl", "--dry-run", "--ledger", "test.assay"]),
    ("append", ["more.jsonl", "--expect-root", "ROOT"]),
    (
      "new quarter",
      [
        "--as-of", "2004-12-31", "--entity", "hecla", "--filing", "q", "--published", "2005-02-22",
        "--output-format", "tsv", "--ledger", "test.assay",
      ]
    ),
    (
      "new quarter",
      ["--as-of", "2004-12-31", "--entity", "hecla", "--as-printed", "--output", "new.csv"]
    ),
    (
      "new profile",
      [
        "foundry.txt", "--entity", "cik:0000000043", "--name", "Other Foundry", "--profile",
        "works",
        "--form", "8-K", "--force", "--output", "works.json", "--ledger", "test.assay",
      ]
    ),
    (
      "new quarter",
      ["--as-of", "2004-12-31", "--entity", "hecla", "--force", "--output", "new.csv"]
    ),
    (
      "correct",
      [
        "CLAIM", "--no-wait", "--accept-clock", "--value", "-5", "--decimals", "-3", "--reason",
        "r", "--dry-run",
        "--ledger",
        "test.assay",
      ]
    ),
    (
      "correct",
      ["CLAIM", "--value", "nil", "--reason", "r", "--expect-head", "HEAD", "--by", "me"]
    ),
    (
      "withdraw",
      [
        "CLAIM", "--no-wait", "--accept-clock", "--reason", "r", "--dry-run", "--expect-head",
        "HEAD", "-f",
        "test.assay",
      ]
    ),
    ("withdraw", ["CLAIM", "--reason", "r", "--ledger", "test.assay", "--by", "me"]),
    (
      "correct",
      [
        "--filing", "0001157523-04-010335", "--published", "2004-11-05", "--form", "8-K",
        "--document", "test.assay", "--reason", "r", "--dry-run",
      ]
    ),
    ("withdraw", ["--filing", "0001157523-04-010335", "--reason", "r", "--dry-run"]),
    ("withdraw", ["--batch", "1", "--reason", "r", "--dry-run"]),
    (
      "check",
      [
        "production/gold", "--entity", "hecla", "--as-of", "2004-09-30", "--tolerance", "200",
        "--verbose", "--known-at", "2004-11-04", "--recorded-at", "HEAD", "-O", "csv", "--ledger",
        "test.assay",
      ]
    ),
    (
      "check",
      ["highlights/", "--entity", "hecla", "--output", "checks.json", "--calculation", "1.1"]
    ),
    (
      "statement",
      [
        "production", "--entity", "hecla", "--as-of", "2004Q3", "--unit", "Lucky", "--known-at",
        "2004-11-04", "--recorded-at", "HEAD", "--output-format", "json", "--ledger", "test.assay",
      ]
    ),
    (
      "facts",
      [
        "Assets", "--all", "--entity", "719413", "--as-of", "2004-09-30", "--known-at",
        "2004-11-04T13:00:30Z", "--recorded-at", "2100-01-01", "--output-format", "csv", "--ledger",
        "test.assay",
      ]
    ),
    (
      "history",
      [
        "us-gaap:Assets", "2004-09-30", "--entity", "hecla", "--known-at", "2005-01-01",
        "--recorded-at", "HEAD", "-O", "json", "-f", "test.assay",
      ]
    ),
    ("diff", ["2004-05-04", "2005-12-31", "--entity", "hecla", "--recorded-at", "HEAD"]),
    ("diff", ["2004-05-04", "2005-12-31", "--concept", "Dividend", "--output-format", "csv"]),
    (
      "diff",
      [
        "2004-11-03", "2004-11-04", "balance-sheet", "--entity", "hecla", "--as-of", "2004-09-30",
        "--changes", "-f", "test.assay",
      ]
    ),
    (
      "restatements",
      [
        "--since", "2004-01-01", "--min", "1", "--entity", "hecla", "--known-at", "2006-12-31",
        "--recorded-at", "HEAD", "--output-format", "tsv", "--ledger", "test.assay",
      ]
    ),
    ("restatements", ["--concept", "Dividend"]),
    (
      "panel",
      [
        "NetIncomeLoss", "margin=NetIncomeLoss/SalesRevenueGoodsGross", "--entities", "hecla",
        "--span", "year", "--known-at-lag", "45d", "--from", "2003-01-01", "--to", "2004-12-31",
        "--unit", "USD", "--growth", "--sqlite", "panel.sqlite", "--known-at", "2006-12-31",
        "--recorded-at", "HEAD",
        "--output-format", "csv", "--output", "panel.csv", "--ledger", "test.assay",
      ]
    ),
    (
      "log",
      ["--type", "filing", "--since", "100", "--output-format", "jsonl", "--ledger", "test.assay"]
    ),
    (
      "replay",
      [
        "production", "--to", "HEAD", "--entity", "hecla", "--as-of", "2004-09-30", "--unit",
        "Camorra", "--layout", "general", "--currency", "USD", "--known-at", "2004-11-04",
        "--recorded-at", "HEAD", "-O",
        "html", "-f",
        "test.assay",
      ]
    ),
    (
      "verify",
      [
        "--checkpoint", "point", "--origin", "x", "--output-format", "csv", "--ledger",
        "test.assay",
      ]
    ),
    ("verify", ["--checkpoint", "signed.checkpoint", "--key", "signing.pub"]),
    ("verify", ["--checkpoint", "signed.checkpoint", "--policy", "policy.txt"]),
    ("verify", ["--output", "verified.json"]),
    ("rebuild", ["--checkpoint", "point", "--no-wait", "--ledger", "test.assay"]),
    ("backup", ["copy.assay", "--ledger", "test.assay"]),
    ("restore", ["copy.assay", "--ledger", "restored.assay"]),
    ("upgrade", ["format-2.assay", "upgraded.assay"]),
    ("export", ["--to", "200", "--output", "part.jsonl", "--ledger", "test.assay"]),
    ("export", ["--from", "100", "--to", "200", "--output", "slice.jsonl"]),
    ("export", ["--tiles", "tree", "--key", "signing.key", "--origin", "example.com/log"]),
    ("export", ["--sqlite", "figures.sqlite", "--known-at", "2006-12-31"]),
    ("keygen", ["-o", "new.key", "--name", "example.com/log"]),
    ("keygen", ["-o", "witness.key", "--witness"]),
    ("token new", ["--scope", "append", "--scope", "read", "--name", "me", "--tokens", "t.txt"]),
    (
      "checkpoint",
      [
        "--key", "signing.key", "--origin", "example.com/log", "--recorded-at", "200", "--output",
        "old.checkpoint", "-f", "test.assay",
      ]
    ),
    (
      "prove",
      [
        "us-gaap:Assets", "2003-12-31", "--entity", "hecla", "--known-at", "2005-01-01",
        "--recorded-at", "HEAD", "--since", "old.checkpoint", "--output", "proof.json", "-f",
        "test.assay",
      ]
    ),
    (
      "checkpoint",
      ["--force", "--key", "signing.key", "--origin", "example.com/log", "-o", "old.checkpoint"]
    ),
    ("prove", ["7", "--checkpoint", "old.checkpoint"]),
    ("prove", ["7", "--force", "--output", "proof.json"]),
    ("prove", ["7", "--checkpoint", "signed.checkpoint", "-O", "tlog-proof"]),
    (
      "witness",
      [
        "signed.checkpoint", "--key", "witness.key", "--state", "state", "--first", "--log-key",
        "signing.pub", "--origin", "example.com/log", "--output", "cosigned",
      ]
    ),
    (
      "witness",
      ["signed.checkpoint", "--key", "witness.key", "--state", "state", "--log-key", "signing.pub"]
    ),
    ("witness", ["--key", "witness.key", "--state", "own", "--first", "-f", "test.assay"]),
    ("receipt verify", ["paper.txt", "-O", "json", "--ledger", "test.assay"]),
    ("receipt verify", ["paper.txt", "--output", "verdict.md"]),
    ("stats", ["--output-format", "markdown", "--ledger", "test.assay"]),
    (
      "statement",
      [
        "balance-sheet", "--entity", "hecla", "--vs", "2004-11-03", "--changes", "--output",
        "compared.csv",
      ]
    ),
    ("statement", ["balance-sheet", "--entity", "hecla", "--as-of", "2004-09-30", "--lead-sheet"]),
    (
      "statement",
      ["operations", "--entity", "hecla", "--span", "quarter", "--columns", "2", "-O", "json"]
    ),
    (
      "statement",
      ["balance-sheet", "--entity", "hecla", "--layout", "general", "--currency", "USD"]
    ),
    (
      "statement",
      ["operations", "--entity", "hecla", "--quarterly", "--begin", "2004Q2", "--end", "2004Q3"]
    ),
    ("statement", ["operations", "--entity", "hecla", "--yearly"]),
    ("statement", ["--list", "--entity", "hecla", "-O", "json"]),
    (
      "guidance",
      [
        "gold", "--entity", "hecla", "--known-at", "2006-12-31", "--recorded-at", "HEAD", "-O",
        "json", "--ledger", "test.assay",
      ]
    ),
    ("guidance", ["--output", "guidance.csv"]),
    (
      "lint",
      [
        "hecla", "--known-at", "2006-12-31", "--recorded-at", "HEAD", "-O", "json", "--ledger",
        "test.assay",
      ]
    ),
    ("lint", ["hecla", "--output", "lint.md"]), ("lint", ["hecla", "--definitions"]),
    ("lint", ["hecla", "--non-gaap"]),
    (
      "retire",
      [
        "check", "highlights/total-sales", "--reason", "r", "--entity", "hecla", "--by", "me",
        "--no-wait", "--accept-clock", "--expect-head", "HEAD", "--dry-run", "--ledger",
        "test.assay",
      ]
    ),
    ("facts", ["--filing", "0001157523-04-010335", "--output", "facts.csv"]),
    ("history", ["Assets", "--output", "history.json"]),
    ("history", ["Assets", "--triangle", "--output", "triangle.csv"]),
    ("diff", ["2004-05-04", "2005-12-31", "--output", "diff.md"]),
    ("restatements", ["--output", "restatements.html"]),
    ("log", ["--output", "log.tsv"]),
    ("log", ["560", "7", "--output-format", "json"]),
    ("replay", ["balance-sheet", "--entity", "hecla", "--output", "replayed.md"]),
    ("stats", ["--output", "stats.json"]),
  ]

  private static let all = binders + invocations + imports + receipted + shown

  private func prepared() throws -> (assay: Assay, claim: String, head: () throws -> String) {
    let assay = try Assay.withEvents()
    try assay.write(Quarry.release, to: "release.txt")
    try assay.write(Foundry.release, to: "foundry.txt")
    try assay.write(Quarry.definitions, to: "quarry.jsonl")
    try assay.write(#"{"type":"entity","entity":"x:2","name":"N"}"#, to: "more.jsonl")
    try assay.write(#"{"type":"entity","entity":"x:3","name":"N"}"#, to: "third.jsonl")
    try assay.write(
      #"""
      {"cik":7,"entityName":"SEVEN CO","facts":{"us-gaap":{"Assets":{"label":"Assets",\#
      "description":"All.","units":{"USD":[{"end":"2009-12-31","val":7,"accn":"0-1","fy":2009,\#
      "fp":"FY","form":"10-K","filed":"2010-02-01"}]}}}}}
      """#,
      to: "facts.json"
    )
    let verifier = try assay.run("keygen", "-o", "signing.key", "--name", "example.com/log")
    #expect(verifier.status == 0)
    try assay.write(verifier.output, to: "signing.pub")
    try assay.write("log \(verifier.output)quorum none\n", to: "policy.txt")
    let signed = ["--key", "signing.key", "--origin", "example.com/log", "-o", "signed.checkpoint"]
    #expect(try assay.run(["checkpoint"] + signed).status == 0)
    #expect(try assay.run("statement", "hedges", "--output", "paper.txt").status == 0)
    try XBRLFolder.write("filing", in: assay)
    try XBRLFolder.write("bare", in: assay)
    try FileManager.default.moveItem(
      atPath: assay.folder + "/bare/my.xml",
      toPath: assay.folder + "/outside.xml"
    )
    try assay.write(XBRLFolder.json(), to: "report.json")
    try DataSetFolder.write("set", in: assay)
    try FileManager.default.copyItem(
      atPath: Package.folder.path() + "Tests/EventStoreTests/Fixtures/format-2.assay",
      toPath: assay.folder + "/format-2.assay"
    )
    // The checkpoint of an empty ledger: every other has grown from it.
    try assay.write("x\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", to: "point")
    let claim = try #require(
      try assay.run("history", "us-gaap:Assets", "2004-09-30", "-O", "csv").output.csv.last
    )[18]
    return (
      assay, claim, { String(try assay.run("export").output.utf8.count { $0 == 10 }) }
    )
  }

  @Test("works, alone or with others")
  func everyOptionWorks() throws {
    let (assay, claim, head) = try prepared()
    for (command, arguments) in Self.all {
      let now = try head()
      var claim = claim
      if arguments.contains("withdraw") || command == "withdraw" {
        // The correction before has taken the claim's place.
        claim = String(try #require(Int(now)) - 1)
      }
      var words = ["HEAD": now, "CLAIM": claim]
      if arguments.contains("ROOT") {
        words["ROOT"] = try assay.run("verify").output.firstMatch(of: /[0-9a-f]{64}/).map {
          String($0.output)
        }
      }
      let given = arguments.map { words[$0] ?? $0 }
      let outcome = try assay.run(command.split(separator: " ").map(String.init) + given)
      let isAnswer = outcome.status == 0 || command == "lint" && outcome.status == 1
      #expect(isAnswer, "\(command) \(given): \(outcome.errors)")
      if let index = given.firstIndex(of: "--output") {
        let bytes = try Data(contentsOf: URL(filePath: "\(assay.folder)/\(given[index + 1])"))
        #expect(!bytes.isEmpty && outcome.output.isEmpty)
      }
    }
  }

  @Test(
    "is in the list above, for every command",
    arguments: Set(all.map(\.command)).sorted()
  )
  func isListed(command: String) throws {
    let help = try Assay().run(["help"] + command.split(separator: " ").map(String.init)).output
    let options = help.matches(of: /\n +(?:-[a-zA-Z], )?(--[a-z-]+)/).map { String($0.1) }
    #expect(options.contains("--help"))
    var used: Set<String> = ["--help", "--version"]
    for invocation in Self.all where invocation.command == command {
      used.formUnion(invocation.arguments)
    }
    if used.contains("-f") { used.insert("--ledger") }
    if used.contains("-o") { used.insert("--output") }
    if used.contains("-O") { used.insert("--output-format") }
    // Seen to follow in another test; the comparison is for the index.
    if command == "log" { used.insert("--follow") }
    if command == "replay" {
      used.formUnion([
        "--vs", "--lead-sheet", "--changes", "--span", "--columns", "--quarterly", "--yearly",
        "--begin", "--end",
      ])
    }
    #expect(Set(options).subtracting(used).isEmpty)
  }

  @Test("replay compares as the index does, or refuses")
  func replayCompares() throws {
    let assay = try Assay.withEvents()
    let replayed = try assay.run("replay", "balance-sheet", "--vs", "2004-11-03")
    let indexed = try assay.run("statement", "balance-sheet", "--vs", "2004-11-03")
    #expect(replayed.status == 64 || replayed.output == indexed.output)
  }

  @Test("-f comes before $ASSAY_LEDGER, and that before ledger.assay")
  func whichLedger() throws {
    let assay = try Assay()
    try assay.write(#"{"type":"entity","entity":"x:1","name":"N"}"#, to: "e.jsonl")
    let shell = try assay.shell(
      """
      assay append e.jsonl -f given.assay >/dev/null && ls *.assay && rm *.assay && \
      ASSAY_LEDGER=named.assay assay append e.jsonl >/dev/null && ls *.assay && rm *.assay && \
      unset ASSAY_LEDGER && assay append e.jsonl >/dev/null && ls *.assay
      """
    )
    #expect(shell.output.lines == ["given.assay", "named.assay", "ledger.assay"])
  }

  @Test("log --follow shows what is there, then what comes")
  func followShowsWhatComes() throws {
    let assay = try Assay()
    for (name, entity) in [("a", "x:1"), ("b", "x:2")] {
      try assay.write(#"{"type":"entity","entity":"\#(entity)","name":"N"}"#, to: name)
    }
    let shell = try assay.shell(
      """
      assay append - <a >/dev/null
      timeout -s KILL 20 assay log --follow --type entity -O jsonl >followed & p=$!
      for i in $(seq 100); do grep -q x:1 followed && break; sleep 0.05; done
      assay append - <b >/dev/null
      for i in $(seq 100); do grep -q x:2 followed && break; sleep 0.05; done
      kill -9 $(pgrep -P $p) ; grep -c -e 'x:[12]"' followed
      """
    )
    #expect(shell.output.lines.last == "2", "\(shell.output)")
  }
}
