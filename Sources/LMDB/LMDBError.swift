import CLMDB
import LMDBPages
import Platform

/// A failed call of LMDB, or of the operating system on its files.
///
/// Codes below zero are LMDB's own; codes above zero are `errno` values.
public struct LMDBError: Error, Hashable, Sendable {
  /// The raw return code.
  public let code: CInt

  /// The function that failed, for example `"mdb_put"`.
  public let function: String

  /// What it failed on, where the call alone is not enough: a path, or the name of a table.
  public let subject: String?

  init(code: CInt, function: String, subject: String? = nil) {
    self.code = code
    self.function = function
    self.subject = subject
  }

  /// A failed call of the operating system.
  init(_ error: SystemError) {
    self.init(code: error.code, function: error.function, subject: error.path)
  }

  /// Pages that do not lead from one to the next.
  init(_ damage: DamagedTree) {
    self.init(code: MDB_CORRUPTED, function: "a walk along pages")
  }

  /// The data file has reached the size of its map: see ``Environment/growMap(to:)``.
  public var isMapFull: Bool { code == MDB_MAP_FULL }

  /// Another process grew the data file past this process's map.
  public var isMapResized: Bool { code == MDB_MAP_RESIZED }

  /// The process may not have so much address space; valgrind reports it with another code.
  var isMapRefused: Bool {
    [ErrorNumber.noMemory, ErrorNumber.invalidArgument].contains(code)
      && function == "mdb_env_open"
  }

  /// No space is left on the device, in the quota, or below the file size limit.
  public var isDiskFull: Bool {
    [ErrorNumber.noSpace, ErrorNumber.quotaExceeded, ErrorNumber.fileTooLarge].contains(code)
  }

  /// The data file holds what LMDB does not write.
  public var isDamage: Bool {
    [MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_CURSOR_FULL, MDB_PAGE_FULL].contains(code)
  }

  /// Another process is writing to the data file.
  public var isWriterBusy: Bool { code == ErrorNumber.wouldBlock && function == "flock" }

  /// A process of another container has the number of this one.
  var isNumberClash: Bool {
    code == ErrorNumber.wouldBlock && function == "mdb_txn_begin"
  }

  /// The file, its folder or its file system may not be written to.
  public var isReadOnly: Bool {
    [
      ErrorNumber.permissionDenied, ErrorNumber.notPermitted, ErrorNumber.readOnlyFileSystem,
    ].contains(code)
  }

  /// The data file has no table of the name that ``subject`` gives.
  public var isTableMissing: Bool { code == MDB_NOTFOUND && function == "mdb_dbi_open" }

  /// This process has the data file open already.
  public var isAlreadyOpen: Bool { code == ErrorNumber.busy && function == "Environment.init" }
}

extension LMDBError: CustomStringConvertible {
  /// What went wrong, and what to do about it.
  ///
  /// For example `mdb_put: MDB_MAP_FULL: Environment mapsize limit reached (-30792). The data file
  /// has reached the size of its map: grow the map, then write again.`
  public var description: String {
    let place = subject.map { "\(function) \($0)" } ?? function
    let failure = "\(place): \(unsafe String(cString: mdb_strerror(code))) (\(code))"
    return remedy.map { "\(failure). \($0)" } ?? failure
  }
}

/// Calls `body`, whose failures of the operating system become errors of this module.
func translatingErrors<Result: ~Copyable>(
  _ body: () throws(SystemError) -> Result
) throws(LMDBError) -> Result {
  do {
    return try body()
  } catch {
    throw LMDBError(error)
  }
}

/// Throws unless `code` is `MDB_SUCCESS`.
func check(
  _ code: CInt,
  _ function: StaticString,
  _ subject: @autoclosure () -> String? = nil
) throws(LMDBError) {
  guard code == MDB_SUCCESS else {
    throw LMDBError(code: code, function: "\(function)", subject: subject())
  }
}

/// Calls a function that makes a handle; returns the handle.
@unsafe
func make(
  _ function: StaticString,
  _ subject: @autoclosure () -> String? = nil,
  _ body: (inout OpaquePointer?) -> CInt
) throws(LMDBError) -> OpaquePointer {
  var handle: OpaquePointer?
  try unsafe check(body(&handle), function, subject())
  guard let handle = unsafe handle else { preconditionFailure("\(function) gave no handle") }
  return unsafe handle
}
