import CPlatform
import Glibc

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

  /// Takes a file's name away; does nothing if it has none.
  public static func remove(_ path: String) { unsafe unlink(path) }

  /// Gives a file another name, in one step, and takes that name from any other file.
  ///
  /// - Throws: ``SystemError`` if it cannot be done; then both names are as they were.
  public static func replace(_ path: String, with newFile: String) throws(SystemError) {
    guard unsafe Glibc.rename(newFile, path) == 0 else { throw failure("rename", path) }
  }

  /// Gives a file another name, in one step, unless something has that name.
  ///
  /// - Throws: ``SystemError``: ``ErrorNumber/fileExists`` if something has that name; then both are as
  ///   they were.
  public static func rename(_ file: String, toNew path: String) throws(SystemError) {
    guard unsafe assay_rename_without_replacing(file, path) != 0 else { return }
    guard errno == EINVAL else { throw failure("renameat2", path) }
    // Some file systems cannot rename so; a second name for the file does not replace, either.
    guard unsafe link(file, path) == 0 else { throw failure("link", path) }
    remove(file)
  }

  /// Waits until a file's name is on the disk, after it was made or changed.
  ///
  /// - Throws: ``SystemError`` if its folder cannot be opened, or the disk reports an error.
  public static func synchronizeName(of path: String) throws(SystemError) {
    try synchronizeFolder(folder(of: path))
  }

  /// Waits until the names in a folder are on the disk, after some were made or changed.
  ///
  /// - Throws: ``SystemError`` if it cannot be opened, or the disk reports an error.
  public static func synchronizeFolder(_ folder: String) throws(SystemError) {
    do {
      try OpenFile(reading: folder).synchronize()
    } catch {
      // Some file systems have no names that could wait.
      guard error.function == "fsync", error.code == EINVAL else { throw error }
    }
  }

  /// The folder that a path is in: `.` for a name alone.
  public static func folder(of path: String) -> String {
    let end = path.lastIndex { $0 != "/" } ?? path.startIndex
    guard let slash = path[...end].lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A name for a file under way, in the folder of `path`, which nothing has.
  public static func temporaryPath(for path: String) -> String {
    let number = String(UInt64.random(in: 0 ... .max), radix: 36)
    return "\(folder(of: path))/.assay-\(ThisProcess.identifier)-\(number).tmp"
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
