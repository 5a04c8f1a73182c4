import CSimdjson

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
@safe
public final class JSONParser {
  /// How many arrays and objects may lie in each other.
  public let depthLimit: Int

  /// How long a text may be, in bytes.
  public let byteCountLimit: Int

  private let handle: OpaquePointer
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
    guard let handle = unsafe csimdjson_create() else { preconditionFailure("out of memory") }
    unsafe self.handle = handle
  }

  deinit { unsafe csimdjson_destroy(handle) }

  /// Parses one JSON text, such as a file or a line.
  ///
  /// The document has a copy of the bytes, and stays valid when the parser goes on.
  ///
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
  public func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONDocument {
    try parse(bytes.span)
  }

  /// Parses one JSON text.
  public func parse(_ text: String) throws(JSONError) -> JSONDocument {
    try parse(text.utf8.span)
  }

  /// Fills `nodes` and `unescaped` from `text`, which ends with a zero byte after `length` bytes.
  private func build(
    _ text: [UInt8],
    _ length: UInt32,
    _ nodes: inout [csimdjson_node],
    _ unescaped: inout [UInt8]
  ) throws(JSONError) {
    var nodeBound: UInt32 = 0
    var unescapedBound: UInt32 = 0
    try check(
      unsafe csimdjson_index(handle, text, length, &nodeBound, &unescapedBound),
      text
    )
    var error = csimdjson_error()
    // The bounds that stage 1 gave hold for stage 2: a node or a byte needs a token or a byte.
    nodes.append(addingCapacity: Int(nodeBound)) { nodes in
      unescaped.append(addingCapacity: Int(unescapedBound)) { unescaped in
        unsafe nodes.withUnsafeMutableBufferPointer { nodes, nodeCount in
          unsafe unescaped.withUnsafeMutableBufferPointer { unescaped, unescapedCount in
            var counts: (nodes: UInt32, unescaped: UInt32) = (0, 0)
            error = unsafe csimdjson_build(
              handle,
              text,
              length,
              UInt32(depthLimit),
              nodes.baseAddress,
              &counts.nodes,
              unescaped.baseAddress,
              &counts.unescaped
            )
            nodeCount = Int(counts.nodes)
            unescapedCount = Int(counts.unescaped)
          }
        }
      }
    }
    try check(error, text)
  }

  private func check(_ error: csimdjson_error, _ text: [UInt8]) throws(JSONError) {
    guard error.code != CSIMDJSON_SUCCESS else { return }
    var error = error
    // A damaged byte also makes other mistakes, such as a string without an end: it comes first.
    if let offset = text.firstInvalidUTF8Offset {
      error = csimdjson_error(code: UInt32(CSIMDJSON_INVALID_UTF8), offset: UInt32(offset))
    }
    throw JSONError(error, depthLimit: depthLimit)
  }
}

extension [UInt8] {
  /// Where the bytes stop being UTF-8; stage 1 says only that they do.
  fileprivate var firstInvalidUTF8Offset: Int? {
    do {
      _ = try UTF8Span(validating: span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}
