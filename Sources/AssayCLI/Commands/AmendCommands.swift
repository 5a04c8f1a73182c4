import ArgumentParser
import Facts
import Ledger

/// The claim that an amendment names.
struct AmendOptions: ParsableArguments {
  @Argument(help: "The claim: its sequence, or its leaf hash, as `assay history` shows them.")
  var event: String

  @Option(help: .reason)
  var reason: String

  @OptionGroup var recording: RecordingOptions

  /// Appends the amendment of the claim.
  func run(_ figure: (Figure) throws -> Figure?) throws {
    let ledger = try recording.ledger.open(.readWrite)
    let claim = try ledger.read { try $0.claim(named: event) }
    let amendment = Amendment(
      event: claim.leafHash,
      reason: reason,
      figure: try figure(claim.figure)
    )
    let spool = DraftSpool()
    try spool.append(Draft(.amendment(amendment)))
    try recording.record(spool.finish(), in: ledger)
  }
}

/// The command `assay correct`.
struct CorrectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "correct")

  // Unconditional: a negative number begins as an option does.
  @Option(parsing: .unconditional, help: "The right value in full units, or nil for a dash.")
  var value: String

  @Option(
    parsing: .unconditional,
    help: "How far it is rounded, or exact. Default: as the claim is."
  )
  var decimals: String?

  @OptionGroup var options: AmendOptions

  func run() throws {
    try options.run { figure in
      var figure = figure
      if value == "nil" { return Figure(value: nil) }
      do {
        figure.value = try Amount(value)
      } catch {
        throw InvalidEvent(
          "value \"\(value)\" is not a plain decimal number of at most 18 digits",
          remedy: "write digits with at most one point, as in -1234.50, or nil"
        )
      }
      if let decimals {
        figure.decimals = decimals == "exact" ? nil : Int8(decimals)
        guard decimals == "exact" || (figure.decimals.map { -18...18 ~= $0 } ?? false) else {
          throw InvalidEvent(
            "decimals are \"\(decimals)\"",
            remedy: "give a whole number from -18 to 18, or exact"
          )
        }
      }
      return figure
    }
  }
}

/// The command `assay withdraw`.
struct WithdrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "withdraw")

  @OptionGroup var options: AmendOptions

  func run() throws { try options.run { _ in nil } }
}
