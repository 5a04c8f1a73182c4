import Facts
import FoundationEssentials
import Glibc

/// A file without a name, in the folder for temporary files: it is gone when the program is.
final class TemporaryFile: SpoolStorage {
  private let descriptor: CInt
  private static var folder: String { FileManager.default.temporaryDirectory.path }

  /// - Throws: ``FileFailure`` if the folder takes no files.
  init() throws {
    var path = Array("\(Self.folder)/assay-XXXXXX".utf8CString)
    // The C function writes the name that it chose over the six letters.
    descriptor = unsafe path.withUnsafeMutableBufferPointer { path in
      guard let start = path.baseAddress else { return -1 }
      let descriptor = unsafe mkstemp(start)
      if descriptor >= 0 { unsafe unlink(start) }
      return descriptor
    }
    guard descriptor >= 0 else { throw Self.failure(errno) }
  }

  deinit { close(descriptor) }

  private static func failure(_ code: CInt) -> FileFailure {
    FileFailure(
      path: folder,
      errno: code,
      remedy: "long documents need room there; name another folder with TMPDIR"
    )
  }

  func append(_ bytes: [UInt8]) throws {
    var offset = 0
    while offset < bytes.count {
      let count = unsafe bytes[offset...].withUnsafeBytes { bytes in
        unsafe write(descriptor, bytes.baseAddress, bytes.count)
      }
      guard count >= 0 || errno == EINTR else { throw Self.failure(errno) }
      offset += max(count, 0)
    }
  }

  func bytes(at range: Range<Int>) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes[done...].withUnsafeMutableBytes { rest in
        unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(range.lowerBound + done))
      }
      guard count > 0 || (count < 0 && errno == EINTR) else {
        throw Self.failure(count == 0 ? EIO : errno)
      }
      done += max(count, 0)
    }
    return bytes
  }
}

extension SpoolRoom {
  /// Room for documents of any length.
  static var any: SpoolRoom {
    SpoolRoom(byteCountMax: DraftSpool.byteCountMax) { try TemporaryFile() }
  }
}

extension DraftSpool {
  /// A spool for documents of any length.
  static func make() -> DraftSpool {
    DraftSpool(room: .any)
  }
}
