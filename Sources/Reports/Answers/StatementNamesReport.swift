public import Ledger

/// The statements and tables of notes that can be printed for an entity.
public struct StatementNamesReport: Document {
  private let names: [StatementName]

  /// A report of `names`, in the order in which they are listed.
  public init(_ names: [StatementName]) { self.names = names }

  /// One row a name.
  public var rows: Table {
    var table = Table(
      TableHead(
        title: "Statements",
        shape: .init("assay.statements/1"),
        columns: [
          .init("statement"), .init("title"), .init("filings", .right), .init("newest filing"),
        ]
      )
    )
    for name in names {
      table.append([
        .text(name.name), .text(name.title), .count(name.filingCount), Cell(name.filing),
      ])
    }
    return table
  }
}
