import FoundationEssentials
import Intake
import Platform

/// Files that a command reads.
enum Input {
  /// The bytes of a file; of standard input for `-`.
  static func bytes(of path: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try read(path) { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Calls `body` with the bytes of a file, in order, in pieces; of standard input for `-`.
  static func read(_ path: String, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    let nextPiece = try pieces(of: path)
    while let piece = try nextPiece() { try body(piece[...]) }
  }

  /// Gives the bytes of a file, in order, in pieces, and `nil` at its end; of standard input for
  /// `-`.
  static func pieces(of path: String) throws -> () throws -> [UInt8]? {
    let file = try InputFile(path)
    return { try file.nextPiece() }
  }

  /// The file at `path`, for an importer; standard input for `-`.
  static func file(_ path: String) throws -> SourceFile {
    SourceFile(path: path, nextPiece: try pieces(of: path))
  }

  /// The folder at `path`, for an importer: the files in it, but not in its folders.
  static func folder(_ path: String) throws -> SourceFolder {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
      throw FileFailure(
        path: path,
        message: isFolder ? "it cannot be read" : "there is no such folder",
        remedy: "name a folder with the files of one filing"
      )
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { name in
      var isFolder = false
      return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
        && !isFolder && !name.hasPrefix(".")
    }
    return SourceFolder(path: path, names: names) { name, body in
      try read("\(path)/\(name)", body)
    }
  }

  /// The files that a path names: itself, or, sorted, all files of events in the folder and its
  /// folders: those that end in `.jsonl` or `.json`, but not the schemas of such files.
  static func eventFiles(at path: String) throws -> [String] {
    var isFolder = false
    guard path != "-", FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      isFolder
    else { return [path] }
    // With the slash, a link to a folder is that folder.
    let folder = path.hasSuffix("/") ? path : path + "/"
    let found = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { name in
      (name.hasSuffix(".jsonl") || name.hasSuffix(".json")) && !name.hasSuffix(".schema.json")
        && !name.contains("/.") && !name.hasPrefix(".")
    }
    guard !found.isEmpty else {
      throw FileFailure(
        path: path,
        message: "the folder holds no file that ends in .jsonl or .json",
        remedy: "name a folder of events"
      )
    }
    return found.sorted().map { folder + $0 }
  }
}

/// A file that is read from its start to its end.
private final class InputFile {
  /// `nil` for standard input.
  private let file: OpenFile?
  private let descriptor: FileDescriptor
  private static let pieceByteCount = 1 << 18
  private static let remedy = "name a file that can be read"

  init(_ path: String) throws {
    guard path != "-" else {
      file = nil
      descriptor = .standardInput
      return
    }
    do {
      let file = try OpenFile(reading: path)
      descriptor = file.descriptor
      self.file = consume file
    } catch {
      throw FileFailure(error, remedy: Self.remedy)
    }
  }

  func nextPiece() throws -> [UInt8]? {
    do {
      let piece = try descriptor.read(byteCountMax: Self.pieceByteCount)
      return piece.isEmpty ? nil : piece
    } catch {
      throw FileFailure(error, remedy: Self.remedy)
    }
  }
}
