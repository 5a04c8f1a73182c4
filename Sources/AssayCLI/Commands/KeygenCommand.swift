import ArgumentParser
import Ledger
import Platform

/// The command `assay keygen`.
struct KeygenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "keygen")

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Write the private key to this new file.", valueName: "file")
  )
  var path: String

  @Option(help: "The name of the key, without spaces and plus signs.")
  var name = "assay"

  @Flag(help: "Make the key of a witness, which cosigns other ledgers' checkpoints.")
  var witness = false

  private func makeKey() throws -> SigningKey {
    do {
      return try SigningKey(name: name, isWitness: witness)
    } catch let error as LedgerError {
      throw ValidationError("--name: \(error.message)")
    }
  }

  func run() throws {
    let key = try makeKey()
    let text = Array("\(key.text)\n".utf8)
    try Output.write(text, to: path, replacing: .nothing(), permissions: 0o600)
    try Console.print("\(key.verifierText)\n")
  }
}
