import Platform

/// A data file, read with plain system calls before LMDB maps it.
///
/// LMDB trusts the file: one that is cut off ends in `SIGBUS`, a wrong page number in `abort`. What it
/// reads when it opens the file is checked here first.
///
/// Only for a file that this process has not open: closing it drops this process's locks on it.
package struct DataFile: ~Copyable {
  private let path: String
  private let file: OpenFile

  /// Opens the file at `path` for reading.
  init(path: String) throws(SystemError) {
    file = try OpenFile(reading: path)
    self.path = path
  }

  /// Checks that LMDB can map a file safely.
  ///
  /// - Parameters:
  ///   - path: The file; this process must not have it open.
  ///   - mayBeEmpty: Whether an empty file is in order, because LMDB makes a new data file of it.
  /// - Throws: ``DataFileError`` if LMDB cannot map it; ``SystemError`` if it cannot be read.
  /// - Complexity: O(1); for a file that ends in free pages O(*f*), for *f* free pages.
  package static func check(path: String, mayBeEmpty: Bool) throws {
    let file = try DataFile(path: path)
    for _ in 1..<attemptCount {
      do {
        return try file.check(mayBeEmpty: mayBeEmpty)
      } catch is DataFileError {
        // Another process may be creating it, or amid a commit: look again before complaining.
        ThisProcess.sleep(microseconds: retryMicroseconds)
      }
    }
    try file.check(mayBeEmpty: mayBeEmpty)
  }

  private static let attemptCount = 3
  private static let retryMicroseconds: UInt32 = 500

  private borrowing func check(mayBeEmpty: Bool) throws {
    var start = try bytes(at: 0, count: 2 * MetaPage.usualPageByteCount)
    guard !start.isEmpty else {
      if mayBeEmpty { return }
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
  /// pages are last, a healthy file is shorter than its page count.
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

  private borrowing func byteCount() throws(SystemError) -> Int { try file.descriptor.byteCount() }

  /// Up to `count` bytes from `offset`: fewer where the file ends before.
  borrowing func bytes(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    try file.descriptor.bytes(at: offset, count: count)
  }
}
