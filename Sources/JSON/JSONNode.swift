import CJSON

/// A parsed JSON text.
///
/// It keeps the bytes that it was parsed from, and may be shared between threads.
public struct JSONDocument: Sendable {
  let storage: JSONStorage

  /// The value that the text holds.
  public var root: JSONNode { JSONNode(storage: storage, index: 0) }
}

/// The kinds of JSON values.
public enum JSONKind: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool
  /// A number, of which the text is kept.
  case number
  /// A string.
  case string
  /// An array.
  case array
  /// An object.
  case object
}

/// One value of a parsed JSON text.
///
/// A node is a reference into its document and cheap to copy.
public struct JSONNode: Sendable {
  let storage: JSONStorage
  let index: Int

  var node: cjson_node { storage.nodes[index] }

  /// Which kind of value this is.
  public var kind: JSONKind {
    switch Int(node.kind) {
    case CJSON_NULL: .null
    case CJSON_FALSE, CJSON_TRUE: .bool
    case CJSON_NUMBER: .number
    case CJSON_STRING, CJSON_ESCAPED_STRING: .string
    case CJSON_ARRAY: .array
    default: .object
    }
  }

  /// Where the value starts: an offset from the start of the text, in bytes.
  public var byteOffset: Int { Int(node.offset) }

  /// Whether this is `null`.
  public var isNull: Bool { node.kind == CJSON_NULL }

  /// The truth value, or `nil` if this is not one.
  public var bool: Bool? {
    switch Int(node.kind) {
    case CJSON_TRUE: true
    case CJSON_FALSE: false
    default: nil
    }
  }

  /// The string without its escapes, or `nil` if this is not a string.
  public var string: String? {
    let node = node
    return node.isString ? storage.withText(of: node) { String($0) } : nil
  }

  /// The number as it is written, or `nil` if this is not a number.
  public var numberText: String? {
    let node = node
    return node.kind == CJSON_NUMBER ? storage.withText(of: node) { String($0) } : nil
  }

  /// The number, or `nil` if this is not written as an integer or does not fit.
  public var integer: Int? { numberText.flatMap { Int($0) } }

  /// Calls `body` with the bytes of a string (without escapes) or a number (as written).
  ///
  /// Nothing is allocated. For any other value, the bytes are those that it has in the source.
  ///
  /// - Throws: Only what `body` throws.
  public func withUTF8<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try storage.withText(of: node, body)
  }

  /// Whether this is a string of exactly the bytes of `text`.
  ///
  /// Nothing is allocated, and nothing normalized: `é` differs from `e` and an accent.
  public func stringEquals(_ text: StaticString) -> Bool {
    let node = node
    guard node.isString, node.length == text.utf8CodeUnitCount else { return false }
    return storage.withText(of: node) { bytes in
      text.withUTF8Buffer { unsafe bytes.equals($0.span) }
    }
  }

  /// How many elements an array or members an object has; 0 for any other value.
  public var count: Int {
    let node = node
    return node.isContainer ? Int(node.detail) : 0
  }

  /// The elements of an array; none for any other value.
  public var elements: JSONElements { JSONElements(self) }

  /// The members of an object in source order; none for any other value.
  public var members: JSONMembers { JSONMembers(self) }

  /// The value of an object's member, or `nil` if there is none or this is not an object.
  ///
  /// Keys are equal if their bytes are.
  ///
  /// - Complexity: O(*n*) in the members.
  public subscript(_ key: String) -> JSONNode? {
    let object = node
    guard object.kind == CJSON_OBJECT else { return nil }
    let key = key.utf8.span
    var index = index + 1
    for _ in 0..<object.detail {
      let node = storage.nodes[index]
      if node.length == key.count, storage.withText(of: node, { $0.equals(key) }) {
        return JSONNode(storage: storage, index: index + 1)
      }
      index = Int(storage.nodes[index + 1].next)
    }
    return nil
  }
}

extension cjson_node {
  var isString: Bool { kind == CJSON_STRING || kind == CJSON_ESCAPED_STRING }
  var isContainer: Bool { kind == CJSON_ARRAY || kind == CJSON_OBJECT }
}

extension String {
  /// Copies text that the parser has found to be UTF-8.
  init(_ bytes: Span<UInt8>) {
    // The parser has validated the source, and unescaping writes whole scalars only.
    self.init(copying: unsafe UTF8Span(unchecked: bytes))
  }
}

extension Span<UInt8> {
  func equals(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }
}
