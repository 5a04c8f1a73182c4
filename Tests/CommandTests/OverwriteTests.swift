import Foundation
import Testing

@Suite("What an output may not overwrite")
struct OverwriteTests {
  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  private func contents(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(assay.folder)/\(name)"))
  }

  /// Runs a command that must refuse its output, and leave every file as it was.
  private func expectRefusal(_ arguments: [String], of name: String, _ reason: String) throws {
    let before = try contents(name)
    let outcome = try assay.run(arguments)
    #expect(outcome.status == 1, "\(arguments)")
    #expect(outcome.errors.contains("\(reason), and is not overwritten"), "\(outcome.errors)")
    // A lock file changes whenever the ledger is opened.
    let after = try contents(name)
    #expect(name.hasSuffix("-lock") ? after.count == before.count : after == before, "\(arguments)")
  }

  @Test("the ledger and its lock file, by any name, from every command that writes")
  func refusesLedger() throws {
    _ = try assay.shell("ln -s test.assay link.txt; mkdir d; cp test.assay other.assay")
    let commands = [
      ["export"], ["checkpoint"], ["checkpoint", "--force"],
      ["bs", "--as-of", "2004-09-30", "-O", "csv"],
      ["facts", "-O", "csv"], ["log", "-O", "csv"], ["check", "-O", "csv"],
      ["verify", "-O", "csv"],
      ["stats", "-O", "csv"], ["prove", "7", "--force"], ["guidance", "-O", "csv"],
      ["new", "quarter", "--as-of", "2004-12-31", "--force", "-O", "csv"],
      ["history", "us-gaap:Assets", "-O", "csv"],
      ["diff", "2003-01-01", "2004-12-31", "-O", "csv"],
    ]
    for command in commands {
      for name in ["test.assay", "link.txt", "test.assay-lock", "d/../other.assay"] {
        try expectRefusal(command + ["-o", name], of: name, "")
      }
    }
    #expect(try assay.run("verify").status == 0)
    #expect(try assay.run("verify", "-f", "other.assay").status == 0)
  }

  @Test("a private key, by the checkpoint that it signs or a new key")
  func refusesKey() throws {
    #expect(try assay.run("keygen", "-o", "k.key").status == 0)
    try expectRefusal(["checkpoint", "--key", "k.key", "-o", "k.key", "--force"], of: "k.key", "")
    try expectRefusal(["keygen", "-o", "k.key"], of: "k.key", "something is there")
    try expectRefusal(["export", "-o", "k.key"], of: "k.key", "it is a private key")
  }

  @Test("a table that was filled in, a proof, and a checkpoint, unless --force says so")
  func asksForForce() throws {
    for arguments in [
      ["new", "quarter", "--as-of", "2004-12-31", "-o", "next.csv"], ["prove", "7", "-o", "p"],
      ["checkpoint", "-o", "c"],
    ] {
      let name = arguments[arguments.count - 1]
      #expect(try assay.run(arguments).status == 0)
      try expectRefusal(arguments, of: name, "something is there")
      #expect(try assay.run(arguments).errors.contains("or replace it with --force"))
      #expect(try assay.run(arguments + ["--force"]).status == 0)
    }
  }

  @Test("a kept checkpoint, but for one of the same ledger that has grown from it")
  func keptCheckpoint() throws {
    let shell = try assay.shell(
      """
      assay checkpoint -o kept; cp kept first
      assay export | sed 's/LUCKY/LUCKLESS/' | sed '/"type":"batch"/d' >edited.jsonl
      assay append edited.jsonl -f rewritten.assay >r.txt && assay verify -f rewritten.assay | head -1
      assay checkpoint -f rewritten.assay -o kept --force; echo status $?
      assay checkpoint --origin other -o kept --force; echo status $?
      assay checkpoint --recorded-at 200 -o kept --force; echo status $?
      assay bs --as-of 2004-09-30 -o kept; echo status $?
      cmp kept first && echo same
      echo '{"type":"entity","entity":"x:1","name":"One"}' | assay append - >r.txt
      assay checkpoint -o kept --force; echo status $?
      cmp -s kept first || echo grown
      """
    )
    #expect(
      shell.output.lines.filter { $0.hasPrefix("status") || ["same", "grown"].contains($0) }
        == ["status 1", "status 1", "status 1", "status 1", "same", "status 0", "grown"],
      "\(shell.output)"
    )
    #expect(shell.output.contains("kept: it is a checkpoint that the new one does not grow from: "))
  }

  @Test("what the command reads")
  func refusesInputs() throws {
    _ = try assay.shell("assay bs -o paper.txt")
    try expectRefusal(
      ["receipt", "verify", "paper.txt", "-o", "paper.txt"],
      of: "paper.txt",
      "it is read by this command"
    )
  }

  @Test("keeps the mode of a file that is replaced")
  func keepsMode() throws {
    let shell = try assay.shell(
      "umask 022; echo x >f.csv; chmod 600 f.csv; assay facts -o f.csv; stat -c %a f.csv"
    )
    #expect(shell.output.lines == ["600"])
  }
}
