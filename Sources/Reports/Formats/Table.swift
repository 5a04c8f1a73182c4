public import Platform

/// Rows of cells under named columns, in memory.
///
/// For many rows, write them one by one with ``TableWriter``.
public struct Table: Hashable, Sendable {
  /// A column.
  public typealias Column = TableHead.Column

  /// On which side the texts of a column stand.
  public typealias Alignment = TableHead.Alignment

  /// A row.
  public struct Row: Hashable, Sendable {
    /// What a row is in a statement; formats for people show it.
    public enum Role: Hashable, Sendable {
      /// A row among others.
      case plain

      /// The heading of those that follow; its cells but the first are empty.
      case heading

      /// A sum, ruled above.
      case subtotal

      /// The last sum, ruled above and below.
      case total
    }

    /// One cell for each column.
    public var cells: [Cell]

    /// What the row is.
    public var role: Role

    /// How far its first cell stands in; 0 or more.
    public var depth: Int

    /// How some of its cells stand out, by their columns.
    public var styles: [Int: TextStyle]

    /// A row with these aspects.
    public init(
      _ cells: [Cell],
      role: Role = .plain,
      depth: Int = 0,
      styles: [Int: TextStyle] = [:]
    ) {
      self.cells = cells
      self.styles = styles
      self.role = role
      self.depth = depth
    }
  }

  /// What it is about, and its columns.
  public var head: TableHead

  /// Whether the first cell of each row names it, as the captions of statements do.
  public var hasCaptions = false

  /// The rows; each has a cell for each column.
  public private(set) var rows: [Row] = []

  /// A table without rows.
  public init(_ head: TableHead) { self.head = head }

  /// A table without rows, whose title is the schema of its JSON.
  public init(title: String, columns: [Column]) {
    self.init(TableHead(title: title, columns: columns))
  }

  /// Adds a row.
  ///
  /// - Precondition: `row` has a cell for each column.
  public mutating func append(_ row: Row) {
    head.expects(row.cells)
    rows.append(row)
  }

  /// Adds a row of cells.
  ///
  /// - Precondition: There is a cell for each column.
  public mutating func append(_ cells: [Cell]) { append(Row(cells)) }

  /// Adds a row of cells, of which one may stand out.
  ///
  /// - Precondition: There is a cell for each column.
  mutating func append(_ cells: [Cell], _ style: TextStyle?, at column: Int) {
    append(Row(cells, styles: style.map { [column: $0] } ?? [:]))
  }

  /// Adds a row of words.
  ///
  /// - Precondition: There is a text for each column.
  public mutating func append(_ texts: [String]) { append(Row(texts.map { .text($0) })) }

  /// The table alone, in a format that is a text.
  ///
  /// - Throws: As ``Document/bytes(as:)``.
  public func rendered(as format: ReportFormat) throws -> String {
    var bytes: [UInt8] = []
    try write(as: format, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the table with its notes, as the format writes tables that stand alone.
  func write(as format: ReportFormat, notes: [Note] = [], to bytes: inout [UInt8]) throws {
    var head = head
    head.sampleRowCount = .max
    var table = format.type.init(head)
    try table.begin(&bytes)
    for row in rows { try table.append(row, to: &bytes) }
    try table.end(notes, to: &bytes)
  }

  /// The rows as comma-separated values: what checksums of answers are of.
  public var csvBytes: [UInt8] {
    var (bytes, format) = ([UInt8](), CSVFormat(head))
    format.begin(&bytes)
    for row in rows { format.append(row, to: &bytes) }
    return bytes
  }
}
