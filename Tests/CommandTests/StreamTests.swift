import Foundation
import TestSupport
import Testing

@Suite("Output, errors and files")
struct StreamTests {
  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  @Test("a reader that stops early ends the command without a word")
  func closedPipe() throws {
    for command in ["export", "facts --all -O csv", "log", "bs", "log -O jsonl", "facts -O json"] {
      let shell = try assay.shell("assay \(command) 2>errors | head -c 1 >/dev/null; wc -c <errors")
      #expect(shell.output.lines == ["0"], "\(command)")
    }
  }

  @Test("a full device is an error, on standard error, with status 1")
  func fullDevice() throws {
    for command in ["export", "facts --all -O csv", "log", "bs", "stats -O json"] {
      let shell = try assay.shell("assay \(command) >/dev/full; echo $?")
      #expect(shell.output.lines.last == "1", "\(command)")
      #expect(shell.output.contains("assay: standard output: No space left"), "\(command)")
    }
  }

  @Test("a file that cannot be written is an error, and nothing is left of it")
  func fileThatCannotBeWrittenIsError() throws {
    try assay.write("what was there\n", to: "kept.csv")
    for (path, message) in [
      ("nowhere/x.csv", "No such file"), (".", "a file that can be written"),
      ("test.assay/x", "Not a directory"),
    ] {
      let outcome = try assay.run("facts", "-o", path)
      #expect(outcome.status == 1 && outcome.output.isEmpty, "\(path)")
      #expect(outcome.errors.hasPrefix("assay: \(path)") && outcome.errors.contains(message))
    }
    #expect(try assay.run("facts", "Nothing", "-o", "kept.csv").status == 1)
    let kept = try String(contentsOfFile: assay.folder + "/kept.csv", encoding: .utf8)
    #expect(kept == "what was there\n")
    #expect(try assay.shell("ls -A | grep -c tmp").output.lines == ["0"])
  }

  @Test("-o writes into a pipe, a device and through a link as they are, and none becomes a file")
  func outputOptionWritesIntoPipe() throws {
    let shell = try assay.shell(
      """
      mkfifo pipe; cat pipe >read & assay export -o pipe; wait; test -p pipe && echo pipe
      assay export -o /dev/stdout >written; cmp read written && echo same
      ln -s /dev/stdout link; assay export -o link >linked; cmp read linked && test -L link && echo link
      assay export -o /dev/full; echo $?; ls -A | grep -c tmp
      """
    )
    #expect(
      shell.output.lines.filter { !$0.hasPrefix("assay:") } == ["pipe", "same", "link", "1", "0"],
      "\(shell.output)"
    )
  }

  @Test("-o replaces a file, and its ending chooses the format, unless -O does")
  func outputOptionReplacesFile() throws {
    let beginnings = [
      ("a.csv", [], "statement,label,"), ("a.tsv", [], "statement\tlabel\t"),
      ("a.json", [], "{\"schema\""),
      ("a.md", [], "#"), ("a.html", [], "<!DOCTYPE html>"), ("a.txt", [], "Hecla"),
      ("a.csv", ["-O", "json"], "{\"schema\""),
    ]
    for (name, options, beginning) in beginnings {
      #expect(try assay.run(["bs", "-o", name] + options).status == 0)
      let text = try String(contentsOfFile: "\(assay.folder)/\(name)", encoding: .utf8)
      #expect(text.hasPrefix(beginning), "\(name)")
    }
  }

  @Test("a dry run makes no ledger, no lock file and no output")
  func dryRun() throws {
    let fresh = try Assay()
    let outcome = try fresh.run("append", Package.folder.path() + "Events", "--dry-run")
    #expect(outcome.status == 0 && outcome.output.hasPrefix("would append 1"))
    let names = try FileManager.default.contentsOfDirectory(atPath: fresh.folder)
    #expect(!names.contains { $0.contains("assay") }, "\(names)")
    let before = try assay.run("export").output
    try assay.write(#"{"type":"entity","entity":"x:2","name":"N"}"#, to: "e.jsonl")
    #expect(try assay.run("append", "e.jsonl", "--dry-run").output.hasPrefix("would append 2"))
    #expect(try assay.run("export").output == before)
  }

  @Test("an unexpected head is refused, with the head there is")
  func expectedHead() throws {
    try assay.write(#"{"type":"entity","entity":"x:2","name":"N"}"#, to: "e.jsonl")
    let outcome = try assay.run("append", "e.jsonl", "--expect-head", "7")
    let head = try assay.run("export").output.lines.count
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("it holds \(head) events"))
    #expect(outcome.errors.contains("--expect-head \(head)"))
  }

  @Test("lines with carriage returns, blank lines, a byte order mark and no end are read")
  func readsLinesWithAnyLineEnds() throws {
    let lines = (2...4).map { #"{"type":"entity","entity":"x:\#($0)","name":"N"}"# }
    let input = "\u{FEFF}" + lines[0] + "\r\n\n  \n" + lines[1] + "\n\n" + lines[2]
    let outcome = try assay.run("append", "-", input: input)
    #expect(outcome.output.hasPrefix("appended 4 events"), "\(outcome.errors)")
  }

  @Test("a damaged line among many: its place, and nothing is written", arguments: [1, 500, 745])
  func damagedLine(number: Int) throws {
    let file = "Events/hecla/2004-11-04_0001157523-04-010335_tables.jsonl"
    var lines = try String(contentsOf: Package.folder.appending(path: file), encoding: .utf8).lines
    lines[number - 1].removeLast(2)
    try assay.write(lines.joined(separator: "\n"), to: "damaged.jsonl")
    let before = try assay.run("export").output
    let outcome = try assay.run("append", "damaged.jsonl")
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("assay: damaged.jsonl:\(number): "), "\(outcome.errors)")
    #expect(try assay.run("export").output == before)
  }
}
