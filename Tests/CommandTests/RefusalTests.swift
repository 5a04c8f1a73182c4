import Foundation
import TestSupport
import Testing

@Suite("What the command refuses")
struct RefusalTests {
  let assay: Assay

  init() throws { assay = try Assay() }

  /// A company, a concept and a filing; `claim` is one claim of it.
  private static let start = """
    {"type":"entity","entity":"x:1","name":"Example"}
    {"type":"concept","concept":"x:Cash","kind":"statement-line","periodType":"instant"}
    {"type":"filing","filing":"f1","entity":"x:1","published":"2020-02-01"}

    """

  private static let claim = """
    {"type":"statement-line","filing":"f1","entity":"x:1","concept":"x:Cash","period":"2019-12-31",\
    "unit":"USD","value":"1"}
    """

  @Test(
    "lines that are no events, each with file, line and what would be right",
    arguments: [
      ("{\"type\":\"filing\"", "the text ends too early"),
      ("not json", "expected a value"),
      ("[]", "not a JSON object"),
      (claim.replacing("\"1\"}", with: "1}"), "write the number in quotation marks"),
      (claim.replacing("\"1\"}", with: "\"1e3\"}"), "not a plain decimal number"),
      (claim.replacing("\"1\"}", with: "\"1234567890123456789\"}"), "more than 18 digits"),
      (claim.replacing("2019-12-31", with: "2019-02-30"), "\"period\" is \"2019-02-30\""),
      (claim.replacing("\"unit\"", with: "\"unti\""), "is \"unti\" meant to be it?"),
      (claim.replacing("}", with: ",\"vlaue\":\"2\"}"), "unknown field \"vlaue\""),
      (claim.replacing("statement-line", with: "production"), "whose kind is statement-line"),
      (claim.replacing("x:Cash", with: "x:Csah"), "did you mean \"x:Cash\"?"),
      (claim.replacing("f1", with: "f7"), "filing \"f7\" is not recorded"),
      (claim.replacing("2019-12-31", with: "2019-01-01/2019-12-31"), "is about an instant"),
      (claim + "\n" + claim.replacing("\"1\"}", with: "\"2\"}"), "another value for the same fact"),
      ("{\"type\":\"check\",\"check\":\"c\",\"title\":\"t\"}", "has no \"kind\""),
      ("{\"a\":1,\"a\":2}", "the object has this key twice"),
    ]
  )
  func refusedLinesAreNamedByFileAndLine(line: String, message: String) throws {
    try assay.write(Self.start, to: "start.jsonl")
    #expect(try assay.run("append", "start.jsonl").status == 0)
    let before = try assay.run("export").output
    try assay.write("\n" + line + "\n", to: "bad.jsonl")
    let outcome = try assay.run("append", "bad.jsonl")
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("assay: bad.jsonl:"))
    #expect(try assay.run("export").output == before)
  }

  @Test(
    "ledger files that are none",
    arguments: [
      ("", "the file is empty"), ("hello", "not an LMDB data file"),
      (String(repeating: "x", count: 20_000), "not an LMDB data file"),
    ]
  )
  func foreignLedgerFilesAreRefused(text: String, message: String) throws {
    try assay.write(text, to: "test.assay")
    let outcome = try assay.run("bs")
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test("a missing ledger is not made by reading")
  func missingLedgerIsNotMadeByReading() throws {
    let outcome = try assay.run("bs")
    #expect(outcome.status == 1 && outcome.errors.contains("there is no such ledger"))
    #expect(try assay.run("withdraw", "1", "--reason", "x").status == 1)
    #expect(!FileManager.default.fileExists(atPath: assay.folder + "/test.assay"))
    #expect(try assay.run("append", "nothing.jsonl").errors.contains("No such file"))
    #expect(!FileManager.default.fileExists(atPath: assay.folder + "/test.assay"))
  }

  @Test("what is refused makes no ledger, and a dry run neither")
  func nothingMade() throws {
    try assay.write(Self.claim, to: "bad.jsonl")
    try assay.write("{\"cik\":1,\"entityName\":\"X\",\"facts\":{\"dei\"", to: "cut.json")
    try assay.write(Self.start, to: "start.jsonl")
    for arguments in [
      ["append", "bad.jsonl"], ["append", "start.jsonl", "--expect-head", "7"],
      ["import", "companyfacts", "cut.json"], ["append", "start.jsonl", "--dry-run"],
    ] {
      let isTrial = arguments.last == "--dry-run"
      #expect(try assay.run(arguments).status == (isTrial ? 0 : 1), "\(arguments)")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: assay.folder)
    #expect(!names.contains { $0.hasPrefix("test.assay") })
  }

  @Test("a message that cannot be written is told; the events are recorded all the same")
  func fullOutput() throws {
    try assay.write(Self.start, to: "start.jsonl")
    let outcome = try assay.shell("assay append start.jsonl >/dev/full")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("this message is lost, not the events: appended"))
    #expect(try assay.run("append", "start.jsonl").output.hasPrefix("nothing new"))
  }

  @Test("a ledger that is cut off, at any length, is refused and never crashes")
  func truncatedLedgerIsRefused() throws {
    let full = try Assay.withEvents()
    let bytes = try Data(contentsOf: URL(filePath: full.folder + "/test.assay"))
    for count in stride(from: 1, to: bytes.count - 4096, by: 31_337) {
      try bytes.prefix(count).write(to: URL(filePath: assay.folder + "/test.assay"))
      let outcome = try assay.run("bs")
      #expect(outcome.status == 1 && outcome.output.isEmpty, "\(count): \(outcome.status)")
    }
  }

  @Test(
    "wrong usage ends with 64",
    arguments: [
      [], ["append"], ["statment"], ["bs", "--as-of", "2004-02-30"], ["bs", "-O", "xml"],
      ["bs", "--known-at", "yesterday"], ["bs", "--recorded-at", "-1"], ["facts", "--every"],
      ["restatements", "--min", "many"],
    ]
  )
  func wrongUsageEndsWith64(arguments: [String]) throws {
    let outcome = try assay.run(arguments)
    // Without arguments the command shows its help.
    #expect(outcome.status == (arguments.isEmpty ? 0 : 64), "\(outcome.errors)")
  }

  @Test(
    "questions without an answer end with 1 and say what could be asked",
    arguments: [
      (["statement", "balancesheet"], "did you mean \"balance-sheet\"?"),
      (["bs", "--entity", "apple"], "no entity matches \"apple\""),
      (["bs", "--as-of", "1999-01-01"], "nothing of balance-sheet is reported"),
      (["units", "--unit", "Luckee"], "name one of: La Camorra, San Sebastian"),
      (["bs", "--recorded-at", "99999"], "give --recorded-at from 1 to"),
      (["bs", "--recorded-at", "2001-01-01"], "the ledger recorded nothing until"),
      (["facts", "Asets"], "did you mean \"Assets\"?"),
      (["history", "Asets"], "did you mean \"Assets\"?"),
      (["facts", "us-gaap:Assets", "1999-12-31"], "nothing of that name is reported"),
      (["export", "--to", "0"], "give --to from 1 to"),
      (["export", "--to", "999999"], "give --to from 1 to"),
      (["log", "--type", "nonsense"], "no event of type nonsense"),
      (["correct", "0", "--value", "1", "--reason", "x"], "event 0 is no claim"),
      (["withdraw", "99999", "--reason", "x"], "there is no event"),
      (["correct", "500", "--value", "1,5", "--reason", "x"], "it is no number"),
    ]
  )
  func unanswerableQuestionsSuggestOthers(arguments: [String], message: String) throws {
    let full = try Assay.withEvents()
    let outcome = try full.run(arguments)
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test("a folder without event lines, and an empty file")
  func emptyInputsAreRefused() throws {
    try FileManager.default.createDirectory(
      atPath: assay.folder + "/empty",
      withIntermediateDirectories: true
    )
    let empty = try assay.run("append", "empty")
    #expect(empty.errors.contains("no file that ends in .jsonl or .json"))
    #expect(try assay.run("append", "-").errors.contains("no events were read"))
  }

  @Test("a full disk: an error, and nothing lost")
  func fullDisk() throws {
    try assay.write(Self.start, to: "start.jsonl")
    #expect(try assay.run("append", "start.jsonl").status == 0)
    let before = try assay.run("export").output
    // A limit on the size of files stands for the disk: 160 KiB, less than Events needs.
    let events = Package.folder.path() + "Events"
    let outcome = try assay.shell("trap '' XFSZ; ulimit -f 160; assay append \(events)")
    #expect(outcome.status == 1 && outcome.output.hasPrefix("assay: "), "\(outcome.output)")
    #expect(try assay.run("export").output == before)
    #expect(try assay.run("append", events).status == 0)
  }

  @Test("a read-only folder: reading works, writing is refused")
  func readOnly() throws {
    let full = try Assay.withEvents()
    // The superuser may write anywhere: another user tries.
    let outcome = try full.shell(
      """
      mkdir ro && cp test.assay ro/ && chmod 644 ro/test.assay && chmod 555 ro && chmod 755 . && \
      if [ "$(id -u)" = 0 ]; then as='setpriv --reuid=65534 --clear-groups'; else as=; fi
      $as assay bs -f ro/test.assay | grep -c 283,228
      echo '{"type":"entity","entity":"x:2","name":"X"}' | $as assay append - -f ro/test.assay
      echo "status $?"
      """
    )
    #expect(outcome.output.lines.first == "2", "\(outcome.output)")
    #expect(outcome.output.lines.last == "status 1")
    #expect(outcome.output.lines.dropFirst().first?.hasPrefix("assay: ") == true)
  }

  @Test("two writers at once: both are recorded, one after the other")
  func twoWriters() throws {
    try assay.write(Self.start, to: "start.jsonl")
    #expect(try assay.run("append", "start.jsonl").status == 0)
    let outcome = try assay.shell(
      """
      for w in a b c; do for i in 1 2 3 4 5 6 7 8; do \
      echo '{"type":"entity","entity":"x:'$w$i'","name":"N"}' | assay append - >/dev/null || exit 1; \
      done & done; wait; assay stats -O csv | grep 'entity,'
      """
    )
    #expect(outcome.output.lines.last == "events of type,entity,25", "\(outcome.output)")
  }

  @Test("killed at any moment, a ledger holds whole batches and every acknowledged one")
  func killedAppendIsWholeOrAbsent() throws {
    try assay.write(Self.start, to: "start.jsonl")
    #expect(try assay.run("append", "start.jsonl").status == 0)
    let outcome = try assay.shell(
      """
      for i in $(seq 1 20); do
        for j in 1 2 3; do echo '{"type":"entity","entity":"x:'$i.$j'","name":"N"}'; done > b.jsonl
        assay append b.jsonl > ack.$i 2>/dev/null & p=$!
        sleep 0.0$((i % 4))$((i % 7)); kill -9 $p 2>/dev/null; wait $p 2>/dev/null
        n=$(assay log --type entity -O jsonl | grep -c '"x:'$i'\\.')
        [ "$n" = 0 ] || [ "$n" = 3 ] || echo "torn batch $i: $n"
        if [ -s ack.$i ] && [ "$n" != 3 ]; then echo "lost batch $i"; fi
      done 2>/dev/null
      echo done
      """
    )
    #expect(outcome.output.lines == ["done"])
  }
}
