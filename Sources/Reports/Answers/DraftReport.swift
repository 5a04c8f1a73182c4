import Facts
public import Ledger

/// What the claims of a document change in a ledger, fact by fact.
public struct DraftReport: Document, Sendable {
  private let comparison: DraftComparison
  private let isVerbose: Bool

  /// A report of `comparison`.
  ///
  /// - Parameters:
  ///   - comparison: What drafts say beside what is known.
  ///   - isVerbose: Whether text lists every fact; only those that are restated, refined or in
  ///     conflict otherwise. The other formats always list all.
  public init(_ comparison: DraftComparison, isVerbose: Bool) {
    self.comparison = comparison
    self.isVerbose = isVerbose
  }

  /// The facts that text lists.
  private var shown: [DraftComparison.Entry] {
    comparison.entries.filter { entry in
      switch entry.role {
      case .restated?, .refined?, .conflict?: true
      case .firstReported?, .confirmed?, .repeated?, nil: isVerbose
      }
    }
  }

  /// One row for each fact.
  public var rows: Table { table(of: comparison.entries) }

  /// How many facts there are of each kind.
  public var notes: [Note] {
    let counts: [(ClaimRole?, String)] = [
      (.firstReported, "new"), (.confirmed, "confirmed"), (.refined, "refined"),
      (.restated, "restated"), (.conflict, "in conflict"), (nil, "recorded before"),
    ]
    let words = counts.compactMap { role, name in
      let count = comparison.count(of: role)
      return count > 0 ? "\(count) \(name)" : nil
    }
    return [
      Note(
        "against the ledger, \(counted(comparison.entries.count, "fact", "facts")): \(words.joined(separator: ", "))"
      )
    ]
  }

  /// The facts that change, and the notes.
  public var text: [Block] {
    (shown.isEmpty ? [] : [.table(table(of: shown))]) + [.notes(notes)]
  }

  /// The title, a row for each fact, and the notes.
  public var page: [Block] { [.heading(Self.title, level: 1), .table(rows), .notes(notes)] }

  private static let title = "What the document changes"

  private func table(of entries: [DraftComparison.Entry]) -> Table {
    var table = Table(
      TableHead(title: Self.title, shape: .init("assay.release-diff/2"), columns: Self.columns)
    )
    for entry in entries {
      let cells: [Cell] = [
        .text(entry.role.map { $0 == .firstReported ? "new" : $0.rawValue } ?? "recorded before"),
        .text(entry.fact.concept), .dimensions(entry.fact.dimensions), .period(entry.fact.period),
        .text(entry.fact.unit), entry.change.map { .figure($0.from) } ?? .none,
        .figure(entry.figure), Cell(entry.change?.difference),
        Cell(entry.change.flatMap { $0.percent.isEmpty ? nil : $0.percent }),
        Cell(entry.fromFiling),
      ]
      table.append(cells, entry.role?.style, at: 0)
    }
    return table
  }

  private static let columns: [Table.Column] = [
    .init("status"), .init("concept"), .init("dimensions"), .init("period"), .init("unit"),
    .init("then", .right), .init("now", .right), .init("change", .right),
    .init("percent", .right), .init("from"),
  ]
}
