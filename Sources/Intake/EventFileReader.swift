import Facts

/// Reads the events of a file: one JSON object a line, or one array of objects over several lines.
///
/// A file whose name ends in `.json` is an array, and one whose name ends in `.jsonl` is lines; of any
/// other, such as standard input, the first character decides: an array begins with a bracket.
///
///     var reader = EventFileReader(file: "statements.json")
///     for piece in pieces { try reader.read(piece) { draft in … } }
///     try reader.finish { draft in … }
struct EventFileReader {
  private enum Form {
    /// What came so far is white space, and perhaps a byte order mark.
    case unknown([UInt8])
    case lines(EventLineReader)
    case array(EventArrayReader)
  }

  private let file: String?
  private var form = Form.unknown([])

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// A reader of one file.
  ///
  /// - Parameter file: The file's name, for the drafts and for messages; `nil` if it has none.
  init(file: String?) { self.file = file }

  /// Reads the next piece of the file.
  ///
  /// - Parameter emit: Called with the event of each line that ends in the piece.
  /// - Throws: ``Facts/InvalidEvent`` if an array is too long, or a file whose name ends in `.json`
  ///   holds none; whatever `emit` throws.
  mutating func read(
    _ bytes: ArraySlice<UInt8>,
    _ emit: (Draft) throws -> Void
  ) throws {
    switch form {
    case .unknown(let start):
      let text = start + bytes
      guard let first = Self.firstCharacter(of: text) else {
        form = .unknown(text)
        return
      }
      form = try Self.form(of: file, first)
      try read(text[...], emit)
    case .lines(var reader):
      form = .unknown([])
      defer { form = .lines(reader) }
      try reader.read(bytes, emit)
    case .array(var reader):
      form = .unknown([])
      defer { form = .array(reader) }
      try reader.read(bytes)
    }
  }

  /// Reads what is left: a last line without a line feed, or the whole of an array.
  ///
  /// - Throws: ``Facts/RefusedEvents`` with the place of each event that is none and its mistake;
  ///   whatever `emit` throws.
  mutating func finish(_ emit: (Draft) throws -> Void) throws {
    switch form {
    case .unknown: break
    case .lines(var reader): try reader.finish(emit)
    case .array(let reader): try reader.finish(emit)
    }
  }

  private static func form(of file: String?, _ first: UInt8) throws(InvalidEvent) -> Form {
    let isArray = first == UInt8(ascii: "[")
    guard isArray || file?.hasSuffix(".json") != true else {
      throw InvalidEvent(
        "the file does not begin with [",
        remedy: "write one array of objects, [{…}, {…}], or one object a line in a .jsonl file",
        file: file
      )
    }
    return isArray && file?.hasSuffix(".jsonl") != true
      ? .array(EventArrayReader(file: file)) : .lines(EventLineReader(file: file))
  }

  /// The first byte that is no white space; `nil` if there is none.
  private static func firstCharacter(of text: [UInt8]) -> UInt8? {
    let content = text.starts(with: mark) ? text[mark.count...] : text[...]
    let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
    let first = content.first { !blanks.contains($0) }
    // The mark may come in pieces.
    return text.count < mark.count && mark.starts(with: text) ? nil : first
  }
}
