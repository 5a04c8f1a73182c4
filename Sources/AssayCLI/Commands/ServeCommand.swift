import ArgumentParser
import Platform

/// The command `assay serve`: becomes the program `assay-serve` beside this one.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "serve")

  @Option(help: ArgumentHelp("The address to listen at.", valueName: "address"))
  var host = "127.0.0.1"

  @Option(help: ArgumentHelp("The port to listen at; 0 for any that is free.", valueName: "number"))
  var port: UInt16 = 8080

  @Option(
    help: ArgumentHelp(
      "Another name that requests may be addressed to, as that of a proxy. Can be given again.",
      valueName: "name"
    )
  )
  var allowHost: [String] = []

  @Option(
    help: ArgumentHelp(
      "Sign the checkpoint with this private key, as assay keygen makes them.",
      valueName: "file"
    )
  )
  var key: String?

  @Option(help: .checkpointOrigin)
  var origin: String?

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    guard ledger.exists else { throw ledger.missing }
    var words = ["--ledger", ledger.resolvedPath, "--host", host, "--port", "\(port)"]
    words += allowHost.flatMap { ["--allow-host", $0] }
    for case (let name, let value?) in [("--key", key), ("--origin", origin)] {
      words += [name, value]
    }
    try SisterProgram.become("assay-serve", words)
  }
}
