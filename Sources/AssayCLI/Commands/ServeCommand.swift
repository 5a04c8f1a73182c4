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

  @OptionGroup var signing: SigningOptions

  @Option(
    help: ArgumentHelp(
      "Take events from who shows a token of this file, as assay token new writes it.",
      valueName: "file"
    )
  )
  var tokens: String?

  @Flag(help: "Answer nobody without a token of the scope read.")
  var `private` = false

  @Flag(
    name: .customLong("behind-tls"),
    help:
      "A proxy before this server speaks TLS: tokens may come to an address other than this machine's."
  )
  var behindTLS = false

  @Option(
    help: ArgumentHelp(
      "Show the filings' documents that are in this folder, found by their SHA-256.",
      valueName: "folder"
    )
  )
  var documents: String?

  @Flag(help: "Write a line on standard error for each request, as a JSON object.")
  var accessLog = false

  @Option(
    help: ArgumentHelp("Cosign checkpoints with this private key of a witness.", valueName: "file")
  )
  var witnessKey: String?

  @Option(
    help: ArgumentHelp(
      "The public key of a ledger's keeper whose checkpoints are cosigned, or a file of it. Can be given again.",
      valueName: "key"
    )
  )
  var witnessLog: [String] = []

  @Option(
    help: ArgumentHelp(
      "The folder in which the last cosigned checkpoint of each ledger is kept.",
      valueName: "folder"
    )
  )
  var witnessFolder: String?

  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    guard tokens != nil || !`private` else {
      throw ValidationError("--private needs --tokens with a token of the scope read")
    }
    let isLoopback = host == "localhost" || host == "::1" || host.hasPrefix("127.")
    guard tokens == nil || isLoopback || behindTLS else {
      throw ValidationError(
        "tokens would come to \(host) in clear: let a proxy speak TLS, and say so with --behind-tls"
      )
    }
    let parts = [witnessKey != nil, !witnessLog.isEmpty, witnessFolder != nil]
    guard Set(parts).count == 1 else {
      throw ValidationError(
        "a witness needs --witness-key, --witness-log and --witness-folder together"
      )
    }
  }

  func run() throws {
    guard ledger.exists else { throw ledger.missing }
    var words = ["--ledger", ledger.resolvedPath, "--host", host, "--port", "\(port)"]
    words += allowHost.flatMap { ["--allow-host", $0] }
    for case (let name, let value?) in [
      ("--key", signing.key), ("--origin", signing.origin), ("--tokens", tokens),
      ("--documents", documents), ("--witness-key", witnessKey),
      ("--witness-folder", witnessFolder),
    ] { words += [name, value] }
    if `private` { words += ["--private", "true"] }
    if accessLog { words += ["--access-log", "true"] }
    for log in witnessLog {
      _ = try NoteFile.verifierKey(log, option: "--witness-log")
      words += ["--witness-log", log]
    }
    try SisterProgram.become("assay-serve", words)
  }
}
