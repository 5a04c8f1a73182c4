import Glibc

/// A file without a name, in the folder for temporary files: it is gone when the process is.
public final class TemporaryFile: Sendable {
  private let file: OpenFile

  /// Makes an empty file.
  ///
  /// - Parameter folder: Where there is room for it.
  /// - Throws: ``SystemError`` if the folder takes no files.
  public init(in folder: String = FileSystem.temporaryFolder) throws(SystemError) {
    var path = Array("\(folder)/assay-XXXXXX".utf8CString)
    // The C function writes the name that it chose over the six letters.
    let number = unsafe path.withUnsafeMutableBufferPointer { path in
      guard let start = path.baseAddress else { return CInt(-1) }
      let number = unsafe mkstemp(start)
      if number >= 0 { unsafe unlink(start) }
      return number
    }
    guard number >= 0 else {
      throw Self.explained(SystemError(code: errno, function: "mkstemp", path: folder))
    }
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    file = OpenFile(owning: FileDescriptor(rawValue: number, path: folder))
  }

  /// Adds bytes at the end.
  ///
  /// - Throws: ``SystemError`` if there is no room for them.
  public func append(_ bytes: [UInt8]) throws(SystemError) {
    do {
      try file.descriptor.write(bytes)
    } catch {
      throw Self.explained(error)
    }
  }

  /// Bytes that were added before.
  ///
  /// - Parameter range: Their places, counted from 0; all of them within what was added.
  /// - Throws: ``SystemError`` if the disk does not give them back.
  public func bytes(at range: Range<Int>) throws(SystemError) -> [UInt8] {
    do throws(SystemError) {
      let bytes = try file.descriptor.bytes(at: range.lowerBound, count: range.count)
      guard bytes.count == range.count else {
        throw SystemError(code: EIO, function: "pread", path: file.descriptor.path)
      }
      return bytes
    } catch {
      throw Self.explained(error)
    }
  }

  private static func explained(_ error: SystemError) -> SystemError {
    SystemError(
      code: error.code,
      function: error.function,
      path: error.path,
      remedy: "long documents need room there; name another folder with TMPDIR"
    )
  }
}
