import Crypto
public import Facts

/// Size and SHA-256 of a document that comes in pieces.
struct DocumentDigest {
  private var hash = SHA256()
  private var byteCount = 0

  mutating func update(_ bytes: ArraySlice<UInt8>) {
    byteCount += bytes.count
    // The hash only reads, and only during the call.
    unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
  }

  /// The hash of what came so far.
  var hexadecimal: String {
    hash.finalize().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
  }

  func document(name: String) -> Filing.Document {
    Filing.Document(name: name, byteCount: byteCount, sha256: hexadecimal)
  }
}

extension Filing.Document {
  /// The document in a file: its name, size and SHA-256.
  ///
  /// - Parameter path: The file; `-` for standard input.
  /// - Throws: An error with the path if it cannot be read: name another.
  /// - Complexity: O(*n*) in its length, in bounded memory.
  public init(reading path: String) throws {
    let file = try SourceFile(reading: path)
    var digest = DocumentDigest()
    while let piece = try file.nextPiece() { digest.update(piece[...]) }
    self = digest.document(
      name: path == "-" ? Self.standardInputName : String(path.split(separator: "/").last ?? "")
    )
  }

  /// The name of what comes through a pipe.
  public static var standardInputName: String { "standard-input" }
}
