import CJSON

/// Reads one JSON text (RFC 8259) piece by piece: the objects that its caller walks through member by
/// member, and every other value whole, as strictly as ``JSONParser`` reads a text.
///
/// So a text of any length is read in the memory of its largest whole value, and of the keys of the
/// objects that are walked through.
///
///     let stream = JSONStream { try file.nextPiece() }
///     try stream.object { key in
///       if key.text == "facts" { try stream.object { … } } else { _ = try stream.value() }
///     }
///     try stream.finish()
public final class JSONStream {
  private let nextPiece: () throws -> [UInt8]?
  private let parser = JSONParser()

  /// What was read and is not consumed, from `position` on.
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false

  /// The offset of the buffer's first byte from the start of the text.
  private var bufferOffset: Int

  /// Gets the bytes from `copied` on before they leave the buffer.
  private var copy: (([UInt8]) throws -> Void)?
  private var copied = 0

  /// A stream of the bytes that `nextPiece` gives, until it gives `nil`.
  ///
  /// - Parameter byteOffset: The offset of the first of them in a longer text, whose start places are
  ///   counted from.
  public init(byteOffset: Int = 0, _ nextPiece: @escaping () throws -> [UInt8]?) {
    bufferOffset = byteOffset
    self.nextPiece = nextPiece
  }

  /// A stream of `bytes`.
  public convenience init(_ bytes: [UInt8]) {
    var rest: [UInt8]? = bytes
    self.init {
      defer { rest = nil }
      return rest
    }
  }

  /// A key of an object that is walked through.
  public struct Key {
    /// The key without its escapes.
    public let text: String

    /// Where it starts: an offset from the start of the text, in bytes.
    public let byteOffset: Int
  }

  /// A value that was read whole.
  public struct Value {
    /// The value, whose places are counted from its own first byte.
    public let document: JSONDocument

    /// Where it starts: an offset from the start of the text, in bytes.
    public let byteOffset: Int

    /// The value.
    public var root: JSONNode { document.root }
  }

  /// Whether the next value is an object.
  ///
  /// - Throws: Whatever reading the next piece throws.
  public func isAtObject() throws -> Bool { try peek() == UInt8(ascii: "{") }

  /// Where the next value starts: an offset from the start of the text, in bytes.
  ///
  /// - Throws: Whatever reading the next piece throws.
  public func nextByteOffset() throws -> Int {
    _ = try peek()
    return offset
  }

  /// Walks through the object that is next.
  ///
  /// - Parameters:
  ///   - keys: Finds repeated keys; if `nil`, a set of the object's keys is kept in memory.
  ///   - body: Called with each key; reads its value, or leaves it to be passed over.
  /// - Throws: ``JSONError`` if the text is not JSON, or has a key twice; whatever `keys` and
  ///   `body` throw.
  /// - Precondition: The next value is an object.
  public func object(
    keys: (any JSONKeyCheck)? = nil,
    _ body: (Key) throws -> Void
  ) throws {
    guard let keys else {
      var known: Set<ExactKey> = []
      return try walk(body) { key in
        guard known.insert(ExactKey(text: key.text)).inserted else {
          throw repeated(key.byteOffset)
        }
      }
    }
    let result = Result { try walk(body) { try keys.note($0) } }
    // Every key noted comes before the fault that ended the walk, so that the first fault is named.
    if let offset = try keys.firstRepeated() { throw repeated(offset) }
    try result.get()
  }

  private func repeated(_ byteOffset: Int) -> JSONError {
    error(CJSON_DUPLICATE_KEY, at: byteOffset)
  }

  private func walk(_ body: (Key) throws -> Void, note: (Key) throws -> Void) throws {
    let isOpen = try accept("{")
    precondition(isOpen, "the next value is an object")
    if try accept("}") { return }
    repeat {
      let key = try key()
      try note(key)
      guard try accept(":") else { throw error(CJSON_EXPECTED_COLON) }
      _ = try peek()
      let start = offset
      try body(key)
      if offset == start { _ = try value() }
    } while try accept(",")
    guard try accept("}") else { throw error(CJSON_EXPECTED_COMMA_OR_BRACE) }
  }

  /// Passes over the next value, and gives its text, piece by piece.
  ///
  /// - Parameters:
  ///   - depth: How many levels of objects are walked through; each deeper value is held in memory
  ///     whole.
  ///   - keys: Finds repeated keys of the value itself, as in ``object(keys:_:)``.
  ///   - take: Gets the text.
  /// - Throws: ``JSONError`` if the value is not JSON; whatever `keys` and `take` throw.
  public func copyValue(
    depth: Int,
    keys: (any JSONKeyCheck)? = nil,
    to take: @escaping ([UInt8]) throws -> Void
  ) throws {
    _ = try peek()
    (copied, copy) = (position, take)
    defer { copy = nil }
    try pass(depth: depth, keys)
    try take(Array(buffer[copied..<position]))
  }

  private func pass(depth: Int, _ keys: (any JSONKeyCheck)? = nil) throws {
    guard depth > 0, try isAtObject() else {
      _ = try value()
      return
    }
    try object(keys: keys) { _ in try pass(depth: depth - 1) }
  }

  /// Reads the next value whole.
  ///
  /// - Throws: ``JSONError`` if it is not JSON.
  /// - Complexity: O(*n*).
  public func value() throws -> Value {
    _ = try peek()
    let start = offset
    let end = try end(ofValueAt: position)
    let bytes = buffer[position..<end]
    do {
      let document = try parser.parse(bytes.span)
      position = end
      return Value(document: document, byteOffset: start)
    } catch {
      guard error.byteOffset == bytes.count, end < buffer.count else {
        throw JSONError(message: error.message, byteOffset: start + error.byteOffset)
      }
      // The value ends too early, and not the text.
      let isNumber = bytes.first.map { $0 == UInt8(ascii: "-") || 0x30...0x39 ~= $0 } ?? false
      let code = isNumber ? CJSON_INVALID_NUMBER : CJSON_EXPECTED_VALUE
      throw self.error(code, at: start + error.byteOffset)
    }
  }

  /// Makes sure that nothing follows the value.
  ///
  /// - Throws: ``JSONError`` if something does.
  public func finish() throws {
    guard try peek() == nil else { throw error(CJSON_EXPECTED_END) }
  }

  // MARK: Bytes

  /// The offset of the next byte from the start of the text.
  private var offset: Int { bufferOffset + position }

  private func error(_ code: Int, at byteOffset: Int? = nil) -> JSONError {
    let isEnd = byteOffset == nil && isAtEnd && position == buffer.count
    let code = cjson_error(code: UInt32(isEnd ? CJSON_UNEXPECTED_END : code), offset: 0)
    let message = JSONError(code, depthLimit: parser.depthLimit).message
    return JSONError(message: message, byteOffset: byteOffset ?? offset)
  }

  /// Reads more; returns `false` if there is no more.
  private func fill() throws -> Bool {
    guard !isAtEnd else { return false }
    guard let piece = try nextPiece() else {
      isAtEnd = true
      return false
    }
    if position > 0 {
      try copy?(Array(buffer[copied..<position]))
      copied = 0
      buffer.removeSubrange(..<position)
      bufferOffset += position
      position = 0
    }
    buffer += piece
    return true
  }

  /// The next byte that is no white space; `nil` at the end.
  private func peek() throws -> UInt8? {
    repeat {
      while position < buffer.count {
        switch buffer[position] {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
          position += 1
        default: return buffer[position]
        }
      }
    } while try fill()
    return nil
  }

  private func accept(_ wanted: Unicode.Scalar) throws -> Bool {
    guard try peek() == UInt8(ascii: wanted) else { return false }
    position += 1
    return true
  }

  private func key() throws -> Key {
    guard try peek() == UInt8(ascii: "\"") else { throw error(CJSON_EXPECTED_KEY) }
    let value = try value()
    return Key(text: value.root.string ?? "", byteOffset: value.byteOffset)
  }

  /// The index in the buffer where the value at `position` ends, found by its brackets and quotation
  /// marks alone; faults before it are left for the parser to find.
  private func end(ofValueAt start: Int) throws -> Int {
    var scan = ValueScan()
    var done = 0
    while true {
      // The buffer may move its content: what is done of it is counted from the value's start.
      let bytes = buffer
      if let end = scan.end(in: bytes.span, from: position + done) { return end }
      done = buffer.count - position
      guard try fill() else { return buffer.count }
    }
  }
}

/// Finds the keys that one object has twice, for objects with more keys than memory should hold.
public protocol JSONKeyCheck: AnyObject {
  /// Notes the next key.
  ///
  /// - Throws: An error of the storage that the check keeps its keys in.
  func note(_ key: JSONStream.Key) throws

  /// Where the first key starts that is equal, byte by byte, to one noted before it; `nil` if there
  /// is none.
  ///
  /// - Throws: An error of the storage that the check keeps its keys in.
  func firstRepeated() throws -> Int?
}

/// A key that equals another only if their bytes are equal.
private struct ExactKey: Hashable {
  let text: String

  static func == (lhs: Self, rhs: Self) -> Bool { lhs.text.utf8.elementsEqual(rhs.text.utf8) }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}

/// Looks for the end of a value whose bytes come in pieces.
private struct ValueScan {
  private var closers: [UInt8] = []
  private var isInString = false
  private var isEscaped = false
  private var isScalar = false

  /// Scans on, from `start`.
  ///
  /// - Returns: Where the value ends, or the first byte that no value can have there; `nil` if the end
  ///   of `text` comes before either.
  mutating func end(in text: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < text.count {
      let byte = text[index]
      index += 1
      if isInString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isInString = false
          if closers.isEmpty { return index }
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        if isScalar { return index - 1 }
        isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if isScalar { return index - 1 }
        closers.append(byte + 2)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard let closer = closers.popLast() else { return index - 1 }
        if closers.isEmpty || byte != closer { return index }
      case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "\t"),
        UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if closers.isEmpty { return index - 1 }
      default: isScalar = closers.isEmpty
      }
    }
    return nil
  }
}
