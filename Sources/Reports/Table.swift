/// Rows of texts under named columns, for any report that is not a statement.
///
/// For many rows, write them one by one with ``TableWriter``.
public struct Table: Hashable, Sendable {
  /// On which side the texts of a column stand.
  public enum Alignment: Hashable, Sendable {
    /// Words.
    case left

    /// Figures.
    case right
  }

  /// A column.
  public struct Column: Hashable, Sendable {
    /// The name: head of the column, and key in JSON.
    public var title: String

    /// On which side its texts stand.
    public var alignment: Alignment

    /// A column with these aspects.
    public init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  /// What it shows: the title of an HTML page, and the schema of JSON.
  public var title: String

  /// The columns.
  public var columns: [Column]

  /// One text for each column in each row.
  public private(set) var rows: [[String]] = []

  /// A table without rows.
  public init(title: String, columns: [Column]) {
    self.title = title
    self.columns = columns
  }

  /// Adds a row.
  ///
  /// - Precondition: `row` has a text for each column.
  public mutating func append(_ row: [String]) {
    precondition(row.count == columns.count, "a row has a text for each column")
    rows.append(row)
  }

  /// Writes the table.
  public func rendered(as format: ReportFormat) -> String {
    var bytes: [UInt8] = []
    var writer = TableWriter(
      title: title,
      columns: columns,
      format: format,
      sampleRowCount: .max
    )
    for row in rows { writer.append(row, to: &bytes) }
    writer.finish(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
