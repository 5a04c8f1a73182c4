public import Facts
import JSON

/// Reads event lines: one JSON object a line, as in `Events/` and in exports.
///
/// Blank lines, carriage returns before line feeds, a byte order mark at the start and a missing
/// last line feed do not matter. Only one line at a time is held.
///
///     var reader = EventLineReader(file: "figures.jsonl")
///     for piece in pieces { try reader.read(piece) { draft in … } }
///     try reader.finish { draft in … }
public struct EventLineReader {
  /// How long a line may be, in bytes.
  public static let lineByteCountMax = 1 << 20

  private let file: String?
  private let parser = JSONParser(byteCountLimit: Self.lineByteCountMax)
  private var lineCount = 0
  private var refused = RefusedEvents()

  /// The start of a line that goes on: no more of it than can be needed.
  private var rest: [UInt8] = []

  /// How many bytes of that line are not held, because it is too long.
  private var droppedByteCount = 0

  /// A reader of one file.
  ///
  /// - Parameter file: The file's name, for the drafts and for messages; `nil` if it has none.
  public init(file: String?) { self.file = file }

  /// Reads the next piece of the file.
  ///
  /// - Parameters:
  ///   - bytes: The piece; it may end within a line.
  ///   - emit: Called with the event of each line that ends in the piece.
  /// - Throws: Whatever `emit` throws.
  public mutating func read(
    _ bytes: ArraySlice<UInt8>,
    _ emit: (Draft) throws -> Void
  ) throws {
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      if rest.isEmpty {
        try take(bytes[start..<end], emit)
      } else {
        keep(bytes[start..<end])
        try takeRest(emit)
      }
      start = end + 1
    }
    keep(bytes[start...])
  }

  /// Reads what is left: a last line without a line feed.
  ///
  /// - Throws: `RefusedEvents` with the file, the line and the mistake of each line that is
  ///   no event; whatever `emit` throws.
  public mutating func finish(_ emit: (Draft) throws -> Void) throws {
    if !rest.isEmpty { try takeRest(emit) }
    guard refused.count == 0 else { throw refused }
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    let kept = bytes.prefix(Self.lineByteCountMax + 1 - rest.count)
    rest += kept
    droppedByteCount += bytes.count - kept.count
  }

  private mutating func takeRest(_ emit: (Draft) throws -> Void) throws {
    let line = rest
    rest = []
    try take(line[...], emit)
    rest = line
    rest.removeAll(keepingCapacity: true)
    droppedByteCount = 0
  }

  private mutating func take(
    _ line: ArraySlice<UInt8>,
    _ emit: (Draft) throws -> Void
  ) throws {
    lineCount += 1
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let isMarked = lineCount == 1 && line.starts(with: mark)
    let content = isMarked ? line.dropFirst(mark.count) : line
    if Self.isBlank(content.span), droppedByteCount == 0 { return }
    let event: Event
    do {
      event = try self.event(content.span)
    } catch {
      var refusal = error
      (refusal.file, refusal.line) = (file, lineCount)
      return refused.add(refusal)
    }
    try emit(Draft(event, file: file, line: lineCount))
  }

  private static func isBlank(_ line: Span<UInt8>) -> Bool {
    // A carriage return is white space to JSON, so a trailing one needs nothing more.
    for index in line.indices {
      switch line[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): continue
      default: return false
      }
    }
    return true
  }

  private func event(_ line: Span<UInt8>) throws(InvalidEvent) -> Event {
    let document: JSONDocument
    do {
      document = try parser.parse(line)
    } catch {
      throw refusal(of: line, error)
    }
    return try Event(document.root)
  }

  private func refusal(of line: Span<UInt8>, _ error: JSONError) -> InvalidEvent {
    for index in line.indices where line[index] == 0 {
      return InvalidEvent(
        "column \(Self.column(of: index, in: line)): a NUL byte",
        remedy: "save the file as UTF-8 text"
      )
    }
    guard line.count <= Self.lineByteCountMax else {
      return InvalidEvent(
        "the line has \(line.count + droppedByteCount) bytes, more than the limit of "
          + "\(Self.lineByteCountMax)",
        remedy: "write one JSON object on each line, in UTF-8"
      )
    }
    let column = Self.column(of: min(error.byteOffset, line.count), in: line)
    return InvalidEvent(
      "column \(column): \(error.message)",
      remedy: "write one JSON object on each line, in UTF-8"
    )
  }

  /// Counts Unicode scalars, from 1, as editors do: bytes that continue one do not count.
  private static func column(of byteOffset: Int, in line: Span<UInt8>) -> Int {
    var column = 1
    for index in 0..<byteOffset where line[index] & 0xC0 != 0x80 { column += 1 }
    return column
  }
}
