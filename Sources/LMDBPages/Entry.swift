/// A key and its value, where they lie in memory: nothing is copied.
///
/// It cannot outlive the transaction that it was read in.
public struct Entry: ~Escapable {
  /// The encoded key.
  public let key: Span<UInt8>

  /// The value, at any address: use ``Swift/Span/littleEndian(_:at:)`` for its integers.
  public let value: Span<UInt8>

  /// An entry whose key and value lie there.
  @inlinable @_lifetime(copy key, copy value)
  public init(key: Span<UInt8>, value: Span<UInt8>) {
    self.key = key
    self.value = value
  }
}
