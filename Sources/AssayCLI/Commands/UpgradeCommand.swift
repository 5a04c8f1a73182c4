import ArgumentParser
import Ledger

/// The command `assay upgrade`.
struct UpgradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "upgrade")

  @Argument(help: "The ledger of an earlier format.")
  var old: String

  @Argument(help: "The file to make.")
  var new: String

  func run() throws {
    let (head, root) = try Ledger.upgrade(from: old, to: new)
    let text = "upgraded \(head) events to \(new)\nroot \(root)\n"
    try Output(path: nil).write(Array(text.utf8))
  }
}
