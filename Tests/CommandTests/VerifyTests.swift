import Foundation
import TestSupport
import Testing

@Suite("assay verify")
struct VerifyTests {
  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  private func bytes(_ name: String = "test.assay") throws -> Data {
    try Data(contentsOf: URL(filePath: "\(assay.folder)/\(name)"))
  }

  /// Changes a printed figure in the record of its claim.
  private func damage() throws {
    var data = try bytes()
    // The second is in the log: the first is on a page that the log has left.
    let place = try #require(data.lastRange(of: Data("42,580".utf8)))
    data[place.upperBound - 1] ^= 1
    try data.write(to: URL(filePath: "\(assay.folder)/test.assay"))
  }

  @Test("a sound ledger: how much there is of what, and the root that every answer names")
  func soundLedgerShowsCountsAndRoot() throws {
    let outcome = try assay.run("verify")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.hasPrefix("sound: \(try assay.head()) events on "))
    let root = try #require(assay.run("stats", "-O", "csv").output.csv.last)[1]
    #expect(outcome.output.lines.last == "root \(root)")
    let table = try assay.run("verify", "-O", "csv").output.csv
    #expect(table[0] == ["what", "count", "result", "event", "filing", "problem", "remedy"])
    let head = try assay.head()
    #expect(table.last?[2] == root && table[1][1] == "\(head)")
    let object = try assay.run("verify", "-O", "json").output
    #expect(object.hasPrefix(#"{"schema":"assay.verify/2","status":"sound","head":\#(head),"#))
    #expect(object.contains(#","root":"\#(root)","pages":"#))
    #expect(object.contains(#""grownFrom":null}"#))
  }

  @Test("a figure changed in the file: its event and its filing, on standard error, with status 1")
  func changedFigureIsFound() throws {
    try damage()
    let outcome = try assay.run("verify")
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    let pattern =
      /assay: test.assay: the ledger is damaged: event (\d+) of filing ([0-9-]+), table log:/
    let match = try #require(outcome.errors.firstMatch(of: pattern), "\(outcome.errors)")
    #expect(match.2 == "0001157523-04-010335")
    #expect(outcome.errors.contains("its record does not make the line whose hash is in the tree"))
    #expect(outcome.errors.contains("restore it from a backup"))
    let table = try assay.run("verify", "-O", "csv")
    #expect(table.status == 1 && table.errors == outcome.errors)
    #expect(
      Array(table.output.csv[1][0..<5]) == [
        "table log", "", "damaged", String(match.1), "0001157523-04-010335",
      ]
    )
    let object = try assay.run("verify", "-O", "json")
    #expect(object.status == 1)
    #expect(object.output.hasPrefix(#"{"schema":"assay.verify/2","status":"damaged","message":"#))
    #expect(object.output.contains(#""sequence":\#(match.1),"filing":"0001157523-04-010335","#))
  }

  @Test("what is no ledger, no file or another program's file is refused")
  func noLedger() throws {
    let missing = try assay.run("verify", "-f", "nowhere.assay")
    #expect(missing.status == 1 && missing.errors.contains("there is no such ledger"))
    try assay.write("a text", to: "text")
    let text = try assay.run("verify", "-f", "text")
    #expect(text.status == 1 && text.errors.contains("is not an LMDB data file"))
    #expect(try assay.run("verify", "-f", ".").errors.contains("it is not a file"))
  }

  @Test("a checkpoint: grown from it, cut off since, another's, or no checkpoint")
  func checkpointsAreCompared() throws {
    let older = try bytes()
    try assay.write(#"{"type":"entity","entity":"x:2","name":"N"}"#, to: "more.jsonl")
    #expect(try assay.run("append", "more.jsonl").status == 0)
    let head = try assay.head()
    let root = try #require(assay.run("verify").output.lines.last).dropFirst("root ".count)
    let hash = stride(from: 0, to: 64, by: 2).map { index in
      UInt8(root.dropFirst(index).prefix(2), radix: 16) ?? 0
    }
    try assay.write("x\n\(head)\n\(Data(hash).base64EncodedString())\n", to: "point")
    let grown = try assay.run("verify", "--checkpoint", "point", "--origin", "x")
    #expect(grown.status == 0, "\(grown.errors)")
    #expect(
      grown.output.contains(
        "grown from the checkpoint of \(head) events, whose signature was not checked\n"
      )
    )
    let foreign = try assay.run("verify", "--checkpoint", "point")
    #expect(foreign.status == 1 && foreign.output.isEmpty)
    #expect(foreign.errors.contains("point: it is of the ledger x, and this one is assay/"))
    try older.write(to: URL(filePath: "\(assay.folder)/test.assay"))
    let cut = try assay.run("verify", "--checkpoint", "point", "--origin", "x")
    #expect(cut.status == 1 && cut.errors.contains("an older copy was put back"))
    try assay.write("x\n7\n\(Data(hash).base64EncodedString())\n", to: "point")
    let other = try assay.run("verify", "--checkpoint", "point", "--origin", "x")
    #expect(other.status == 1 && other.errors.contains("are not those of the checkpoint"))
    for text in ["", "x\n7\n", "x\n-7\n\(Data(hash).base64EncodedString())\n", "x\n7\nAAAA\n"] {
      try assay.write(text, to: "point")
      let none = try assay.run("verify", "--checkpoint", "point", "--origin", "x")
      #expect(none.status == 1 && none.errors.contains("assay: point: "), "\(text)")
    }
    #expect(try assay.run("verify", "--checkpoint", "nowhere").status == 1)
  }

  @Test("a checkpoint is believed for a reason: its signature by a key that is known, and its name")
  func signedCheckpoint() throws {
    let shell = try assay.shell(
      """
      assay keygen -o k --name example.com/log >k.pub; assay keygen -o s --name stranger >s.pub
      assay checkpoint --key k --origin example.com/log -o signed
      assay checkpoint --key s -o strange; assay checkpoint -o plain
      sed '5s/.......$/AAAAAA=/' signed >forged
      for c in "signed --key k.pub" "signed --key $(cat k.pub)" "strange --key s.pub" \
        "strange --key k.pub" "plain --key k.pub" "forged --key k.pub" "signed --key s.pub" \
        "signed --key k" "signed --key nothing" "signed --origin example.com/log" signed
      do assay verify --checkpoint $c >out; echo status $?; done
      assay verify --checkpoint signed --key k.pub | sed -n 2p
      assay verify --checkpoint signed --key k.pub -O json | grep -c '"signer":"example.com/log"'
      assay verify --key k.pub 2>/dev/null; echo status $?
      """
    )
    let statuses = shell.output.lines.filter { $0.hasPrefix("status") }.map { $0.dropFirst(7) }
    #expect(
      statuses == ["0", "0", "0", "1", "1", "1", "1", "1", "1", "0", "1", "64"],
      "\(shell.output)"
    )
    #expect(shell.output.contains("events, signed by example.com/log"), "\(shell.output)")
    for message in [
      "strange: it is not signed by example.com/log", "plain: it is not signed by example.com/log",
      "forged: ", "signed: it is of the ledger example.com/log, and this one is assay/",
    ] {
      #expect(shell.output.contains(message), "\(message): \(shell.output)")
    }
  }

  private static let hasTracer = FileManager.default.fileExists(atPath: "/usr/bin/strace")

  @Test(
    "a scan that a signal ends is told, with its place",
    .enabled(if: hasTracer, "strace sends the signal")
  )
  func signalInScan() throws {
    // This process reads the file so often; the one before it, which the loader makes read, does not.
    let shell = try assay.shell(
      """
      strace -f -o /dev/null -e trace=pread64 -e inject=pread64:signal=SIGBUS:when=60 \
      assay verify; echo status $?
      """
    )
    #expect(
      shell.output.contains("the scan was ended by SIGBUS before its first page"),
      "\(shell.output)"
    )
    #expect(shell.output.lines.last == "status 1")
  }

  @Test(
    "any other command says so instead of dying, and leaves no half of a file",
    .enabled(if: hasTracer, "strace sends the signal"),
    arguments: ["SIGBUS", "SIGSEGV", "SIGILL", "SIGTRAP", "SIGFPE"]
  )
  func otherCommandsReportDamageAndLeaveNoHalfFile(name: String) throws {
    for command in ["export", "export -o half.jsonl"] {
      let shell = try assay.shell(
        """
        strace -o /dev/null -e trace=write -e inject=write:signal=\(name):when=1 \
        assay \(command) 2>&1 >/dev/null; echo status $?; ls -A | grep -c half
        """
      )
      #expect(shell.output.contains("assay: stopped by \(name) while it read"), "\(shell.output)")
      #expect(shell.output.lines.suffix(2) == ["status 1", "0"])
    }
  }
}
