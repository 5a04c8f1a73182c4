public import Facts

/// The entities of a ledger.
public struct EntitiesReport: Document {
  private let entities: [EntityDefinition]

  /// A report of `entities`, in the order in which they are listed.
  public init(_ entities: [EntityDefinition]) { self.entities = entities }

  /// One row an entity.
  public var rows: Table {
    var table = Table(
      TableHead(
        title: "Entities",
        shape: .init("assay.entities/1", rowsKey: "entities"),
        columns: [.init("entity"), .init("name"), .init("fiscalYearEnd")]
      )
    )
    for entity in entities {
      table.append([
        .text(entity.entity), .text(entity.name), Cell(entity.fiscalYearEnd?.description),
      ])
    }
    return table
  }
}
