import Facts
import FoundationEssentials
import Glibc
import Intake

/// Standard output, standard error and the clock.
enum Console {
  /// Writes an error to standard error, a line for each part of it.
  static func report(_ error: any Error) {
    for line in "\(error)".split(separator: "\n", omittingEmptySubsequences: false) {
      note("assay: \(line.printable)")
    }
  }

  /// Writes a line to standard error.
  static func note(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    // Where standard error is closed, nobody can be told.
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Replaces the line that tells how far long work has come; an empty text clears it.
  static func progress(_ text: String) {
    let bytes = Array("\r\u{1B}[K\(text)".utf8)
    // Progress that cannot be shown is no failure.
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// Whether a person watches standard error.
  static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// The time now, to the microsecond.
  static var now: Timestamp {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }
}

extension StringProtocol {
  /// The text with its control characters as escapes: what a document says must not command a
  /// terminal.
  fileprivate var printable: String {
    var text = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar.properties.generalCategory == .control {
        let digits = String(scalar.value, radix: 16)
        text.append(contentsOf: "\\x\(scalar.value < 16 ? "0" : "")\(digits)".unicodeScalars)
      } else {
        text.append(scalar)
      }
    }
    return String(text)
  }
}

/// What could not be read or written, and why.
struct FileFailure: Error, CustomStringConvertible {
  let path: String
  let message: String
  let remedy: String

  var description: String { "\(path): \(message); \(remedy)" }

  /// The failure that `errno` tells of.
  init(path: String, errno code: CInt, remedy: String) {
    self.path = path
    // The text belongs to the C library and is copied at once.
    message = unsafe String(cString: strerror(code))
    self.remedy = remedy
  }

  init(path: String, message: String, remedy: String) {
    self.path = path
    self.message = message
    self.remedy = remedy
  }
}

/// Where a command's output goes: standard output, or a file that appears when it is whole.
///
/// What is no file, a device or a pipe, is written to as it is: it must not become one.
final class Output {
  private let path: String?

  /// What is written to; `path` itself for a device or a pipe.
  private let temporaryPath: String
  private let descriptor: CInt
  private var isFinished = false

  /// - Parameter path: The file; `nil` for standard output.
  init(path: String?) throws {
    guard let path = path.map(Self.withoutLinks) else {
      self.path = nil
      (temporaryPath, descriptor) = ("standard output", STDOUT_FILENO)
      return
    }
    self.path = path
    let kind = Self.kind(of: path)
    guard kind == nil || kind == S_IFREG else {
      temporaryPath = path
      descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw FileFailure(path: path, errno: errno, remedy: "name a file that can be written")
      }
      return
    }
    temporaryPath = path + ".tmp\(getpid())"
    Crash.deletes(temporaryPath)
    descriptor = unsafe open(temporaryPath, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw FileFailure(path: path, errno: errno, remedy: "name a file that can be written")
    }
  }

  /// What a path leads to, if that is there: a link stays, and what it leads to is written.
  private static func withoutLinks(_ path: String) -> String {
    var status = stat()
    guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK,
      let resolved = unsafe realpath(path, nil)
    else { return path }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Which kind of thing the path leads to, as `S_IFREG`; `nil` if there is nothing.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  func write(_ bytes: [UInt8]) throws {
    var offset = 0
    while offset < bytes.count {
      let rest = bytes[offset...]
      let count = unsafe rest.withUnsafeBytes { bytes in
        unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
      }
      guard count >= 0 || errno == EINTR else {
        throw FileFailure(path: path ?? temporaryPath, errno: errno, remedy: "make room for it")
      }
      offset += max(count, 0)
    }
  }

  /// Gives the file its name.
  func finish() throws {
    isFinished = true
    guard let path else { return }
    guard path != temporaryPath else {
      guard close(descriptor) == 0 else {
        throw FileFailure(path: path, errno: errno, remedy: "name a file that can be written")
      }
      return
    }
    defer { Crash.deletes(nil) }
    guard close(descriptor) == 0, unsafe rename(temporaryPath, path) == 0 else {
      let code = errno
      unsafe unlink(temporaryPath)
      throw FileFailure(path: path, errno: code, remedy: "name a file that can be written")
    }
  }

  deinit {
    guard let path, !isFinished else { return }
    close(descriptor)
    guard path != temporaryPath else { return }
    Crash.deletes(nil)
    unsafe unlink(temporaryPath)
  }
}

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
  private let path: String
  private let descriptor: CInt
  private static let pieceByteCount = 1 << 18

  init(_ path: String) throws {
    guard path != "-" else {
      (self.path, descriptor) = ("standard input", STDIN_FILENO)
      return
    }
    self.path = path
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure }
  }

  deinit { if descriptor > STDIN_FILENO { close(descriptor) } }

  private var failure: FileFailure {
    FileFailure(path: path, errno: errno, remedy: "name a file that can be read")
  }

  func nextPiece() throws -> [UInt8]? {
    while true {
      var count = 0
      // The buffer is written before its count says so.
      let piece = unsafe [UInt8](unsafeUninitializedCapacity: Self.pieceByteCount) { buffer, done in
        unsafe count = read(descriptor, buffer.baseAddress, buffer.count)
        done = max(count, 0)
      }
      if count > 0 { return piece }
      if count == 0 { return nil }
      guard errno == EINTR else { throw failure }
    }
  }
}
