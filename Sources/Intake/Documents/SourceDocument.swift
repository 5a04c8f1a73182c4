import Archive
import Platform

/// A document as a user names it, of which nobody said yet what it is: a file or a folder.
public struct SourceDocument {
  /// The document, as the user named it; `-` is standard input.
  public let path: String

  let content: Content

  enum Content {
    /// A file, and the folder that it lies in, for files that it names.
    case file(RandomAccessBytes, beside: SourceFolder?)

    case folder(SourceFolder)
  }

  /// The document at `path`.
  ///
  /// - Throws: `FileFailure` if it cannot be read.
  public init(reading path: String) throws {
    self.path = path
    guard path == "-" || !FileSystem.isFolder(path) else {
      content = .folder(try Self.folder(path))
      return
    }
    let file = try RandomAccessFile(path)
    let bytes = RandomAccessBytes(count: file.byteCount) { try file.bytes(at: $0) }
    guard path != "-", FileSystem.isFile(path) else {
      content = .file(bytes, beside: nil)
      return
    }
    let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let outer = parent.isEmpty ? "." : parent == [""] ? "/" : parent.joined(separator: "/")
    content = .file(bytes, beside: try? SourceFolder(reading: outer))
  }

  /// A file of these bytes.
  public init(path: String, bytes: [UInt8]) {
    (self.path, content) = (path, .file(RandomAccessBytes(bytes), beside: nil))
  }

  /// A folder with its files; those in its folders, too, if it is a package.
  private static func folder(_ path: String) throws -> SourceFolder {
    let outer = path.hasSuffix("/") ? path : path + "/"
    guard FileSystem.isFolder(outer + "META-INF") else { return try SourceFolder(reading: path) }
    let names = try FileSystem.pathsBelow(outer).filter { FileSystem.isFile(outer + $0) }
    return SourceFolder(path: path, names: names) { name, body in
      try Input.read(outer + name, body)
    }
  }
}

extension SourceFile {
  /// A file whose bytes lie at hand.
  init(path: String, _ bytes: RandomAccessBytes) {
    var start = 0
    self.init(path: path) {
      guard start < bytes.count else { return nil }
      defer { start = min(start + Self.pieceByteCount, bytes.count) }
      return try bytes.read(start..<min(start + Self.pieceByteCount, bytes.count))
    }
  }

  private static let pieceByteCount = 1 << 18
}
