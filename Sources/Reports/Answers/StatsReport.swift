import Facts
public import JSON
public import Ledger

/// How much a ledger holds, and of what.
public struct StatsReport: Document {
  /// The size of a table.
  public typealias TableSize = (name: String, rowCount: Int, byteCount: Int)

  private let statistics: Ledger.Statistics
  private let fileByteCount: Int
  private let tables: [TableSize]

  /// A report of `statistics`.
  ///
  /// - Parameters:
  ///   - statistics: What the ledger holds.
  ///   - fileByteCount: The size of the file.
  ///   - tables: The size of each table, in the order in which they are listed.
  public init(_ statistics: Ledger.Statistics, fileByteCount: Int, tables: [TableSize]) {
    self.statistics = statistics
    self.fileByteCount = fileByteCount
    self.tables = tables
  }

  /// One row a figure.
  public var rows: Table {
    var table = Table(
      TableHead(
        title: "What the ledger holds",
        shape: .init("assay.stats/2"),
        columns: [.init("what"), .init("name"), .init("count", .right)]
      )
    )
    func add(_ what: String, _ name: String?, _ count: some BinaryInteger) {
      table.append([.text(what), Cell(name), Cell(count)])
    }
    add("events", nil, statistics.head)
    for (type, count) in statistics.eventCounts { add("events of type", type, count) }
    add("facts", nil, statistics.factCount)
    for (entity, count) in statistics.entities {
      add("claims of", "\(entity.name) (\(entity.entity))", count)
    }
    add("bytes", "file", fileByteCount)
    for size in tables {
      add("rows", size.name, size.rowCount)
      add("bytes", size.name, size.byteCount)
    }
    if let byteCount = byteCountPerEvent { add("bytes an event", nil, byteCount) }
    table.append([.text("root"), .text(statistics.root), .none])
    return table
  }

  /// The same with a member for each figure.
  public var object: JSONValue? {
    let entities = statistics.entities.map { entity, count in
      JSONValue.object([
        ("entity", .string(entity.entity)), ("name", .string(entity.name)),
        ("claimCount", .integer(count)),
      ])
    }
    let sizes = tables.map { size in
      (
        key: size.name,
        value: JSONValue.object([
          ("rowCount", .integer(size.rowCount)), ("byteCount", .integer(size.byteCount)),
        ])
      )
    }
    return .object([
      ("schema", .string("assay.stats/2")), ("head", .integer(Int(clamping: statistics.head))),
      ("root", .string(statistics.root)), ("factCount", .integer(statistics.factCount)),
      ("filingCount", .integer(statistics.filingCount)),
      (
        "eventCounts",
        .object(statistics.eventCounts.map { (key: $0.type, value: .integer($0.count)) })
      ),
      ("entities", .array(entities)), ("fileByteCount", .integer(fileByteCount)),
      ("bytesPerEvent", byteCountPerEvent.map { .integer($0) } ?? .null),
      ("tables", .object(sizes)),
    ])
  }

  /// How many bytes the tables take for each event; `nil` without events.
  private var byteCountPerEvent: Int? {
    guard statistics.head > 0 else { return nil }
    return tables.reduce(0) { $0 + $1.byteCount } / Int(clamping: statistics.head)
  }
}
