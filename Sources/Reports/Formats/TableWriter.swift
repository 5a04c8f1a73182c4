/// Writes a table row by row, in memory that does not grow with the number of rows.
///
///     var writer = TableWriter(head, as: .csv) { bytes in try output.write(bytes) }
///     for claim in claims { try writer.append([.text(claim.filing), .figure(claim.figure)]) }
///     try writer.finish()
public struct TableWriter {
  private var format: any TableFormat
  private let head: TableHead
  private let sink: ([UInt8]) throws -> Void
  private var buffer: [UInt8] = []

  /// The sink is called with about this many bytes at once.
  private static let bufferByteCount = 1 << 16

  /// A writer that has written nothing yet.
  ///
  /// - Parameters:
  ///   - head: Title and columns.
  ///   - format: The format in which it is written.
  ///   - sink: Takes the bytes, part by part.
  /// - Throws: What a temporary file throws, of a format that needs one.
  public init(
    _ head: TableHead,
    as format: ReportFormat,
    sink: @escaping ([UInt8]) throws -> Void
  ) throws {
    var shownHead = head
    shownHead.screen = format.screen
    self.format = format.type.init(shownHead)
    self.sink = sink
    self.head = head
    try self.format.begin(&buffer)
  }

  /// Writes a row; aligned text may hold it back.
  ///
  /// - Precondition: There is a cell for each column.
  /// - Throws: Whatever the sink throws; if the format has no room for so many rows.
  public mutating func append(_ cells: [Cell]) throws { try append(Table.Row(cells)) }

  /// Writes a row; aligned text may hold it back.
  ///
  /// - Precondition: There is a cell for each column.
  /// - Throws: Whatever the sink throws; if the format has no room for so many rows.
  mutating func append(_ row: Table.Row) throws {
    head.expects(row.cells)
    try format.append(row, to: &buffer)
    if buffer.count >= Self.bufferByteCount { try flush() }
  }

  /// Gives the sink what is not held back for its widths.
  ///
  /// - Throws: Whatever the sink throws.
  public mutating func flush() throws {
    guard !buffer.isEmpty else { return }
    try sink(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes what comes after the last row, and all that is still held back.
  ///
  /// - Throws: Whatever the sink throws.
  public mutating func finish(_ notes: [Note] = []) throws {
    try format.end(notes, to: &buffer)
    try flush()
  }
}
