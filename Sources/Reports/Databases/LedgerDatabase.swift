import Facts
public import Ledger
import SQLite

/// A ledger as a SQLite database, for programs that read one: pandas, DuckDB, Datasette.
///
/// | table | one row for each |
/// |---|---|
/// | `claims` | claim, with the columns of `assay facts --all -O csv` and its leaf hash |
/// | `statements` | cell of the newest balance sheet, income statement and cash flow statement of each entity |
/// | `entities`, `filings` | entity, filing |
/// | `about` | head, root and times of the export |
///
/// The view `holding` has the claims that hold. Values are exact decimals, as texts; a dash is null.
public struct LedgerDatabase {
  private let file: SQLiteFile

  /// Writes a database of a view's moment.
  ///
  /// It is made in the folder for temporary files (`TMPDIR`) and then handed on, a part at a time, so that its
  /// size does not matter.
  ///
  /// - Parameters:
  ///   - view: The ledger at the moment.
  ///   - body: Takes the bytes of the file, in order.
  /// - Throws: `LedgerError`, also if there are no claims; `SQLiteFailure` and `FileFailure` if there is no room; what `body` throws.
  /// - Complexity: O(*n* log *n*), for *n* claims.
  public static func write(
    _ view: borrowing Ledger.View,
    to body: (_ bytes: [UInt8]) throws -> Void
  ) throws {
    let database = try SpooledDatabase()
    try LedgerDatabase(file: database.file).write(view, about: database.addAbout)
    try database.finish(body)
  }

  private func write(
    _ view: borrowing Ledger.View,
    about: ([(name: String, value: String?)]) throws -> Void
  ) throws {
    try about([
      ("schema", "assay.database/1"), ("head", "\(view.head)"), ("root", try view.root),
      ("knownAt", view.knownAt.map { PublishedTime($0).description }),
    ])
    try writeClaims(view)
    let entities = try view.allEntities()
    try writeEntities(entities)
    try writeFilings(view)
    try writeStatements(of: entities, view)
  }

  private func writeClaims(_ view: borrowing Ledger.View) throws {
    let numbers: Set<String> = ["sequence", "decimals", "line", "column"]
    var columns = ListedClaim.columns.map { column in
      (name: column.key, definition: numbers.contains(column.key) ? "INTEGER" : "TEXT")
    }
    columns[0].definition = "INTEGER PRIMARY KEY"
    columns.append(("leaf_hash", "TEXT"))
    try file.createTable("claims", columns)
    let rows = try file.rows(of: "claims", columnCount: columns.count)
    _ = try view.forEachClaim(Ledger.FactsRequest(isAll: true)) { claim in
      let leaf = SQLiteValue.text(try view.leafHash(at: claim.sequence))
      try rows.append(claim.cells.map(\.sqlite) + [leaf])
    }
    let current = ClaimStatus.allCases.filter(\.isCurrent).map { "'\($0.rawValue)'" }
    try file.execute(
      """
      CREATE INDEX claims_fact ON claims (entity, concept, period);
      CREATE VIEW holding AS SELECT * FROM claims WHERE status IN (\(current.joined(separator: ", ")))
      """
    )
  }

  private func writeEntities(_ entities: [EntityDefinition]) throws {
    try file.createTable(
      "entities",
      [("entity", "TEXT PRIMARY KEY"), ("name", "TEXT"), ("fiscalYearEnd", "TEXT")]
    )
    let rows = try file.rows(of: "entities", columnCount: 3)
    for entity in entities {
      try rows.append([
        .text(entity.entity), .text(entity.name),
        entity.fiscalYearEnd.map { .text($0.description) } ?? .null,
      ])
    }
  }

  private func writeFilings(_ view: borrowing Ledger.View) throws {
    try file.createTable(
      "filings",
      [
        ("filing", "TEXT PRIMARY KEY"), ("entity", "TEXT"), ("form", "TEXT"), ("published", "TEXT"),
        ("accepted", "TEXT"), ("fiscalYear", "INTEGER"), ("fiscalPeriod", "TEXT"),
      ]
    )
    let rows = try file.rows(of: "filings", columnCount: 7)
    for filing in try view.allFilings() {
      try rows.append([
        .text(filing.filing), .text(filing.entity), Cell(filing.form).sqlite,
        .text(filing.published.description), Cell(filing.accepted?.description).sqlite,
        Cell(filing.fiscalYear).sqlite, Cell(filing.fiscalPeriod).sqlite,
      ])
    }
  }

  private func writeStatements(
    of entities: [EntityDefinition],
    _ view: borrowing Ledger.View
  ) throws {
    let own = StatementReport.columns.map { column in
      (name: column.key, definition: column.key == "depth" ? "INTEGER" : "TEXT")
    }
    let columns = [("asOf", "TEXT"), ("line", "INTEGER")] + own
    try file.createTable("statements", columns)
    let rows = try file.rows(of: "statements", columnCount: columns.count)
    for entity in entities {
      for name in StatementDefinition.commonNames {
        guard let answer = try statement(name, of: entity, view) else { continue }
        let table = StatementReport(answer, query: "").rows
        for (index, row) in table.rows.enumerated() {
          let start: [SQLiteValue] = [
            .text(answer.asOf.description), .integer(Int64(index + 1)),
          ]
          try rows.append(start + row.cells.map(\.sqlite))
        }
      }
    }
  }

  /// A statement; `nil` if the entity has none.
  private func statement(
    _ name: String,
    of entity: EntityDefinition,
    _ view: borrowing Ledger.View
  ) throws -> StatementAnswer? {
    do {
      return try view.statement(StatementRequest(name, entity: entity.entity))
    } catch let error as LedgerError where error.isRefusalToAnswer {
      return nil
    }
  }
}

extension Cell {
  /// The cell as a program reads it: numbers that count as integers, exact figures as texts, a dash as null.
  fileprivate var sqlite: SQLiteValue {
    switch self {
    case .none: .null
    case .count(let count): .integer(Int64(count))
    case .figure(let figure): figure.value.map { .text($0.description) } ?? .null
    case .text, .time, .period, .dimensions, .list, .link, .printed: .text(text(isGrouped: false))
    }
  }
}
