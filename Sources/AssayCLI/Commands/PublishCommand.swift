import ArgumentParser
import Ledger
import Platform

/// The command `assay publish`: becomes the program `assay-replicate` beside this one.
struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "publish")

  @Argument(help: .serverAddresses)
  var address: String

  @Option(
    help: ArgumentHelp("Sign with this private key, as assay keygen makes them.", valueName: "file")
  )
  var key: String

  @Option(
    help: ArgumentHelp(
      "What the checkpoint is to call the ledger. Default: the name of the key.",
      valueName: "name"
    )
  )
  var origin: String?

  @Option(
    help: ArgumentHelp(
      "When events count as acknowledged: local, replicated, or mirrored=NUMBER.",
      valueName: "when"
    )
  )
  var acknowledge = Acknowledgement.replicated

  @OptionGroup var mirrors: MirrorOptions

  @Flag(help: "End when everything is acknowledged.")
  var once = false

  @Option(
    help: ArgumentHelp("With --once: how long to wait for that at most.", valueName: "seconds")
  )
  var within = 60

  @Option(help: .lookInterval)
  var interval = 200

  @Option(
    help: ArgumentHelp(
      "How many servers keep the stream, if it is made now: 1, 3 or 5.",
      valueName: "number"
    )
  )
  var replicas = 3

  @Option(
    help: ArgumentHelp(
      "Publish the events from this one on again, in place of those in the stream.",
      valueName: "sequence"
    )
  )
  var refill: UInt64?

  @OptionGroup var servers: ServerOptions
  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    try servers.validate(address)
    try ServerOptions.validate(interval: interval)
    guard [1, 3, 5].contains(replicas) else {
      throw ValidationError("--replicas is \(replicas): give 1, 3 or 5")
    }
    guard 1...86_400 ~= within else {
      throw ValidationError("--within is \(within): give 1 to 86400 seconds")
    }
    if case .mirrored(let count) = acknowledge, count > mirrors.mirror.count {
      throw ValidationError(
        "--acknowledge mirrored=\(count) needs the keys of \(count) mirrors: give --mirror for each"
      )
    }
  }

  func run() throws {
    // A wrong key is told before anything is started.
    let name = try NoteFile.read(key, SigningKey.init(text:)).name
    // So is a ledger that is not there, or not sound enough to be opened.
    _ = try Ledger(path: ledger.resolvedPath, access: .readOnly)
    var words = ["publish", "--ledger", ledger.resolvedPath, "--address", address, "--key", key]
    words += ["--origin", origin ?? name, "--once", "\(once)", "--within", "\(within * 1000)"]
    words += ["--interval", "\(interval)", "--replicas", "\(replicas)"]
    if case .local = acknowledge { words += ["--local", "true"] }
    if case .mirrored(let count) = acknowledge { words += ["--mirrored", "\(count)"] }
    if let refill { words += ["--refill", "\(refill)"] }
    words += try mirrors.words
    try SisterProgram.become("assay-replicate", words + servers.words)
  }
}

/// When events that were published count as acknowledged.
enum Acknowledgement: ExpressibleByArgument {
  /// When they are on this disk, as they are before anything is published.
  case local

  /// When the stream has them.
  case replicated

  /// When so many mirrors cosigned them.
  case mirrored(Int)

  init?(argument: String) {
    if argument == "local" {
      self = .local
    } else if argument == "replicated" {
      self = .replicated
    } else if argument.hasPrefix("mirrored="), let count = Int(argument.dropFirst(9)),
      1...64 ~= count
    {
      self = .mirrored(count)
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { "replicated" }
}
