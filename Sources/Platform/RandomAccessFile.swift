/// A file whose bytes can be read at any place; what comes through a pipe is copied to a temporary file
/// first.
public final class RandomAccessFile: Sendable {
  private let file: OpenFile
  private let copy: TemporaryFile?

  /// How many bytes it has.
  public let byteCount: Int

  /// Opens the file at `path`; standard input for `-`.
  ///
  /// - Throws: ``FileFailure`` if it cannot be read, or there is no room for the copy.
  public init(_ path: String) throws {
    do {
      let isSeekable = path != "-" && FileSystem.isFile(path)
      file = try OpenFile(reading: isSeekable ? path : "/dev/null")
      guard !isSeekable else {
        copy = nil
        byteCount = try file.descriptor.byteCount()
        return
      }
      let copy = try TemporaryFile()
      var count = 0
      let nextPiece = try Input.pieces(of: path)
      while let piece = try nextPiece() {
        try copy.append(piece)
        count += piece.count
      }
      (self.copy, byteCount) = (copy, count)
    } catch let error as SystemError {
      throw FileFailure(error, path: error.path ?? path, remedy: Input.remedy)
    }
  }

  /// The bytes at `range`; fewer if the file has become shorter.
  ///
  /// - Throws: ``FileFailure`` if they cannot be read.
  public func bytes(at range: Range<Int>) throws -> [UInt8] {
    do throws(SystemError) {
      if let copy { return try copy.bytes(at: range) }
      return try file.descriptor.bytes(at: range.lowerBound, count: range.count)
    } catch {
      throw FileFailure(error, remedy: Input.remedy)
    }
  }
}
