import Facts
import Ledger

extension Table {
  /// One row for each change of a figure.
  ///
  /// - Parameter isGrouped: Whether figures are grouped for reading.
  init(_ changes: [FactChange], title: String, schema: String, isGrouped: Bool = false) {
    self.init(
      TableHead(
        title: title,
        shape: .init(schema),
        columns: Self.changeColumns(isGrouped: isGrouped)
      )
    )
    for change in changes { append(Self.cells(of: change)) }
  }

  /// The columns of changes.
  ///
  /// - Parameter isGrouped: Whether figures are grouped for reading.
  static func changeColumns(isGrouped: Bool) -> [Column] {
    [
      .init("entity"), .init("concept"), .init("dimensions"), .init("period"), .init("unit"),
      .init("thenStatus"), .init("then", .right, isGrouped: isGrouped), .init("thenQualifier"),
      .init("nowStatus"), .init("now", .right, isGrouped: isGrouped), .init("nowQualifier"),
      .init("change", .right, isGrouped: isGrouped), .init("percent", .right), .init("from"),
      .init("to"), .init("published"), .init("sequence", .right),
    ]
  }

  /// Which of ``changeColumns(isGrouped:)`` has the change in percent.
  static let percentColumn = 12

  /// One cell for each of ``changeColumns(isGrouped:)``.
  static func cells(of change: FactChange) -> [Cell] {
    let step = change.change
    return [
      .text(change.fact.entity), .text(change.fact.concept),
      .dimensions(change.fact.dimensions), .period(change.fact.period), .text(change.fact.unit),
      .text(change.from.kind), Cell(change.from.figure?.value),
      Cell(change.from.figure?.qualifier?.rawValue), .text(change.to.kind),
      Cell(change.to.figure?.value), Cell(change.to.figure?.qualifier?.rawValue),
      Cell(step?.difference), Cell(step?.percentage),
      .text(change.fromFiling.filing), .text(change.toFiling.filing),
      .time(change.toFiling.published), Cell(change.sequence),
    ]
  }
}

extension Change {
  /// The difference in percent of the figure before, without its sign, to two places.
  fileprivate var percentage: Amount? {
    basisPoints.map { Amount(mantissa: Int64(clamping: $0), fractionDigitCount: 2) }
  }
}
