public import Platform

/// A key whose encoding, compared as unsigned bytes, sorts as its values do.
public protocol TableKey: Sendable {
  /// Calls `body` with the encoding: 1 to 511 bytes, LMDB's compiled-in limits.
  ///
  /// - Throws: What `body` throws.
  func withKeyBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R
}

extension UInt64: TableKey {
  /// Calls `body` with eight bytes, big-endian, so that byte order is numeric order.
  ///
  /// - Throws: What `body` throws.
  public func withKeyBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    let word: InlineArray<1, UInt64> = [bigEndian]
    return try word.span.withBytes(body)
  }

  /// Decodes what ``withKeyBytes(_:)`` encoded; `nil` unless there are exactly eight bytes.
  @inlinable
  public init?(keyBytes: Span<UInt8>) {
    guard keyBytes.count == 8 else { return nil }
    self = keyBytes.bigEndian(at: 0)
  }
}

/// A key that its owner has encoded already.
public struct ByteKey: TableKey, Hashable {
  /// The encoding: 1 to 511 bytes.
  public let bytes: [UInt8]

  /// A key of these bytes.
  ///
  /// - Parameter bytes: 1 to 511 bytes, encoded so that byte order is the order wanted.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Copies the key of an entry.
  public init(keyBytes: Span<UInt8>) {
    self.init(keyBytes.indices.map { keyBytes[$0] })
  }

  /// Calls `body` with the bytes.
  ///
  /// - Throws: What `body` throws.
  public func withKeyBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    try body(bytes.span)
  }
}
