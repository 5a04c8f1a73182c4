import ArgumentParser
import Facts
import Ledger

/// What all amendments need.
struct AmendOptions: ParsableArguments {
  @Argument(help: "The event: its sequence, or its leaf hash, as `assay history` shows them.")
  var event: String?

  @Option(help: ArgumentHelp("A filing, in place of an event.", valueName: "id"))
  var filing: String?

  @Option(help: .reason)
  var reason: String

  @OptionGroup var recording: RecordingOptions

  /// Appends the amendment that `make` makes in the ledger.
  func run(_ make: (Ledger) throws -> Amendment) throws {
    let ledger = try recording.ledger.open(.readWrite)
    let spool = DraftSpool()
    try spool.append(Draft(.amendment(try make(ledger))))
    try recording.record(spool.finish(), in: ledger)
  }
}

/// The command `assay correct`.
struct CorrectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "correct")

  // Unconditional: a negative number begins as an option does.
  @Option(parsing: .unconditional, help: "The right value in full units, or nil for a dash.")
  var value: String?

  @Option(
    parsing: .unconditional,
    help: "How far it is rounded, or exact. Default: as the claim is."
  )
  var decimals: String?

  @Option(help: ArgumentHelp("Of a filing: when it became public.", valueName: "date-or-time"))
  var published: PublishedTime?

  @Option(help: "Of a filing: its form.")
  var form: String?

  @OptionGroup var options: AmendOptions

  func validate() throws {
    guard (options.event == nil) != (options.filing == nil) else {
      throw ValidationError("name an event or a filing: EVENT, or --filing ID")
    }
    if options.filing == nil {
      guard value != nil, published == nil, form == nil else {
        throw ValidationError(
          "the correction of a claim has a --value, no --published and no --form"
        )
      }
    } else {
      guard value == nil, decimals == nil, published != nil || form != nil else {
        throw ValidationError(
          "the correction of a filing has a --published or a --form, no --value"
        )
      }
    }
  }

  func run() throws {
    try options.run { ledger in
      if let filing = options.filing {
        let particulars = FilingCorrection(published: published, form: form)
        return Amendment(filing: filing, reason: options.reason, particulars: particulars)
      }
      let claim = try ledger.read { try $0.claim(named: options.event ?? "") }
      return Amendment(
        event: claim.leafHash,
        reason: options.reason,
        figure: try claim.figure.corrected(value: value ?? "", decimals: decimals)
      )
    }
  }
}

/// The command `assay withdraw`.
struct WithdrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "withdraw")

  @Option(
    help: ArgumentHelp(
      "A batch, in place of an event: the sequence of any event of it.",
      valueName: "n"
    )
  )
  var batch: UInt64?

  @OptionGroup var options: AmendOptions

  func validate() throws {
    let count = [options.event != nil, options.filing != nil, batch != nil].count { $0 }
    guard count == 1 else {
      throw ValidationError("name one thing: EVENT, --filing ID or --batch N")
    }
  }

  func run() throws {
    try options.run { ledger in
      if let filing = options.filing {
        return Amendment(filing: filing, reason: options.reason, particulars: nil)
      }
      if let batch {
        return Amendment(
          batch: try ledger.read { try $0.batchHash(of: batch) },
          reason: options.reason
        )
      }
      let hash = try ledger.read { try $0.leafHash(named: options.event ?? "") }
      return Amendment(event: hash, reason: options.reason, figure: nil)
    }
  }
}
