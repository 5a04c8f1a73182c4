import CLMDB

// Every pointer that enters or leaves LMDB's data does so in this file.

extension Span<UInt8> {
  /// The bytes LMDB pointed `value` at.
  ///
  /// The caller is responsible for how long they live.
  @unsafe @_lifetime(immortal)
  init(mapped value: MDB_val) {
    // LMDB fills `value` with its length and its place in the map or in a dirty page.
    let start = unsafe value.mv_data.assumingMemoryBound(to: UInt8.self)
    let span = unsafe Span(_unsafeStart: start, count: value.mv_size)
    self = unsafe _overrideLifetime(span, borrowing: ())
  }

  func elementsEqual(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for i in indices where self[i] != other[i] { return false }
    return true
  }
}

extension MDB_val {
  /// LMDB declares its inputs mutable but does not write through them.
  @unsafe
  init(_ buffer: UnsafeBufferPointer<UInt8>) {
    unsafe self.init(
      mv_size: buffer.count,
      mv_data: UnsafeMutableRawPointer(mutating: buffer.baseAddress)
    )
  }
}
