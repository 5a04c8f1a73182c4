import Foundation
import TestSupport
import Testing

@Suite("First appends, and ledgers of an earlier format")
struct CreationTests {
  let assay: Assay

  init() throws { assay = try Assay() }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: assay.folder).sorted() }
  }

  @Test("eight at once all succeed, and every event is there", arguments: 1...5)
  func eightAtOnce(round: Int) throws {
    for number in 1...8 {
      try assay.write(
        #"{"type":"entity","entity":"x:\#(number)","name":"Company \#(number)"}"#,
        to: "\(number).jsonl"
      )
    }
    let shell = try assay.shell(
      """
      for n in 1 2 3 4 5 6 7 8; do
        (assay append $n.jsonl -f first.assay > /dev/null; echo status $?) &
      done
      wait
      assay export -f first.assay | grep -c Company
      assay verify -f first.assay | head -1
      ls
      """
    )
    let lines = shell.output.lines
    #expect(lines.filter { $0 == "status 0" }.count == 8, "\(shell.output)\(shell.errors)")
    #expect(lines.contains("8"), "\(shell.output)")
    #expect(lines.contains { $0.hasPrefix("sound: ") }, "\(shell.output)")
    #expect(!shell.output.contains(".new-"), "\(shell.output)")
  }

  @Test("that are refused, or tried only, leave no file")
  func nothingLeft() throws {
    try assay.write(#"{"type":"entity","entity":"x:1","name":"One"}"#, to: "good.jsonl")
    try assay.write(#"{"type":"withdrawal","event":"00","reason":"r"}"#, to: "bad.jsonl")
    #expect(try assay.run("append", "bad.jsonl").status == 1)
    #expect(try assay.run("append", "good.jsonl", "--expect-head", "3").status == 1)
    let tried = try assay.run("append", "good.jsonl", "--dry-run")
    #expect(tried.status == 0 && tried.output.hasPrefix("would append "), "\(tried.errors)")
    #expect(try !names.contains { $0.contains("test.assay") })
    let made = try assay.run("append", "good.jsonl")
    #expect(made.status == 0 && made.output.lines[1].hasPrefix("root "), "\(made.errors)")
    #expect(try !names.contains { $0.contains(".new-") })
  }

  @Test("to a link that leads to nothing say so, at once")
  func danglingLink() throws {
    try assay.write(#"{"type":"entity","entity":"x:1","name":"One"}"#, to: "good.jsonl")
    let shell = try assay.shell(
      "ln -s nowhere link; timeout 20 assay append good.jsonl -f link; echo status $?"
    )
    #expect(shell.output.lines.last == "status 1", "\(shell.output)")
    #expect(shell.output.contains("link: it is a symbolic link to a file that is not there"))
  }

  @Test("a ledger of format 2 is upgraded as every message about it says")
  func ledgerOfFormat2IsUpgraded() throws {
    let fixture = Package.folder.path() + "Tests/EventStoreTests/Fixtures/format-2.assay"
    try FileManager.default.copyItem(atPath: fixture, toPath: "\(assay.folder)/test.assay")
    let root = try #require(
      try String(
        contentsOfFile: fixture.replacing(".assay", with: ".txt"),
        encoding: .utf8
      ).lines.dropFirst().first
    )
    let commands = [
      ["bs"], ["facts"], ["verify"], ["stats"], ["export"], ["rebuild"], ["log"], ["check"],
      ["append", Package.folder.path() + "Events/hecla/definitions.json"],
    ]
    for command in commands {
      let outcome = try assay.run(command)
      #expect(outcome.status == 1, "\(command)")
      #expect(
        outcome.errors.contains("copy it to a new file with: assay upgrade test.assay NEW"),
        "\(command): \(outcome.errors)"
      )
    }
    let upgraded = try assay.run("upgrade", "test.assay", "new.assay")
    #expect(upgraded.status == 0, "\(upgraded.errors)")
    #expect(upgraded.output.lines == ["upgraded 277 events to new.assay", "root \(root)"])
    #expect(try assay.run("verify", "-f", "new.assay").output.lines.last == "root \(root)")
    let sheet = try assay.run("bs", "--as-of", "2004-09-30", "-f", "new.assay")
    #expect(sheet.status == 0 && sheet.output.contains("283,228"), "\(sheet.errors)")
    for arguments in [["test.assay", "new.assay"], ["new.assay", "newer.assay"], ["none", "x"]] {
      let refused = try assay.run(["upgrade"] + arguments)
      #expect(refused.status == 1 && !refused.errors.isEmpty, "\(arguments)")
    }
    #expect(try !names.contains("newer.assay") && !names.contains("x"))
  }
}
