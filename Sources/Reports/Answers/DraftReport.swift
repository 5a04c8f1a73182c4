import Facts
public import Ledger
import Projections

/// What the claims of a document change in a ledger, fact by fact.
public struct DraftReport: Sendable {
  private let comparison: DraftComparison
  private let isVerbose: Bool

  /// A report of `comparison`.
  ///
  /// - Parameter isVerbose: Whether text lists every fact; only those that are restated, refined or in
  ///   conflict otherwise. The other formats always list all.
  public init(_ comparison: DraftComparison, isVerbose: Bool) {
    self.comparison = comparison
    self.isVerbose = isVerbose
  }

  /// The facts that text lists.
  private var shown: [DraftComparison.Entry] {
    comparison.entries.filter { entry in
      switch entry.role {
      case .restated?, .refined?, .conflict?: true
      case .firstReported?, .confirmed?, nil: isVerbose
      }
    }
  }

  /// Writes the comparison.
  public func rendered(as format: ReportFormat) -> String {
    format == .text ? text : table(of: comparison.entries).rendered(as: format)
  }

  /// The report in plain text: facts, and how many there are of each kind.
  public var text: String {
    let rows = shown.isEmpty ? "" : table(of: shown).rendered(as: .text)
    let counts: [(ClaimRole?, String)] = [
      (.firstReported, "new"), (.confirmed, "confirmed"), (.refined, "refined"),
      (.restated, "restated"), (.conflict, "in conflict"), (nil, "recorded before"),
    ]
    let words = counts.compactMap { role, name in
      let count = comparison.count(of: role)
      return count > 0 ? "\(count) \(name)" : nil
    }
    return rows + "against the ledger, \(comparison.entries.count) facts: "
      + words.joined(separator: ", ") + "\n"
  }

  private func table(of entries: [DraftComparison.Entry]) -> Table {
    var table = Table(
      title: "assay.release-diff/1",
      columns: [
        .init("status"), .init("concept"), .init("dimensions"), .init("period"), .init("unit"),
        .init("then", .right), .init("now", .right), .init("change", .right),
        .init("percent", .right), .init("from"),
      ]
    )
    for entry in entries {
      table.append([
        entry.role.map { $0 == .firstReported ? "new" : $0.rawValue } ?? "recorded before",
        entry.fact.concept, entry.fact.dimensions.text, entry.fact.period.description,
        entry.fact.unit, entry.change.map { $0.from.value?.description ?? "nil" } ?? "",
        entry.figure.value?.description ?? "nil",
        entry.change?.difference?.description ?? "", entry.change?.percent ?? "",
        entry.fromFiling ?? "",
      ])
    }
    return table
  }
}
