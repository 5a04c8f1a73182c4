import Glibc

/// Which file something is, whatever path leads to it.
public struct FileIdentity: Hashable, Sendable {
  private let device: UInt
  private let inode: UInt

  fileprivate init(_ info: stat) {
    (device, inode) = (UInt(info.st_dev), UInt(info.st_ino))
  }
}

/// What is at a path.
public struct FileStatus: Hashable, Sendable {
  /// Which kind of thing.
  public let kind: Kind

  /// Which one.
  public let identity: FileIdentity

  /// The kinds of things that a path can lead to.
  public enum Kind: Hashable, Sendable {
    case file, folder, link

    /// A device, a pipe or a socket.
    case other
  }

  fileprivate init(_ info: stat) {
    identity = FileIdentity(info)
    kind =
      switch info.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
  }
}

/// What can be done with paths, without opening what they lead to.
public enum FileSystem {
  /// What a path leads to.
  ///
  /// - Parameter followsLinks: Whether a symbolic link counts as what it leads to.
  /// - Throws: ``SystemError``: ``ErrorNumber/noSuchFile`` if nothing is there.
  public static func status(
    of path: String,
    followsLinks: Bool = true
  ) throws(SystemError) -> FileStatus {
    var info = stat()
    let code = unsafe followsLinks ? stat(path, &info) : lstat(path, &info)
    guard code == 0 else { throw failure(followsLinks ? "stat" : "lstat", path) }
    return FileStatus(info)
  }

  /// Whether something is at a path.
  public static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// The absolute path without symbolic links.
  ///
  /// - Throws: ``SystemError`` if nothing is there.
  public static func resolvingLinks(_ path: String) throws(SystemError) -> String {
    guard let resolved = unsafe realpath(path, nil) else { throw failure("realpath", path) }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// Makes an empty file, unless something is there: another process may have been faster.
  ///
  /// - Throws: ``SystemError`` if it cannot be made.
  public static func createFile(_ path: String, permissions: UInt32) throws(SystemError) {
    do {
      try OpenFile(creating: path, permissions: permissions).close()
    } catch {
      guard error.code == ErrorNumber.fileExists else { throw error }
    }
  }

  /// Makes a file with these bytes, all of them on the disk, or none.
  ///
  /// - Throws: ``SystemError``: of `open` if the file cannot be made, or something is there.
  public static func write(
    _ bytes: [UInt8],
    toNewFile path: String,
    permissions: UInt32
  ) throws(SystemError) {
    let file = try OpenFile(creating: path, permissions: permissions)
    do {
      try file.descriptor.write(bytes)
      try file.synchronize()
      try file.close()
    } catch {
      remove(path)
      throw error
    }
  }

  /// Takes a file's name away; does nothing if it has none.
  public static func remove(_ path: String) { unsafe unlink(path) }

  /// Gives a file another name, in one step, and takes that name from any other file.
  ///
  /// - Throws: ``SystemError`` if it cannot be done; then both names are as they were.
  public static func replace(_ path: String, with newFile: String) throws(SystemError) {
    guard unsafe rename(newFile, path) == 0 else { throw failure("rename", path) }
  }

  /// Gives a file a second name that nothing has yet; the first one stays.
  ///
  /// - Throws: ``SystemError``: ``ErrorNumber/fileExists`` if something has that name.
  public static func addName(_ path: String, to file: String) throws(SystemError) {
    guard unsafe link(file, path) == 0 else { throw failure("link", path) }
  }

  /// Waits until a file's name is on the disk, after it was made or changed.
  ///
  /// - Throws: ``SystemError`` if its folder cannot be opened, or the disk reports an error.
  public static func synchronizeName(of path: String) throws(SystemError) {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    try OpenFile(reading: folder).synchronize()
  }

  /// The folder for temporary files: `TMPDIR` of the environment, else `/tmp`.
  public static var temporaryFolder: String {
    guard let value = unsafe getenv("TMPDIR") else { return "/tmp" }
    let path = unsafe String(cString: value)
    return path.isEmpty ? "/tmp" : path
  }

  private static func failure(_ function: String, _ path: String) -> SystemError {
    SystemError(code: errno, function: function, path: path)
  }
}
