public import Intake
public import Ledger

/// What an earnings release holds, whether it ties, and what it changes in a ledger.
public struct ReleaseReport: Sendable {
  /// How many events are tied out before they are recorded: they and the results of checks are held
  /// in memory, and an earnings release has a thousand figures.
  private static let checkedEventCountMax = 10_000

  /// The report in plain text.
  public let text: String

  /// A report of one release before it is recorded.
  ///
  /// - Parameters:
  ///   - document: What was read of it.
  ///   - drafts: Its events.
  ///   - source: The profile that it was read by, and the definitions that came with that.
  ///   - ledger: The ledger that it is compared with; `nil` for none.
  ///   - isVerbose: Whether every check and every fact is listed.
  /// - Throws: `LedgerError` if the ledger is damaged; whatever reading the drafts throws.
  public init(
    _ document: ReleaseSummary,
    _ drafts: SpooledDrafts,
    _ source: ReleaseSource,
    in ledger: Ledger?,
    isVerbose: Bool
  ) throws {
    let comparison = try Ledger.comparison(of: drafts, in: ledger)
    var text = ReleaseCoverageReport(document).text
    if drafts.count <= Self.checkedEventCountMax {
      let checks = try Ledger.checks(
        of: drafts,
        definitions: source.definitions,
        in: ledger,
        entity: source.profile.entity
      )
      text += DraftCheckReport(checks, isVerbose: isVerbose).text
    } else {
      text += "not tied out, as more than \(Self.checkedEventCountMax) events: "
      text += "run the checks once they are recorded\n"
    }
    self.text = text + TextFormat.text(of: DraftReport(comparison, isVerbose: isVerbose))
  }
}
