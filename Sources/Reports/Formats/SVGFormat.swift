/// The drawings of an answer, one below the other, as a file of Scalable Vector Graphics.
public struct SVGFormat: TableFormat {
  /// `svg`.
  public static let name = "svg"

  /// None.
  public static let otherNames: [String] = []

  /// People look at it.
  public static let isForReading = true

  /// A format for a table, of which nothing is drawn.
  public init(_ head: TableHead) {}

  /// Appends nothing.
  public mutating func begin(_ bytes: inout [UInt8]) {}

  /// Appends nothing.
  public mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {}

  /// Appends nothing.
  public mutating func end(_ notes: [Note], to bytes: inout [UInt8]) {}

  /// Appends the drawings.
  public static func write(_ document: some Document, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: Chart.document(document.charts).utf8)
  }
}
