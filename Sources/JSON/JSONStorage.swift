import CJSON

/// The buffers of one document.
///
/// The parser fills them only while nothing else refers to them; from then on nobody writes, so
/// threads may share them.
final class JSONStorage: @unchecked Sendable {
  /// The source, and the zero bytes that the parser wants after it.
  private(set) var text: [UInt8] = []

  /// The values and keys in source order, each container before what it holds.
  private(set) var nodes: [cjson_node] = []

  /// The texts of the strings that are written with escapes.
  private(set) var unescaped: [UInt8] = []

  /// Replaces the contents, reusing the memory.
  func fill(
    _ bytes: Span<UInt8>,
    build: (
      _ text: [UInt8],
      _ nodes: inout [cjson_node],
      _ unescaped: inout [UInt8]
    ) throws(JSONError) -> Void
  ) throws(JSONError) {
    var (text, nodes, unescaped) = (text, nodes, unescaped)
    (self.text, self.nodes, self.unescaped) = ([], [], [])
    text.removeAll(keepingCapacity: true)
    nodes.removeAll(keepingCapacity: true)
    unescaped.removeAll(keepingCapacity: true)
    text.append(addingCapacity: bytes.count + CJSON_PADDING) { text in
      unsafe text.withUnsafeMutableBufferPointer { buffer, count in
        unsafe bytes.withUnsafeBufferPointer { bytes in
          _ = unsafe buffer.update(fromContentsOf: bytes)
        }
        count = bytes.count
      }
      text.append(repeating: 0, count: CJSON_PADDING)
    }
    defer { (self.text, self.nodes, self.unescaped) = (text, nodes, unescaped) }
    try build(text, &nodes, &unescaped)
  }

  /// Calls `body` with the UTF-8 text of a string or key, or the source text of any other value.
  func withText<Result, Failure: Error>(
    of node: cjson_node,
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let length = Int(node.length)
    let unescaped = node.kind == CJSON_ESCAPED_STRING
    let start =
      unescaped
      ? Int(node.detail) : Int(node.offset) + (node.kind == CJSON_STRING ? 1 : 0)
    let buffer = unescaped ? self.unescaped : text
    return try body(buffer.span.extracting(start..<start + length))
  }
}
