public import Facts

/// Lists events in the order of the log: sequence, recorded time, type and what each says.
///
/// As JSON lines, an event is its own canonical line. The bytes are kept until they are taken, so
/// that nobody has to write to a slow reader while the ledger is read.
public struct LogReport {
  private var table: any TableFormat
  private let hasCanonicalLines: Bool
  private var bytes: [UInt8] = []

  /// A report that has written nothing yet.
  ///
  /// - Parameters:
  ///   - format: The format in which it is written.
  ///   - isFollowing: Whether events are shown as they come, so that aligned text cannot
  ///     wait for more of them to choose its widths.
  /// - Throws: As ``TableWriter``.
  public init(_ format: ReportFormat, isFollowing: Bool = false) throws {
    var head = TableHead(
      title: "Events",
      shape: .init("assay.log/2"),
      columns: [.init("sequence", .right), .init("recorded"), .init("type"), .init("what")]
    )
    head.screen = format.screen
    if isFollowing { head.sampleRowCount = 1 }
    table = format.type.init(head)
    hasCanonicalLines = format == .jsonl
    try table.begin(&bytes)
  }

  /// How many bytes wait to be taken.
  public var byteCount: Int { bytes.count }

  /// Adds an event.
  ///
  /// - Throws: As ``TableWriter``.
  public mutating func append(_ event: Event, sequence: UInt64, recorded: Timestamp) throws {
    if hasCanonicalLines {
      event.appendCanonicalLine(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    } else {
      let cells: [Cell] = [
        Cell(sequence), .time(.moment(recorded)), .text(event.type), .text(event.summary),
      ]
      try table.append(Table.Row(cells), to: &bytes)
    }
  }

  /// Adds what comes after the last event.
  ///
  /// - Throws: As ``TableWriter``.
  public mutating func finish() throws { try table.end([], to: &bytes) }

  /// Takes the bytes that wait.
  public mutating func takeBytes() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }
}
