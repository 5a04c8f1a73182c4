/// The bytes of a leaf while they are put together, with the prefix that they are hashed with already
/// in front.
///
///     var leaf = LeafBuffer()
///     leaf.append(line.span)
///     print(leaf.hash.hexadecimal)
///
/// One buffer serves for any number of leaves, one after another, without an allocation for each.
@safe
public struct LeafBuffer: ~Copyable {
  // The buffer owns its memory; every write makes sure before that there is room.
  @usableFromInline var start: UnsafeMutablePointer<UInt8>

  /// How many bytes there is room for, the prefix included.
  @usableFromInline var capacity: Int

  /// How many bytes there are, the prefix included.
  @usableFromInline var end = 1

  /// Starts with no bytes.
  public init() {
    capacity = 1024
    unsafe start = .allocate(capacity: capacity)
    unsafe start.initialize(to: MerkleHash.leafPrefix)
  }

  deinit { unsafe start.deallocate() }

  /// How many bytes the leaf has.
  public var count: Int { end - 1 }

  /// Takes all bytes away.
  @inlinable
  public mutating func removeAll() { end = 1 }

  /// The bytes of the leaf.
  public var bytes: Span<UInt8> {
    @_lifetime(borrow self)
    get { prefixedBytes.extracting(1..<end) }
  }

  /// The leaf hash of the bytes (RFC 6962 section 2.1).
  public var hash: MerkleHash { .leaf(prefixed: prefixedBytes) }

  private var prefixedBytes: Span<UInt8> {
    @_lifetime(borrow self)
    get {
      // The bytes up to `end` were written, and stay while the buffer is borrowed.
      let span = unsafe Span(_unsafeStart: start, count: end)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// Appends one byte.
  @inlinable
  public mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe start[end] = byte
    end += 1
  }

  /// Appends the bytes of a text that the program is written with.
  @inlinable
  public mutating func append(literal text: StaticString) {
    let count = text.utf8CodeUnitCount
    reserve(count)
    // A literal of more than one character lies in memory for ever.
    unsafe (start + end).update(from: text.utf8Start, count: count)
    end += count
  }

  /// Appends bytes.
  @inlinable
  public mutating func append(_ bytes: Span<UInt8>) {
    let count = bytes.count
    reserve(count)
    unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let first = bytes.baseAddress else { return }
      unsafe (start + end).update(from: first, count: count)
    }
    end += count
  }

  /// Appends a number in decimal digits.
  ///
  /// - Parameter digitCountMin: How many digits to write at least, with zeros in front; at most 20.
  @inlinable
  public mutating func append(decimal number: UInt64, digitCountMin: Int = 1) {
    var count = 1
    var bound: UInt64 = 10
    // A UInt64 has at most 20 digits, and 10^19 is the last power of ten that is one.
    while count < 20, number >= bound {
      count += 1
      bound = count < 20 ? bound * 10 : .max
    }
    count = max(count, digitCountMin)
    reserve(count)
    var rest = number
    var place = end + count
    while place > end {
      place -= 1
      unsafe start[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    end += count
  }

  @inlinable
  mutating func reserve(_ count: Int) {
    if capacity - end < count { grow(by: count) }
  }

  @usableFromInline
  mutating func grow(by count: Int) {
    capacity = max(2 * capacity, end + count)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    unsafe larger.update(from: start, count: end)
    unsafe start.deallocate()
    unsafe start = larger
  }
}
