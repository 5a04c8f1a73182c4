import ArgumentParser
import Ledger
import Platform

/// The command `assay upgrade`.
struct UpgradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "upgrade")

  @Argument(help: "The ledger of an earlier format.")
  var old: String

  @Argument(help: "The file to make.")
  var new: String

  func run() throws {
    let tree = try Ledger.upgrade(from: old, to: new)
    let text = "upgraded \(tree.size) events to \(new)\nroot \(tree.root)\n"
    try Console.print(text)
  }
}
