import CPlatform
import Glibc

/// The number by which the operating system knows an open file.
///
/// It does not keep the file open: that is for whoever opened it, for example an ``OpenFile``.
public struct FileDescriptor: Hashable, Sendable {
  /// The number.
  public let rawValue: CInt

  /// What errors call the file; `nil` if it has no name.
  public let path: String?

  /// The descriptor of a file that somebody else holds open.
  public init(rawValue: CInt, path: String? = nil) {
    (self.rawValue, self.path) = (rawValue, path)
  }

  /// Where this process reads what it is given.
  public static let standardInput = FileDescriptor(rawValue: STDIN_FILENO, path: "standard input")

  /// Where this process writes its output.
  public static let standardOutput = FileDescriptor(
    rawValue: STDOUT_FILENO,
    path: "standard output"
  )

  /// Where this process writes its errors.
  public static let standardError = FileDescriptor(rawValue: STDERR_FILENO, path: "standard error")

  func failure(_ function: String) -> SystemError {
    SystemError(code: errno, function: function, path: path)
  }
}

// Reading and writing.
extension FileDescriptor {
  /// The bytes at a place of the file: fewer than asked for where it ends before.
  ///
  /// - Parameters:
  ///   - offset: The first byte, from 0.
  ///   - count: How many bytes at most.
  /// - Throws: ``SystemError`` if the file cannot be read.
  public func bytes(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    var isFailed = false
    // The buffer is written before its count is set.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, readCount in
      while readCount < count {
        let rest = unsafe UnsafeMutableBufferPointer(rebasing: buffer[readCount...])
        let step = uninterrupted {
          unsafe pread(rawValue, rest.baseAddress, rest.count, off_t(offset + readCount))
        }
        isFailed = step < 0
        guard step > 0 else { break }
        readCount += step
      }
    }
    guard !isFailed else { throw failure("pread") }
    return bytes
  }

  /// The next bytes of the file, waiting for some; none at its end.
  ///
  /// - Parameter byteCountMax: How many at most; at least 1.
  /// - Throws: ``SystemError`` if the file cannot be read.
  public func read(byteCountMax: Int) throws(SystemError) -> [UInt8] {
    var count = 0
    // The buffer is written before its count is set.
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: byteCountMax) { buffer, readCount in
      count = uninterrupted { unsafe Glibc.read(rawValue, buffer.baseAddress, buffer.count) }
      readCount = max(count, 0)
    }
    guard count >= 0 else { throw failure("read") }
    return bytes
  }

  /// Writes all of `bytes` after what was written before.
  ///
  /// - Throws: ``SystemError`` if they cannot all be written; some of them may have been.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes[done...].withUnsafeBytes { rest in
        uninterrupted { unsafe Glibc.write(rawValue, rest.baseAddress, rest.count) }
      }
      guard count >= 0 else { throw failure("write") }
      done += count
    }
  }

  /// Waits until everything that was written is on the disk.
  ///
  /// - Throws: ``SystemError`` if the disk reports an error.
  public func synchronize() throws(SystemError) {
    guard uninterrupted({ fsync(rawValue) }) == 0 else { throw failure("fsync") }
  }
}

// What the operating system knows about the file.
extension FileDescriptor {
  /// What it leads to.
  ///
  /// - Throws: ``SystemError`` if the system does not answer.
  public func status() throws(SystemError) -> FileStatus {
    var info = stat()
    guard unsafe fstat(rawValue, &info) == 0 else { throw failure("fstat") }
    return FileStatus(info)
  }

  /// Gives the file the permissions of another, and its owner where this user may do so.
  ///
  /// - Throws: ``SystemError`` if the file system keeps no permissions.
  func takePermissions(of other: FileStatus) throws(SystemError) {
    let own = try status()
    if own.owner != other.owner { _ = fchown(rawValue, other.owner.user, other.owner.group) }
    guard fchmod(rawValue, other.permissions) == 0 else { throw failure("fchmod") }
  }

  /// The size of the file.
  ///
  /// - Throws: ``SystemError`` if the system does not answer.
  public func byteCount() throws(SystemError) -> Int {
    var info = stat()
    guard unsafe fstat(rawValue, &info) == 0 else { throw failure("fstat") }
    return Int(info.st_size)
  }

  /// How many bytes this user can still write to the file's device; `nil` if the system does not
  /// answer.
  public var availableByteCount: Int? {
    var info = statvfs()
    guard unsafe fstatvfs(rawValue, &info) == 0 else { return nil }
    let (count, isOverflow) = info.f_bavail.multipliedReportingOverflow(by: info.f_frsize)
    return isOverflow ? .max : Int(clamping: count)
  }

  /// Whether it is a terminal, which a person watches.
  public var isTerminal: Bool { isatty(rawValue) == 1 }

  /// How many characters a line of the terminal has, and how many lines it shows; `nil` if it is none or
  /// does not tell.
  public var terminalSize: (columnCount: Int, lineCount: Int)? {
    var size = winsize()
    guard unsafe ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
    else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Takes a lock on the whole file that no other process can have meanwhile, and that the system
  /// gives back when the process ends (`flock`).
  ///
  /// - Parameter waits: Whether to wait for another process that has it.
  /// - Throws: ``SystemError``: ``ErrorNumber/wouldBlock`` if another process has it and is not to be
  ///   waited for.
  public func lock(waits: Bool) throws(SystemError) {
    let operation = waits ? LOCK_EX : LOCK_EX | LOCK_NB
    guard uninterrupted({ flock(rawValue, operation) }) == 0 else { throw failure("flock") }
  }

  /// Gives back the lock that ``lock(waits:)`` took.
  public func unlock() { flock(rawValue, LOCK_UN) }

  /// Whether another process holds a record lock (`fcntl`) on any byte of the file.
  ///
  /// - Throws: ``SystemError`` if the system does not answer.
  public func isLockedByAnother() throws(SystemError) -> Bool {
    var lock = Glibc.flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)  // From 0, length 0: the whole file.
    guard unsafe fcntl(rawValue, F_GETLK, &lock) == 0 else { throw failure("fcntl") }
    return lock.l_type != Int16(F_UNLCK)
  }
}

// Locks that belong to the open file, and not to the process number.
extension FileDescriptor {
  /// Where the bytes of ``share(with:)`` begin: far beyond the end of any file.
  private static let firstShare: UInt64 = 1 << 62

  /// Takes a shared lock for all who open the file together with `companion`, for as long as the file is
  /// open, and says whether nobody has one for another companion.
  ///
  /// So two names of one file are told apart that have a lock file each: a bind mount of a file has such
  /// a name.
  ///
  /// - Parameter companion: The lock file that is used.
  /// - Throws: ``SystemError`` if the system does not answer.
  public func share(with companion: FileIdentity) throws(SystemError) -> Bool {
    let own = Self.firstShare + companion.mixed
    do throws(SystemError) {
      _ = try openFileLock(ASSAY_F_OFD_SETLK, F_RDLCK, own..<own + 1)
      let last = Self.firstShare + (1 << 61)
      let isFirst = try openFileLock(ASSAY_F_OFD_GETLK, F_WRLCK, Self.firstShare..<own)
      let isLast = try openFileLock(ASSAY_F_OFD_GETLK, F_WRLCK, own + 1..<last)
      return isFirst && isLast
    } catch {
      // Systems that know no such locks, and file systems that keep none.
      guard error.code == EINVAL || error.code == ENOLCK else { throw error }
      return true
    }
  }

  /// Takes or asks for a lock on bytes; returns whether there is none of others in the way.
  private func openFileLock(
    _ command: CInt,
    _ type: CInt,
    _ bytes: Range<UInt64>
  ) throws(SystemError) -> Bool {
    guard !bytes.isEmpty else { return true }
    var lock = Glibc.flock()
    lock.l_type = Int16(type)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = off_t(bytes.lowerBound)
    lock.l_len = off_t(bytes.count)
    let code = uninterrupted { unsafe fcntl(rawValue, command, &lock) }
    guard code == 0 else { throw failure("fcntl") }
    return lock.l_type == Int16(F_UNLCK) || lock.l_type == Int16(F_RDLCK) && type == F_RDLCK
  }

  /// Cuts the file off, or makes it longer with zeros.
  ///
  /// - Throws: ``SystemError`` if it may not be written.
  public func truncate(to byteCount: Int) throws(SystemError) {
    guard uninterrupted({ ftruncate(rawValue, off_t(byteCount)) }) == 0 else {
      throw failure("ftruncate")
    }
  }
}
