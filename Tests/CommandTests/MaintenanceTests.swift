import Foundation
import TestSupport
import Testing

@Suite("Backups, and tables made again")
struct MaintenanceTests {
  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: assay.folder).sorted() }
  }

  @Test("a backup restores to the same ledger, and neither overwrites anything")
  func roundTrip() throws {
    let export = try assay.run("export").output
    let made = try assay.run("backup", "copy")
    #expect(made.status == 0 && made.output.hasPrefix("backed up "), "\(made.errors)")
    #expect(try !names.contains { $0.contains("tmp") })
    for command in [["backup", "copy"], ["restore", "copy"]] {
      let again = try assay.run(command)
      #expect(again.status == 1 && again.errors.contains("is not overwritten"), "\(command)")
    }
    let restored = try assay.run("restore", "copy", "-f", "new.assay")
    #expect(restored.status == 0 && restored.output.hasPrefix("restored "), "\(restored.errors)")
    #expect(restored.output.lines[1] == made.output.lines[1])
    #expect(try assay.run("export", "-f", "new.assay").output == export)
    #expect(
      try assay.run("append", Package.folder.path() + "Events", "-f", "new.assay").status == 0
    )
  }

  @Test("a damaged ledger is neither backed up nor restored")
  func damagedLedgerIsNeitherBackedUpNorRestored() throws {
    #expect(try assay.run("backup", "copy").status == 0)
    for name in ["test.assay", "copy"] {
      let url = URL(filePath: "\(assay.folder)/\(name)")
      var data = try Data(contentsOf: url)
      let place = try #require(data.lastRange(of: Data("42,580".utf8)))
      data[place.upperBound - 1] ^= 1
      try data.write(to: url)
    }
    let before = try names
    let backup = try assay.run("backup", "other")
    #expect(backup.status == 1 && backup.errors.contains("the ledger is damaged: event "))
    let restored = try assay.run("restore", "copy", "-f", "other")
    #expect(restored.status == 1 && restored.errors.contains("copy: the ledger is damaged: event "))
    #expect(try Set(names).subtracting(before).allSatisfy { !$0.hasPrefix("other") })
    #expect(try assay.run("restore", "nowhere", "-f", "other").status == 1)
    #expect(try assay.run("backup", "nowhere/x").status == 1)
  }

  @Test("rebuild keeps the root, and says what verify says of a log that is damaged")
  func rebuildKeepsRoot() throws {
    let root = try #require(try assay.run("verify").output.lines.last)
    let rebuilt = try assay.run("rebuild")
    #expect(rebuilt.status == 0 && rebuilt.output.lines.last == root, "\(rebuilt.errors)")
    #expect(try assay.run("verify").output.lines.last == root)
    #expect(try assay.run("rebuild", "-f", "nowhere.assay").errors.contains("no such ledger"))
  }

  @Test("a second writer waits, or fails at once")
  func noWait() throws {
    try assay.write(#"{"type":"entity","entity":"x:2","name":"N"}"#, to: "more.jsonl")
    let shell = try assay.shell(
      """
      exec 9<test.assay; flock 9
      assay append more.jsonl --no-wait 9<&-; echo status $?
      assay rebuild --no-wait 9<&-; echo status $?
      (sleep 1; flock -u 9) & assay append more.jsonl 9<&-
      """
    )
    #expect(shell.output.lines.filter { $0 == "status 1" }.count == 2, "\(shell.output)")
    #expect(shell.output.contains("another process is writing to the ledger; try again"))
    #expect(shell.output.contains("appended 2 events"))
  }
}
