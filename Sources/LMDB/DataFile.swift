import Glibc

/// A data file, read with plain system calls before LMDB maps it.
///
/// LMDB believes what the file says: a file that is cut off ends in `SIGBUS`, a wrong page number in
/// `abort`. What it would believe is checked here first.
///
/// Only for a file that this process has not open: closing it drops this process's locks on it.
struct DataFile: ~Copyable {
  private let path: String
  private let descriptor: CInt

  /// Opens the file at `path` for reading.
  init(path: String) throws(LMDBError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw LMDBError(code: errno, function: "open", subject: path)
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Throws unless LMDB can map the file at `path` safely.
  ///
  /// - Throws: ``DataFileError``; ``LMDBError`` if the file cannot be read.
  static func check(path: String, access: Access) throws {
    let file = try DataFile(path: path)
    for _ in 1..<attemptCount {
      do {
        return try file.check(access: access)
      } catch is DataFileError {
        // Another process may be creating it, or amid a commit: look again before complaining.
        usleep(retryMicroseconds)
      }
    }
    try file.check(access: access)
  }

  private static let attemptCount = 3
  private static let retryMicroseconds: UInt32 = 500

  private borrowing func check(access: Access) throws {
    var start = try bytes(at: 0, count: 2 * MetaPage.usualPageByteCount)
    guard !start.isEmpty else {
      if access == .create { return }  // LMDB makes a new data file of it.
      throw error(.empty)
    }
    let pageByteCount = try MetaPage.pageByteCount(start, path: path)
    if pageByteCount != MetaPage.usualPageByteCount {
      start = try bytes(at: 0, count: 2 * pageByteCount)  // Both in one read: no commit between.
    }
    guard start.count == 2 * pageByteCount else {
      throw error(.truncated(expectedByteCount: 2 * pageByteCount, actualByteCount: start.count))
    }
    let newest = try MetaPage.newest(in: start, pageByteCount: pageByteCount, path: path)
    try checkLength(newest)
  }

  /// Throws unless every page in use is in the file.
  ///
  /// LMDB does not write a page that was taken and given back within one transaction: where such
  /// pages are last, a healthy file is shorter than its page count says.
  private borrowing func checkLength(_ meta: MetaPage) throws {
    let byteCount = try byteCount()  // After the meta pages were read: the file only grows.
    guard byteCount < meta.fileByteCount else { return }
    let present = UInt64(byteCount / meta.pageByteCount)
    let free = try FreePages(of: meta, from: present, in: self).pages
    guard UInt64(free.count) < meta.lastPage - present + 1 else { return }
    var last = meta.lastPage
    while free.contains(last) { last -= 1 }
    let expected = (Int(last) + 1) * meta.pageByteCount
    throw error(.truncated(expectedByteCount: expected, actualByteCount: byteCount))
  }

  private borrowing func error(_ code: DataFileError.Code) -> DataFileError {
    DataFileError(code: code, path: path)
  }

  private borrowing func byteCount() throws(LMDBError) -> Int {
    var info = stat()
    guard unsafe fstat(descriptor, &info) == 0 else {
      throw LMDBError(code: errno, function: "fstat", subject: path)
    }
    return Int(info.st_size)
  }

  /// Up to `count` bytes from `offset`: fewer where the file ends before.
  borrowing func bytes(at offset: Int, count: Int) throws(LMDBError) -> [UInt8] {
    try Self.bytes(of: descriptor, at: offset, count: count, path: path)
  }

  /// Up to `count` bytes from `offset` of an open file: fewer where it ends before.
  static func bytes(
    of descriptor: CInt,
    at offset: Int,
    count: Int,
    path: String? = nil
  ) throws(LMDBError) -> [UInt8] {
    var failure: CInt = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, readCount in
      while readCount < count {
        let rest = unsafe UnsafeMutableBufferPointer(rebasing: buffer[readCount...])
        let step = unsafe pread(descriptor, rest.baseAddress, rest.count, offset + readCount)
        if step < 0 { failure = errno }
        guard step > 0 else { break }
        readCount += step
      }
    }
    guard failure == 0 else { throw LMDBError(code: failure, function: "pread", subject: path) }
    return bytes
  }
}
