import Crypto

// All hashing of the module, and all of its calls of swift-crypto, are in this file.

extension MerkleHash {
  /// The root of a tree without leaves: the hash of nothing (RFC 6962 section 2.1).
  public static let empty = Checksum().finalize()

  /// What the bytes of a leaf begin with, before they are hashed (RFC 6962 section 2.1).
  public static let leafPrefix: UInt8 = 0

  private static let nodePrefix: UInt8 = 1

  /// Hashes a leaf: SHA-256 of a zero byte and the bytes (RFC 6962 section 2.1).
  ///
  /// For an event, `printf '\0%s' "$line" | sha256sum`.
  public static func leaf(_ bytes: Span<UInt8>) -> MerkleHash {
    var checksum = Checksum()
    let prefix: InlineArray<1, UInt8> = [leafPrefix]
    checksum.update(prefix.span)
    checksum.update(bytes)
    return checksum.finalize()
  }

  /// Hashes a leaf whose bytes already have their prefix in front: the fast way for many.
  ///
  /// - Precondition: The first byte is ``leafPrefix``.
  public static func leaf(prefixed bytes: Span<UInt8>) -> MerkleHash {
    precondition(bytes[0] == leafPrefix, "a leaf begins with its prefix")
    var checksum = Checksum()
    checksum.update(bytes)
    return checksum.finalize()
  }

  /// Hashes an inner node: SHA-256 of a one byte and both hashes (RFC 6962 section 2.1).
  public static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
    var state = SHA256()
    // One call for all bytes: each has a cost of its own. The buffer has room for the three parts,
    // and lives as long as the call.
    unsafe withUnsafeTemporaryAllocation(byteCount: 65, alignment: 1) { buffer in
      unsafe buffer.storeBytes(of: nodePrefix, as: UInt8.self)
      unsafe buffer.storeBytes(of: left, toByteOffset: 1, as: MerkleHash.self)
      unsafe buffer.storeBytes(of: right, toByteOffset: 33, as: MerkleHash.self)
      unsafe state.update(bufferPointer: UnsafeRawBufferPointer(buffer))
    }
    return MerkleHash(state.finalize())
  }

  fileprivate init(_ digest: SHA256Digest) {
    // The span does not outlive the call, and a digest has 32 bytes.
    self = unsafe digest.withUnsafeBytes { digest in
      unsafe digest.withMemoryRebound(to: UInt8.self) { MerkleHash(unsafe $0.span) }
    }
  }
}

/// Computes SHA-256 of bytes that come in pieces.
///
///     var checksum = Checksum()
///     checksum.update(first.span)
///     checksum.update(second.span)
///     print(checksum.finalize().hexadecimal)
public struct Checksum: Sendable {
  private var state = SHA256()

  /// Starts with nothing.
  public init() {}

  /// Adds bytes at the end.
  public mutating func update(_ bytes: Span<UInt8>) {
    // SHA256 only reads, and only during the call.
    unsafe bytes.withUnsafeBytes { unsafe state.update(bufferPointer: $0) }
  }

  /// Adds the UTF-8 bytes of `text` at the end.
  public mutating func update(_ text: String) { update(text.utf8.span) }

  /// The hash of all bytes so far.
  public func finalize() -> MerkleHash { MerkleHash(state.finalize()) }
}
