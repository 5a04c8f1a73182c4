import ArgumentParser
import Ledger
import Platform

/// The command `assay follow`: becomes the program `assay-follow` beside this one.
struct FollowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "follow")

  @Argument(help: ArgumentHelp("Where the other ledger is served.", valueName: "url"))
  var address: String

  @Option(
    help: ArgumentHelp(
      "The verifier key that must have signed each checkpoint, or a file of it.",
      valueName: "key"
    )
  )
  var key: String

  @Option(help: ArgumentHelp("What the checkpoint calls the ledger.", valueName: "name"))
  var origin: String?

  @Option(
    help: ArgumentHelp(
      "Cosign the checkpoint of what this ledger holds with this private key of a witness.",
      valueName: "file"
    )
  )
  var cosign: String?

  @Flag(help: "End when this ledger holds what the other holds now.")
  var once = false

  @Option(help: ArgumentHelp("How long to wait between two looks.", valueName: "milliseconds"))
  var interval = 500

  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    guard ["http://", "https://"].contains(where: address.hasPrefix) else {
      throw ValidationError("\"\(address)\" is no address: give one such as https://ledger.example")
    }
    guard 10...3_600_000 ~= interval else {
      throw ValidationError("--interval is \(interval): give 10 to 3600000 milliseconds")
    }
  }

  func run() throws {
    // A wrong key is told before anything is started.
    _ = try NoteFile.verifierKey(key)
    let keyText =
      FileSystem.exists(key)
      ? String(
        decoding: try Input.bytes(of: key, byteCountMax: NoteFile.byteCountMax),
        as: UTF8.self
      )
      : key
    if let cosign { _ = try NoteFile.read(cosign, SigningKey.init(text:)) }
    var words = ["--ledger", ledger.resolvedPath, "--address", address, "--key", keyText]
    words += ["--interval", "\(interval)", "--once", "\(once)"]
    for case (let name, let value?) in [("--origin", origin), ("--cosign", cosign)] {
      words += [name, value]
    }
    try SisterProgram.become("assay-follow", words)
  }
}
