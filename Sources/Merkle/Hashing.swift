import Crypto

// All hashing of the module, and all of its calls of swift-crypto, are in this file.

extension MerkleHash {
  /// The root of a tree without leaves: the hash of nothing (RFC 6962 section 2.1).
  public static let empty = Checksum().finalize()

  /// Hashes a leaf: SHA-256 of a zero byte and the bytes (RFC 6962 section 2.1).
  ///
  /// For an event, `printf '\0%s' "$line" | sha256sum`.
  public static func leaf(_ bytes: Span<UInt8>) -> MerkleHash {
    var checksum = Checksum()
    let prefix: InlineArray<1, UInt8> = [0]
    checksum.update(prefix.span)
    checksum.update(bytes)
    return checksum.finalize()
  }

  /// Hashes an inner node: SHA-256 of a one byte and both hashes (RFC 6962 section 2.1).
  public static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
    var checksum = Checksum()
    let prefix: InlineArray<1, UInt8> = [1]
    let children: InlineArray<2, MerkleHash> = [left, right]
    checksum.update(prefix.span)
    children.span.withBytes { checksum.update($0) }
    return checksum.finalize()
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
  public func finalize() -> MerkleHash {
    let digest = state.finalize()
    // The span does not outlive the call.
    return unsafe digest.withUnsafeBytes { digest in
      unsafe digest.withMemoryRebound(to: UInt8.self) { MerkleHash(unsafe $0.span) }
    }
  }
}
