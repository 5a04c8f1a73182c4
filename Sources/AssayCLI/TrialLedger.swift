import Facts
import FoundationEssentials
import LMDB
import Ledger
import Projections

/// Ledgers for trying events, in files that nobody sees.
enum TrialLedger {
  /// A ledger whose file is gone when it is closed.
  static func make() throws -> Ledger {
    let folder = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try Ledger(path: folder.appending(path: "trial").path, access: .create)
  }

  /// How many events are tied out before they are recorded: the results of checks are held, and an
  /// earnings release has a thousand figures.
  static let checkedEventCountMax = 10_000

  /// What the checks among `definitions` say of drafts alone; `nil` if there are no checks.
  ///
  /// - Throws: ``RefusedEvents`` if a ledger would refuse the drafts.
  static func checks(
    of drafts: SpooledDrafts,
    _ definitions: [Draft],
    entity: String
  ) throws -> CheckAnswer? {
    let trial = try make()
    let options = Ledger.AppendOptions(by: "trial", time: Console.now)
    _ = try trial.append(definitions, options)
    _ = try trial.append(drafts, options)
    let hasChecks = definitions.contains { draft in
      guard case .check(let check) = draft.event else { return false }
      return check.entity == nil || check.entity == entity
    }
    return hasChecks ? try trial.checks(entity: entity) : nil
  }
}
