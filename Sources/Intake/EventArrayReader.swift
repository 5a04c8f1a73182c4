import Facts
import JSON

/// Reads events that are written over several lines: a JSON text that is one array of objects, such
/// as the definitions in `Events/`.
///
/// Each object is one event. What is recorded is its canonical line, so that it makes no difference
/// how the text is laid out.
struct EventArrayReader {
  /// How long the text may be, in bytes: it is held whole.
  static let byteCountMax = 1 << 23

  private let file: String?
  private var bytes: [UInt8] = []

  /// - Parameter file: The file's name, for the drafts and for messages; `nil` if it has none.
  init(file: String?) { self.file = file }

  /// Takes the next piece of the file.
  ///
  /// - Throws: ``Facts/InvalidEvent`` if the file is too long.
  mutating func read(_ piece: ArraySlice<UInt8>) throws(InvalidEvent) {
    bytes += piece
    guard bytes.count <= Self.byteCountMax else {
      throw InvalidEvent(
        "the array has more than \(Self.byteCountMax) bytes",
        remedy: "write one event on each line of a .jsonl file, without the array",
        file: file
      )
    }
  }

  /// Reads the whole text.
  ///
  /// - Parameter emit: Called with each event, in the order of the array.
  /// - Throws: ``Facts/RefusedEvents`` with the place of each mistake; whatever `emit` throws.
  func finish(_ emit: (Draft) throws -> Void) throws {
    var refused = RefusedEvents()
    let document: JSONDocument
    do {
      document = try JSONParser(byteCountLimit: Self.byteCountMax).parse(withoutMark)
    } catch {
      refused.add(refusal(of: error))
      throw refused
    }
    var place = TextPlace()
    for node in document.root.elements {
      place.advance(to: node.byteOffset, in: bytes)
      let event: Event
      do {
        event = try self.event(node)
      } catch {
        refused.add(placed(error, after: place))
        continue
      }
      try emit(Draft(event, file: file, line: place.line))
    }
    guard refused.count == 0 else { throw refused }
  }

  /// The bytes, with white space for a byte order mark.
  private var withoutMark: [UInt8] {
    var text = bytes
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    if text.starts(with: mark) { text.replaceSubrange(..<mark.count, with: [0x20, 0x20, 0x20]) }
    return text
  }

  private func event(_ node: JSONNode) throws(InvalidEvent) -> Event {
    let event = try Event(node)
    let byteCount = event.canonicalLine.count
    guard byteCount <= EventLineReader.lineByteCountMax else {
      throw InvalidEvent(
        "the event has \(byteCount) bytes as a line, more than the limit of "
          + "\(EventLineReader.lineByteCountMax)",
        remedy: "write several events instead"
      )
    }
    return event
  }

  private func placed(_ error: InvalidEvent, after start: TextPlace) -> InvalidEvent {
    var (refusal, place) = (error, start)
    place.advance(to: error.byteOffset ?? 0, in: bytes)
    (refusal.file, refusal.line, refusal.column) = (file, place.line, place.column)
    return refusal
  }

  // MARK: What is not JSON

  private func refusal(of error: JSONError) -> InvalidEvent {
    if let comma = comma(before: error.byteOffset) {
      return refusal(
        "a comma before a closing bracket",
        at: comma,
        remedy: "take the comma out, or write what is missing after it"
      )
    }
    let rest = bytes[min(error.byteOffset, bytes.count)...]
    let line = rest.prefix { $0 >= 0x20 && $0 != 0x7F }
    let excerpt = String(decoding: line.prefix(120), as: UTF8.self)
    return refusal(
      error.message + (excerpt.isEmpty ? "" : ", at: \(excerpt.prefix(30))"),
      at: error.byteOffset,
      remedy: "write one array of objects, [{…}, {…}], in UTF-8"
    )
  }

  private func refusal(_ message: String, at byteOffset: Int, remedy: String) -> InvalidEvent {
    var refusal = InvalidEvent(message, remedy: remedy)
    refusal.byteOffset = byteOffset
    return placed(refusal, after: TextPlace())
  }

  /// The offset of a comma that has nothing but a closing bracket after it; `nil` if there is none.
  private func comma(before byteOffset: Int) -> Int? {
    let closers = [UInt8(ascii: "]"), UInt8(ascii: "}")]
    guard byteOffset < bytes.count, closers.contains(bytes[byteOffset]) else { return nil }
    let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    let last = bytes[..<byteOffset].lastIndex { !blanks.contains($0) }
    return last.flatMap { bytes[$0] == UInt8(ascii: ",") ? $0 : nil }
  }
}

/// A line and a column in a text, both from 1; columns count Unicode scalars, as editors do.
private struct TextPlace {
  private(set) var line = 1
  private(set) var column = 1
  private var byteOffset = 0

  /// Skips the bytes before `end`.
  ///
  /// - Complexity: O(*n*) in the bytes passed over.
  mutating func advance(to end: Int, in text: [UInt8]) {
    while byteOffset < min(end, text.count) {
      if text[byteOffset] == UInt8(ascii: "\n") {
        (line, column) = (line + 1, 1)
      } else if text[byteOffset] & 0xC0 != 0x80 {
        column += 1
      }
      byteOffset += 1
    }
  }
}
