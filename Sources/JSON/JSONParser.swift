import CJSON

/// Parses JSON texts (RFC 8259), strictly.
///
/// UTF-8, the whole grammar, unique keys and paired surrogates are checked, and nothing may follow
/// the value. Numbers keep their text: they never pass through binary floating point.
///
///     let parser = JSONParser()
///     for line in lines {
///       let event = try parser.parse(line).root
///     }
///
/// A parser keeps its buffers. Those of a document are used again too when nothing refers to the
/// document any more, so that reading many lines with one parser does not allocate.
public final class JSONParser {
  /// How many arrays and objects may lie in each other.
  public let depthLimit: Int

  /// How long a text may be, in bytes.
  public let byteCountLimit: Int

  private var storage = JSONStorage()

  /// Creates a parser.
  ///
  /// - Parameters:
  ///   - depthLimit: how many arrays and objects may lie in each other, at most 1,024.
  ///   - byteCountLimit: how long a text may be, in bytes; never more than 4 GiB less 256 bytes.
  public init(depthLimit: Int = 64, byteCountLimit: Int = .max) {
    precondition((0...1024).contains(depthLimit), "The depth limit is at most 1,024.")
    self.depthLimit = depthLimit
    self.byteCountLimit = min(byteCountLimit, Int(UInt32.max) - 255)
  }

  /// Parses one JSON text, such as a file or a line.
  ///
  /// The document has a copy of the bytes, and stays valid when the parser goes on.
  ///
  /// - Throws: ``JSONError`` if the bytes are not JSON, or more than `byteCountLimit`; of several
  ///   faults, the first in the text.
  /// - Complexity: O(*n*); O(*k* log *k*) for an object of *k* keys.
  public func parse(_ bytes: Span<UInt8>) throws(JSONError) -> JSONDocument {
    guard bytes.count <= byteCountLimit else {
      throw JSONError(
        message: "\(bytes.count) bytes, more than the limit of \(byteCountLimit)",
        byteOffset: byteCountLimit
      )
    }
    if !isKnownUniquelyReferenced(&storage) { storage = JSONStorage() }
    try storage.fill(bytes) { text, nodes, unescaped throws(JSONError) in
      try build(text, UInt32(bytes.count), &nodes, &unescaped)
    }
    return JSONDocument(storage: storage)
  }

  /// Parses one JSON text, such as a file or a line.
  ///
  /// - Throws: ``JSONError`` if it is not JSON, or longer than ``byteCountLimit``.
  public func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONDocument {
    try parse(bytes.span)
  }

  /// Parses one JSON text.
  ///
  /// - Throws: ``JSONError`` if it is not JSON, or longer than ``byteCountLimit``.
  public func parse(_ text: String) throws(JSONError) -> JSONDocument {
    try parse(text.utf8.span)
  }

  /// Fills `nodes` and `unescaped` from `text`: `length` bytes, and zero bytes after them.
  private func build(
    _ text: [UInt8],
    _ length: UInt32,
    _ nodes: inout [cjson_node],
    _ unescaped: inout [UInt8]
  ) throws(JSONError) {
    let bounds = unsafe cjson_measure(text, length)
    var error = cjson_error()
    nodes.append(addingCapacity: Int(bounds.nodes)) { nodes in
      unescaped.append(addingCapacity: Int(bounds.unescaped)) { unescaped in
        unsafe nodes.withUnsafeMutableBufferPointer { nodes, nodeCount in
          unsafe unescaped.withUnsafeMutableBufferPointer { unescaped, unescapedCount in
            unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: Int(bounds.nodes)) {
              var buffers = unsafe cjson_buffers(
                nodes: nodes.baseAddress,
                keys: $0.baseAddress,
                unescaped: unescaped.baseAddress,
                node_count: 0,
                unescaped_count: 0
              )
              error = unsafe cjson_parse(text, length, UInt32(depthLimit), &buffers)
              nodeCount = unsafe Int(buffers.node_count)
              unescapedCount = unsafe Int(buffers.unescaped_count)
            }
          }
        }
      }
    }
    try check(error, text)
  }

  /// - Throws: The first fault of the text: `error`, or bytes before it that are not UTF-8.
  private func check(_ error: cjson_error, _ text: [UInt8]) throws(JSONError) {
    var error = error
    if let offset = text.firstInvalidUTF8Offset {
      // A damaged quote leaves a string open, to the end of the text.
      let isFirst =
        error.code == CJSON_SUCCESS || error.code == CJSON_UNCLOSED_STRING
        || offset <= error.offset
      if isFirst { error = cjson_error(code: UInt32(CJSON_INVALID_UTF8), offset: UInt32(offset)) }
    }
    if error.code != CJSON_SUCCESS { throw JSONError(error, depthLimit: depthLimit) }
  }
}

extension [UInt8] {
  /// Where the bytes stop being UTF-8; `nil` if all are.
  fileprivate var firstInvalidUTF8Offset: Int? {
    do {
      _ = try UTF8Span(validating: span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}
