import ArgumentParser

/// Who signs the checkpoints of a ledger that is on another machine.
struct KeeperOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The verifier key that must have signed each checkpoint, or a file of it.",
      valueName: "key"
    )
  )
  var key: String

  @Option(
    help: ArgumentHelp(
      "What the checkpoint calls the ledger. Default: the name of the key.",
      valueName: "name"
    )
  )
  var origin: String?

  /// The text of the key; one that is none is refused.
  var keyText: String { get throws { try NoteFile.verifierText(key) } }
}

/// Mirrors of a ledger.
struct MirrorOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The verifier key of a mirror, or a file of it. Can be given again.",
      valueName: "key"
    )
  )
  var mirror: [String] = []

  /// What is handed over; a key that is none is refused.
  var words: [String] {
    get throws {
      try mirror.flatMap { ["--mirror", try NoteFile.verifierText($0, option: "--mirror")] }
    }
  }
}

extension ArgumentHelp {
  /// Where servers of NATS are.
  static let serverAddresses = ArgumentHelp(
    "The servers of NATS, with commas between them.",
    valueName: "url"
  )

  /// How often something on another machine is looked at.
  static let lookInterval = ArgumentHelp(
    "How long to wait between two looks.",
    valueName: "milliseconds"
  )
}

/// Which stream of servers of NATS is meant.
struct ServerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The name of the ledger's stream. Default: what the checkpoint calls the ledger.",
      valueName: "name"
    )
  )
  var stream: String?

  @Option(help: ArgumentHelp("A user's credentials for the servers.", valueName: "file"))
  var credentials: String?

  /// What is handed over.
  var words: [String] {
    [("--stream", stream), ("--credentials", credentials)].flatMap { name, value in
      value.map { [name, $0] } ?? []
    }
  }

  /// Checks an address of servers.
  func validate(_ address: String, otherwise example: String? = nil) throws {
    let addresses = address.split(separator: ",", omittingEmptySubsequences: false)
    guard addresses.allSatisfy({ $0.hasPrefix("nats://") || $0.hasPrefix("tls://") }) else {
      let examples = [example, "nats://HOST:4222"].compactMap(\.self).joined(separator: " or ")
      throw ValidationError("\"\(address)\" is no address: give one such as \(examples)")
    }
  }

  static func validate(interval: Int) throws {
    guard 10...3_600_000 ~= interval else {
      throw ValidationError("--interval is \(interval): give 10 to 3600000 milliseconds")
    }
  }
}
