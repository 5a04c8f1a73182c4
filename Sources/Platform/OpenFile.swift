import Glibc

/// A file that is open, and is closed when this leaves scope.
public struct OpenFile: ~Copyable, Sendable {
  /// Its number, good for as long as this is there.
  public let descriptor: FileDescriptor

  private var isOpen = true

  /// Opens a file for reading; no output of this process replaces it from now on.
  ///
  /// - Throws: ``SystemError``: ``ErrorNumber/noSuchFile`` if nothing is there.
  public init(reading path: String) throws(SystemError) {
    try self.init(path, O_RDONLY)
    FilesRead.note(descriptor)
  }

  /// Opens a file to see what it is; it may be replaced.
  ///
  /// - Throws: ``SystemError``: ``ErrorNumber/noSuchFile`` if nothing is there.
  public init(inspecting path: String) throws(SystemError) {
    try self.init(path, O_RDONLY | O_NONBLOCK)
  }

  /// Opens a device or a pipe for writing.
  ///
  /// - Throws: ``SystemError`` if it may not be written to.
  public init(writing path: String) throws(SystemError) {
    try self.init(path, O_WRONLY)
  }

  /// Makes a new, empty file and opens it for writing.
  ///
  /// - Parameters:
  ///   - path: Where nothing is yet.
  ///   - permissions: Who may read and write it, as `chmod` takes them; the process's mask takes some
  ///     away.
  /// - Throws: ``SystemError``: ``ErrorNumber/fileExists`` if something is there.
  public init(creating path: String, permissions: UInt32) throws(SystemError) {
    try self.init(path, O_CREAT | O_EXCL | O_WRONLY, permissions)
  }

  private init(_ path: String, _ flags: CInt, _ permissions: UInt32 = 0) throws(SystemError) {
    let number = uninterrupted { unsafe open(path, flags | O_CLOEXEC, permissions) }
    guard number >= 0 else { throw SystemError(code: errno, function: "open", path: path) }
    descriptor = FileDescriptor(rawValue: number, path: path)
  }

  /// Takes over a file that was opened elsewhere.
  init(owning descriptor: FileDescriptor) { self.descriptor = descriptor }

  /// Waits until everything that was written is on the disk.
  ///
  /// - Throws: ``SystemError`` if the disk reports an error.
  public borrowing func synchronize() throws(SystemError) { try descriptor.synchronize() }

  /// Whether another process holds a record lock (`fcntl`) on any byte of the file.
  ///
  /// - Throws: ``SystemError`` if the system does not answer.
  public borrowing func isLockedByAnother() throws(SystemError) -> Bool {
    try descriptor.isLockedByAnother()
  }

  /// Closes the file now, to learn of errors that only closing reveals.
  ///
  /// - Throws: ``SystemError`` if something that was written was lost.
  public consuming func close() throws(SystemError) {
    isOpen = false
    guard Glibc.close(descriptor.rawValue) == 0 else { throw descriptor.failure("close") }
  }

  deinit { if isOpen { Glibc.close(descriptor.rawValue) } }
}
