import Facts
public import Intake
public import Ledger

/// What a person filled into a table beside what was reported before, and how it ties.
public struct FilledTableReport: Sendable {
  /// How many events are tied out before they are recorded: they are held in memory.
  private static let checkedEventCountMax = 10_000

  /// The lines of the report; none for a table without prior values.
  public let lines: [String]

  /// A report of one table before it is recorded.
  ///
  /// - Parameters:
  ///   - table: What was read of it.
  ///   - drafts: All that is recorded with it.
  ///   - ledger: The ledger that it is appended to; `nil` for none.
  /// - Throws: `LedgerError` if the ledger is damaged; whatever reading the drafts throws.
  /// - Complexity: O(*d* log *d*), for *d* drafts.
  public init(
    _ table: ClaimTableImporter.Skipped,
    _ drafts: SpooledDrafts,
    in ledger: Ledger?
  ) throws {
    guard let entity = table.comparedEntity else {
      lines = []
      return
    }
    var text = Self.beside(table).rendered()
    let rest = table.comparedCount - table.compared.count
    if rest > 0 { text += "and \(counted(rest, "more value", "more values"))\n" }
    if drafts.count <= Self.checkedEventCountMax {
      let checks = try Ledger.checks(of: drafts, definitions: [], in: ledger, entity: entity)
      text += DraftCheckReport(checks, isVerbose: false).text
    }
    lines = text.split(separator: "\n").map(String.init)
  }

  private static func beside(_ table: ClaimTableImporter.Skipped) -> Listing {
    var rows = Table(
      TableHead(
        title: "Values beside their prior ones",
        columns: [
          .init("line", .right), .init("concept"), .init("dimensions"), .init("period"),
          .init("prior", .right), .init("value", .right), .init("change", .right),
        ]
      )
    )
    for row in table.compared {
      rows.append([
        .count(row.line), .text(row.concept), .text(row.dimensions), .text(row.period),
        Cell(row.prior), Cell(row.value), Cell(row.value.subtracting(row.prior)),
      ])
    }
    return Listing(rows: rows)
  }

  private struct Listing: Document {
    let rows: Table

    func rendered() -> String { TextFormat.text(of: self) }
  }
}
