import ArgumentParser
import Ledger
import Platform

/// The command `assay follow`: becomes the program `assay-replicate` beside this one.
struct FollowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "follow")

  @Argument(help: ArgumentHelp("Where the other ledger is served or published.", valueName: "url"))
  var address: String

  @OptionGroup var keeper: KeeperOptions

  @Option(
    help: ArgumentHelp(
      "Cosign the checkpoint of what this ledger holds with this private key of a witness.",
      valueName: "file"
    )
  )
  var cosign: String?

  @Flag(help: "End when this ledger holds what the other holds now.")
  var once = false

  @Option(help: .lookInterval)
  var interval = 500

  @OptionGroup var servers: ServerOptions
  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    guard ["http://", "https://"].contains(where: address.hasPrefix) else {
      try servers.validate(address, otherwise: "https://ledger.example")
      return try ServerOptions.validate(interval: interval)
    }
    guard servers.words.isEmpty else {
      throw ValidationError("--stream and --credentials are of addresses such as nats://HOST:4222")
    }
    try ServerOptions.validate(interval: interval)
  }

  func run() throws {
    // A wrong key is told before anything is started.
    if let cosign { _ = try NoteFile.read(cosign, SigningKey.init(text:)) }
    var words = [
      "follow", "--ledger", ledger.resolvedPath, "--address", address, "--key", try keeper.keyText,
    ]
    words += ["--interval", "\(interval)", "--once", "\(once)"]
    for case (let name, let value?) in [("--origin", keeper.origin), ("--cosign", cosign)] {
      words += [name, value]
    }
    try SisterProgram.become("assay-replicate", words + servers.words)
  }
}
