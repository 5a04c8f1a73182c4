import Ledger
import Platform

/// The documents at hand, found by the SHA-256 that a filing has of them: whatever a file is called, only the document
/// that was read is shown.
public struct KeptDocuments: Sendable {
  private var paths: [String: String] = [:]

  /// How many files a folder may have.
  private static let fileCountMax = 100_000

  /// No documents.
  public init() {}

  /// The files of a folder and of those in it; names that begin with a dot are left out.
  ///
  /// - Throws: `FileFailure` if the folder or a file of it cannot be read, or if there are too many.
  /// - Complexity: O(*n*), for *n* bytes.
  public init(folder: String) throws {
    let files = try FileSystem.pathsBelow(folder).map { "\(folder)/\($0)" }
      .filter(FileSystem.isFile)
    guard files.count <= Self.fileCountMax else {
      throw FileFailure(
        path: folder,
        message: "it has more than \(Self.fileCountMax) files",
        remedy: "name a folder of the documents alone"
      )
    }
    for path in files {
      var checksum = Ledger.DocumentChecksum()
      try Input.read(path) { checksum.update(Array($0)) }
      paths[checksum.hexadecimal] = path
    }
  }

  /// How many there are.
  public var count: Int { paths.count }

  /// Whether a document is at hand.
  func contains(sha256: String) -> Bool { paths[sha256] != nil }

  /// The bytes of a document; `nil` if it is not at hand, or no longer what it was.
  func bytes(sha256: String) -> [UInt8]? {
    guard let path = paths[sha256], let bytes = try? Input.bytes(of: path),
      Ledger.checksum(of: bytes) == sha256
    else { return nil }
    return bytes
  }
}
