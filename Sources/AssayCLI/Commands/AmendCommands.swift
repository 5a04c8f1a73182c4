import ArgumentParser
import Facts
import Intake
import Ledger

/// What all amendments need.
struct AmendOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A filing, in place of an event.", valueName: "id"))
  var filing: String?

  @Option(help: .reason)
  var reason: String

  @OptionGroup var recording: RecordingOptions

  /// Appends the amendments that `make` makes in the ledger: all or none.
  func run(_ make: (Ledger) throws -> [Amendment]) throws {
    let ledger = try recording.ledger.open(.readWrite)
    if let filing { _ = try ledger.read { try $0.filing(named: filing) } }
    let spool = DraftSpool()
    for amendment in try make(ledger) { try spool.append(Draft(.amendment(amendment))) }
    try recording.record(spool.finish(), in: ledger)
  }
}

/// The command `assay correct`.
struct CorrectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "correct")

  @Argument(help: "The event: its sequence, or its leaf hash, as `assay history` shows them.")
  var event: String?

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

  @Option(help: ArgumentHelp("Of a filing: the document that it is.", valueName: "file"))
  var document: String?

  @OptionGroup var options: AmendOptions

  func validate() throws {
    guard (event == nil) != (options.filing == nil) else {
      throw ValidationError("name an event or a filing: EVENT, or --filing ID")
    }
    if options.filing == nil {
      guard value != nil, published == nil, form == nil, document == nil else {
        throw ValidationError(
          "the correction of a claim has a --value, no --published, --form or --document"
        )
      }
    } else {
      let isAny = published != nil || form != nil || document != nil
      guard value == nil, decimals == nil, isAny else {
        throw ValidationError(
          "the correction of a filing has a --published, a --form or a --document, no --value"
        )
      }
    }
  }

  func run() throws {
    try options.run { ledger in
      if let filing = options.filing {
        return [Amendment(filing: filing, reason: options.reason, particulars: try particulars())]
      }
      let claim = try ledger.read { try $0.claim(named: event ?? "") }
      let value = try Amount.written(value ?? "")
      let figure = try claim.figure.corrected(value: value, decimals: decimals)
      return [Amendment(event: claim.leafHash, reason: options.reason, figure: figure)]
    }
  }

  private func particulars() throws -> FilingCorrection {
    let document = try document.map { try Filing.Document(reading: $0) }
    return FilingCorrection(published: published, form: form, document: document)
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

  @Argument(help: "Events: their sequences, or their leaf hashes, as `assay history` shows them.")
  var events: [String] = []

  @OptionGroup var options: AmendOptions

  func validate() throws {
    let count = [!events.isEmpty, options.filing != nil, batch != nil].count { $0 }
    guard count == 1 else {
      throw ValidationError("name one thing: EVENTS, --filing ID or --batch N")
    }
  }

  func run() throws {
    try options.run { ledger in
      if let filing = options.filing {
        return [Amendment(filing: filing, reason: options.reason, particulars: nil)]
      }
      if let batch {
        let hash = try ledger.read { try $0.batchHash(of: batch) }
        return [Amendment(batch: hash, reason: options.reason)]
      }
      let hashes = try ledger.read { view in try events.map { try view.leafHash(named: $0) } }
      return hashes.map { Amendment(event: $0, reason: options.reason, figure: nil) }
    }
  }
}
