/// A SHA-256 value: a leaf, a node or the root of a Merkle tree, or a checksum.
public struct MerkleHash: Hashable, BitwiseCopyable, Sendable {
  /// How many bytes a hash has.
  public static let byteCount = 32

  // The bytes as they lie in memory, so that an array of hashes is the bytes of a tile.
  private var words: (UInt64, UInt64, UInt64, UInt64)

  /// Reads a hash from 32 bytes.
  ///
  /// Any other count is a bug, and stopped.
  public init(_ bytes: Span<UInt8>) {
    precondition(bytes.count == MerkleHash.byteCount, "A hash has 32 bytes.")
    // Any eight bytes are a UInt64, and the offsets are checked.
    let bytes = unsafe bytes.bytes
    words = unsafe (
      bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self),
      bytes.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self),
      bytes.unsafeLoadUnaligned(fromByteOffset: 16, as: UInt64.self),
      bytes.unsafeLoadUnaligned(fromByteOffset: 24, as: UInt64.self)
    )
  }

  /// Calls `body` with the 32 bytes.
  ///
  /// - Throws: Only what `body` throws.
  public func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let hash: InlineArray<1, MerkleHash> = [self]
    return try hash.span.withBytes(body)
  }

  /// The 32 bytes.
  public var bytes: [UInt8] { withBytes { bytes in bytes.indices.map { bytes[$0] } } }

  /// Whether two hashes are equal.
  public static func == (left: MerkleHash, right: MerkleHash) -> Bool {
    left.words == right.words
  }

  /// Feeds the first bytes to `hasher`: those of a hash are random already.
  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension MerkleHash: CustomStringConvertible {
  /// The hash as 64 lower-case hexadecimal digits.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    let text = bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }

  /// The hash as 64 lower-case hexadecimal digits.
  public var description: String { hexadecimal }

  /// Reads 64 hexadecimal digits of either case; `nil` for anything else.
  public init?(hexadecimal: some StringProtocol) {
    let digits = hexadecimal.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
    guard digits.count == 64, hexadecimal.utf8.count == 64 else { return nil }
    let bytes = (0..<32).map { UInt8(digits[2 * $0] << 4 | digits[2 * $0 + 1]) }
    self.init(bytes.span)
  }
}

extension Span<MerkleHash> {
  /// Calls `body` with the bytes of all hashes, one after another.
  ///
  /// - Throws: Only what `body` throws.
  public func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // A hash is 32 bytes without padding, and bytes may be read as UInt8.
    try unsafe withUnsafeBytes { raw throws(Failure) in
      try unsafe raw.withMemoryRebound(to: UInt8.self) { bytes throws(Failure) in
        try body(unsafe bytes.span)
      }
    }
  }
}
