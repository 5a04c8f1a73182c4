public import Facts
import JSON

/// Reads event lines: one JSON object a line, as in `Events/` and in exports.
///
/// Blank lines, carriage returns before line feeds, a byte order mark at the start and a missing
/// last line feed do not matter.
public struct EventLineReader {
  /// How long a line may be, in bytes.
  public static let lineByteCountMax = 1 << 20

  /// A reader of event lines.
  public init() {}

  /// Reads all lines of `bytes`.
  ///
  /// - Parameter file: The file's name, for the drafts and for messages; `nil` if it has none.
  /// - Throws: ``Facts/RefusedEvents`` with the file, the line and the mistake of each line that is no
  ///   event.
  /// - Complexity: O(*n*).
  public func drafts(from bytes: [UInt8], file: String?) throws(RefusedEvents) -> [Draft] {
    let parser = JSONParser(byteCountLimit: Self.lineByteCountMax)
    let text = bytes.span
    var drafts: [Draft] = []
    var refused = RefusedEvents()
    var start = Self.hasByteOrderMark(text) ? 3 : 0
    var line = 0
    while start < text.count {
      line += 1
      var end = start
      while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
      let content = text.extracting(start..<end)
      start = end + 1
      if Self.isBlank(content) { continue }
      do {
        drafts.append(Draft(try Self.event(content, parser), file: file, line: line))
      } catch {
        var refusal = error
        (refusal.file, refusal.line) = (file, line)
        refused.add(refusal)
      }
    }
    guard refused.count == 0 else { throw refused }
    return drafts
  }

  private static func hasByteOrderMark(_ text: Span<UInt8>) -> Bool {
    text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
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

  private static func event(
    _ line: Span<UInt8>,
    _ parser: JSONParser
  ) throws(InvalidEvent) -> Event {
    let document: JSONDocument
    do {
      document = try parser.parse(line)
    } catch {
      throw refusal(of: line, error)
    }
    return try Event(document.root)
  }

  private static func refusal(of line: Span<UInt8>, _ error: JSONError) -> InvalidEvent {
    for index in line.indices where line[index] == 0 {
      return InvalidEvent(
        "column \(column(of: index, in: line)): a NUL byte",
        remedy: "save the file as UTF-8 text"
      )
    }
    let column = column(of: min(error.byteOffset, line.count), in: line)
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
