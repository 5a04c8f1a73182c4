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
    let own = ThisProcess.programPath ?? CommandLine.arguments[0]
    let program = own.prefix(upTo: own.lastIndex(of: "/") ?? own.startIndex) + "/assay-serve"
    do {
      try ThisProcess.become(String(program), words)
    } catch {
      throw FileFailure(
        path: String(program),
        message: "the server cannot be started: \(error.message)",
        remedy: "build it beside this program with: "
          + "swift build -c release --traits Server --product assay-serve"
      )
    }
  }
}
