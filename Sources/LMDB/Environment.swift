import CLMDB
import LMDBPages
import Platform
import Synchronization

/// An open LMDB data file: one memory map, shared by every thread of this process.
///
/// Open a file once, at start, and keep the environment until the end. Every read and every write
/// is a transaction, begun and ended inside one synchronous function.
@safe
public final class Environment: Sendable {
  /// `MDB_env *` may be used from any thread of the process that opened it.
  nonisolated(unsafe) let handle: OpaquePointer

  /// Which one it is: for tables, which belong to it alone.
  let id = EnvironmentID()

  /// The thread that is writing: LMDB deadlocks on reentrancy, we trap.
  let writer = Atomic<ThreadID>(.none)

  /// The transactions that are open in this process.
  let gate = TransactionGate()

  /// Held while tables are opened: LMDB allows one such transaction at a time.
  let tableOpening = Mutex<Void>(())

  /// The check of the pages that the writer touches, and what it found; `nil` for no check.
  let touchedPages = Mutex<TouchedPages?>(nil)
  let touchedDamage = Mutex<DamagedPage?>(nil)

  /// What it may do with its data file.
  public let access: Access

  /// The data file, without symbolic links.
  let path: String

  /// The size of a page of the data file, where pages lie at multiples of it in memory; else 0.
  let pageByteCount: Int

  private let claim: DataFileClaim

  /// The largest map there can be, in bytes: half of what a process can address here.
  public static let mapByteCountMax = MetaPage.mapByteCountMax

  /// A map no larger than this that is refused is refused for good.
  private static let mapByteCountRefused = 16 << 20

  /// New files belong to their user alone.
  static let filePermissions: UInt32 = 0o600

  /// How an environment is opened.
  public struct Options: Sendable {
    /// The largest size the data file can reach, in bytes: up to ``mapByteCountMax``.
    ///
    /// Address space, not disk: choose it generously, because growing it needs a moment with no
    /// transaction open. Where a process may not have so much, the map is smaller.
    public var mapByteCount = 64 << 30

    /// How many tables can be open.
    public var tableCountMax: UInt32 = 32

    /// How many read transactions can be open at once, over all processes.
    ///
    /// The first process to open a file decides.
    public var readerCountMax: UInt32 = 256

    /// The defaults.
    public init() {}
  }

  /// Opens the data file at `path`, with its lock file beside it (`path` + `-lock`).
  ///
  /// What LMDB would believe of the file is checked before it is mapped: a file that is cut off, or
  /// that another program wrote, throws. Reader slots that killed processes left are freed.
  ///
  /// A lock file that cannot be made, because the folder is read-only, is no obstacle to reading:
  /// then nobody writes there.
  ///
  /// - Parameters:
  ///   - path: A file on a local file system. Its folder must exist. One file has one name: give it
  ///     no second one with a hard link, because the lock file would be another.
  ///   - access: Reading or writing, and whether to create the file.
  ///   - options: Sizes, fixed for as long as the environment is open, except the map's.
  /// - Throws: ``DataFileError`` for a file that is missing, no LMDB file, cut off or damaged;
  ///   ``LMDBError`` for everything else. It has `EBUSY` (``LMDBError/isAlreadyOpen``) if this
  ///   process already has the file open: LMDB would allow it, and silently reset the table that
  ///   protects live readers.
  /// - Complexity: O(1); for a healthy file whose last pages are free, O(*f*), for *f* free pages.
  public init(path: String, access: Access, options: Options = Options()) throws {
    precondition((1...Self.mapByteCountMax).contains(options.mapByteCount), "no such map size")
    claim = try DataFileClaim(path, access: access)
    self.access = access
    do {
      // Before LMDB opens it: closing a file drops the process's locks on it.
      do {
        try DataFile.check(path: path, mayBeEmpty: access == .create)
      } catch let error as SystemError {
        throw LMDBError(error)
      }
      // Without symbolic links, so that all names of a file share one lock file.
      self.path = try translatingErrors { () throws(SystemError) in
        try FileSystem.resolvingLinks(path)
      }
      unsafe handle = try Self.open(self.path, access, options)
      do {
        try unsafe Self.checkLockFile(self.path, handle)
      } catch {
        unsafe mdb_env_close(handle)
        throw error
      }
      for path in [self.path, LockFile.path(of: self.path)] { FilesRead.noteHeld(path) }
      var stat = MDB_stat()
      unsafe mdb_env_stat(handle, &stat)  // Of an open environment: cannot fail.
      // The map itself lies at a multiple of the machine's page size.
      pageByteCount = Int(stat.ms_psize) <= ThisProcess.memoryPageByteCount ? Int(stat.ms_psize) : 0
    } catch {
      claim.release()  // A class whose init throws early never runs its deinit.
      throw error
    }
  }

  @unsafe
  private static func open(
    _ path: String,
    _ access: Access,
    _ options: Options
  ) throws(LMDBError) -> OpaquePointer {
    let flags = MDB_NOTLS | MDB_NOSUBDIR
    guard access == .readOnly else { return try unsafe open(path, flags, options) }
    do {
      return try unsafe open(path, flags | MDB_RDONLY, options)
    } catch {
      guard error.isReadOnly, !LockFile.isInUse(path: LockFile.path(of: path)) else { throw error }
      return try unsafe open(path, flags | MDB_RDONLY | MDB_NOLOCK, options)
    }
  }

  /// Checks that all who have the data file open use one lock file.
  ///
  /// A bind mount gives a file a second name, with another lock file beside it: writers would overwrite
  /// each other's pages.
  @unsafe
  private static func checkLockFile(_ path: String, _ handle: OpaquePointer) throws {
    // Without a lock file nobody writes there.
    guard let lockFile = try? FileSystem.status(of: LockFile.path(of: path)) else { return }
    let descriptor = try unsafe descriptor(handle)
    let isOnly = try translatingErrors { () throws(SystemError) in
      try descriptor.share(with: lockFile.identity)
    }
    guard isOnly else { throw DataFileError(code: .openByAnotherName, path: path) }
  }

  /// Opens with the map asked for, or with a smaller one where a process may not have so much
  /// address space: under `ulimit -v`, or in valgrind.
  @unsafe
  private static func open(
    _ path: String,
    _ flags: CInt,
    _ options: Options
  ) throws(LMDBError) -> OpaquePointer {
    var options = options
    while true {
      do {
        return try unsafe openOnce(path, flags, options)
      } catch {
        guard error.isMapRefused, options.mapByteCount > mapByteCountRefused else { throw error }
        options.mapByteCount /= 2
      }
    }
  }

  @unsafe
  private static func openOnce(
    _ path: String,
    _ flags: CInt,
    _ options: Options
  ) throws(LMDBError) -> OpaquePointer {
    let handle = try unsafe make("mdb_env_create") { unsafe mdb_env_create(&$0) }
    do {
      let (mapByteCount, readerCountMax) = (options.mapByteCount, options.readerCountMax)
      try unsafe check(mdb_env_set_mapsize(handle, mapByteCount), "mdb_env_set_mapsize")
      try unsafe check(mdb_env_set_maxdbs(handle, options.tableCountMax), "mdb_env_set_maxdbs")
      try unsafe check(mdb_env_set_maxreaders(handle, readerCountMax), "mdb_env_set_maxreaders")
      let code = unsafe mdb_env_open(handle, path, UInt32(flags), filePermissions)
      try check(code, "mdb_env_open", path)
      var deadReaderCount: CInt = 0
      try unsafe check(mdb_reader_check(handle, &deadReaderCount), "mdb_reader_check", path)
      return unsafe handle
    } catch {
      unsafe mdb_env_close(handle)  // Required after a failed open, too.
      throw error
    }
  }

  deinit { claim.release { unsafe mdb_env_close(handle) } }
}

extension Environment {
  /// Begins a read of the newest committed snapshot.
  ///
  /// Keep it short: until it ends, no page freed after it began can be reused, and the file grows.
  ///
  /// - Throws: ``LMDBError``: `MDB_READERS_FULL` if every reader slot is taken.
  /// - Complexity: O(1).
  @available(*, noasync, message: "begin and end a transaction inside one synchronous function")
  @_lifetime(borrow self)
  public borrowing func beginRead() throws(LMDBError) -> ReadTransaction {
    try ReadTransaction(self)
  }

  /// Waits for the single writer slot of the file, over all processes, then begins a write.
  ///
  /// - Parameter waits: Whether to wait for another process that writes.
  /// - Precondition: This thread has no write transaction open.
  /// - Throws: ``LMDBError``: `EACCES` if the environment is ``Access/readOnly``;
  ///   ``LMDBError/isWriterBusy`` if another process writes and is not to be waited for.
  /// - Complexity: O(1), after the wait.
  @available(*, noasync, message: "the write lock belongs to a thread: never await while writing")
  @_lifetime(borrow self)
  public borrowing func beginWrite(waits: Bool = true) throws(LMDBError) -> WriteTransaction {
    try WriteTransaction(self, waits: waits)
  }
}
