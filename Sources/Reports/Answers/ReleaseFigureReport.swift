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
  /// - Parameters:
  ///   - format: The format in which it is written.
  ///   - sink: Takes the bytes, part by part.
  /// - Throws: As ``TableWriter``.
  public init(_ format: ReportFormat, sink: @escaping ([UInt8]) throws -> Void) throws {
    let head = TableHead(
      title: "Figures of the release",
      shape: .init("assay.release/2"),
      columns: Self.columns
    )
    writer = try TableWriter(head, as: format, sink: sink)
  }

  /// Writes a figure.
  ///
  /// - Throws: Whatever the sink throws.
  public mutating func append(_ figure: ReleaseFigure) throws {
    var cells: [Cell] = [
      .count(figure.line), .count(figure.column), .text(figure.text), .none,
      Cell(figure.statement), Cell(figure.caption.isEmpty ? nil : figure.caption),
    ]
    cells += repeatElement(.none, count: Self.columns.count - cells.count)
    switch figure.status {
    case .mapped(let claim):
      cells[3] = .text("mapped")
      cells[6...11] = [
        .text(claim.fact.concept), .dimensions(claim.fact.dimensions), .period(claim.fact.period),
        .text(claim.fact.unit), .figure(claim.figure), Cell(claim.figure.decimals),
      ]
    case .unmapped(let reason): (cells[3], cells[12]) = (.text("unmapped"), .text(reason))
    case .computed(let reason): (cells[3], cells[12]) = (.text("computed"), .text(reason))
    case .heading: cells[3] = .text("heading")
    case .text: cells[3] = .text("text")
    }
    try writer.append(cells)
  }

  /// Writes what comes after the last figure, and all that is still held back.
  ///
  /// - Throws: Whatever the sink throws.
  public mutating func finish() throws { try writer.finish() }
}
