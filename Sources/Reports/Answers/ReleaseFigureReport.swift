import Facts
public import Intake

/// Lists every figure of an earnings release while the release is read, and what became of each.
public struct ReleaseFigureReport {
  private var writer: TableWriter

  private static let columns: [Table.Column] = [
    .init("line", .right), .init("column", .right), .init("text", .right), .init("status"),
    .init("statement"), .init("caption"), .init("concept"), .init("dimensions"), .init("period"),
    .init("unit"), .init("value", .right), .init("decimals", .right), .init("reason"),
  ]

  /// A report that has written nothing yet.
  ///
  /// - Parameter sink: Takes the bytes, part by part.
  public init(_ format: ReportFormat, sink: @escaping ([UInt8]) throws -> Void) {
    let head = TableHead(title: "assay.release/1", columns: Self.columns)
    writer = TableWriter(head, as: format, sink: sink)
  }

  /// Writes a figure.
  ///
  /// - Throws: Whatever the sink throws.
  public mutating func append(_ figure: ReleaseFigure) throws {
    var row = [
      String(figure.line), String(figure.column), figure.text, "", figure.statement ?? "",
      figure.caption, "", "", "", "", "", "", "",
    ]
    switch figure.status {
    case .mapped(let claim):
      row[3] = "mapped"
      row[6...11] = [
        claim.fact.concept, claim.fact.dimensions.text, claim.fact.period.description,
        claim.fact.unit, claim.figure.value?.description ?? "nil",
        claim.figure.decimals.map { String($0) } ?? "",
      ]
    case .unmapped(let reason): (row[3], row[12]) = ("unmapped", reason)
    case .heading: row[3] = "heading"
    case .text: row[3] = "text"
    }
    try writer.append(row.map { .text($0) })
  }

  /// Writes what comes after the last figure, and all that is still held back.
  ///
  /// - Throws: Whatever the sink throws.
  public mutating func finish() throws { try writer.finish() }
}
