/// Files that are read from their start to their end, and standard input.
public enum Input {
  /// What to do about a file that cannot be read.
  static let remedy = "name a file that can be read"

  /// How many bytes a file may have that is held in memory.
  public static let byteCountMax = 64 << 20

  /// The bytes of a file; of standard input for `-`.
  ///
  /// - Parameter byteCountMax: How many there may be.
  /// - Throws: ``FileFailure`` if it cannot be read, or has more.
  public static func bytes(
    of path: String,
    byteCountMax: Int = byteCountMax
  ) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try read(path) { piece in
      guard bytes.count + piece.count <= byteCountMax else {
        throw FileFailure(
          path: path,
          message: "it has more than \(byteCountMax) bytes",
          remedy: "name a shorter file"
        )
      }
      bytes.append(contentsOf: piece)
    }
    return bytes
  }

  /// Calls `body` with the bytes of a file, in order, in pieces; of standard input for `-`.
  ///
  /// - Throws: ``FileFailure`` if it cannot be read; what `body` throws.
  public static func read(_ path: String, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    let nextPiece = try pieces(of: path)
    while let piece = try nextPiece() { try body(piece[...]) }
  }

  /// Gives the bytes of a file, in order, in pieces, and `nil` at its end; of standard input for
  /// `-`.
  ///
  /// - Throws: ``FileFailure`` if it cannot be opened, and later if it cannot be read.
  public static func pieces(of path: String) throws -> () throws -> [UInt8]? {
    let file = try InputFile(path)
    return { try file.nextPiece() }
  }
}

/// A file that is read from its start to its end.
private final class InputFile {
  /// `nil` for standard input.
  private let file: OpenFile?
  private let descriptor: FileDescriptor
  private static let pieceByteCount = 1 << 18

  /// How many bytes may still come; `nil` for any number.
  private var remainingByteCount: Int?

  init(_ path: String) throws {
    guard path != "-" else {
      file = nil
      descriptor = .standardInput
      return
    }
    do {
      let file = try OpenFile(reading: path)
      descriptor = file.descriptor
      // A device such as /dev/zero has no end; a terminal is a person.
      let isEndless = try descriptor.status().isDevice && !descriptor.isTerminal
      remainingByteCount = isEndless ? Input.byteCountMax : nil
      self.file = consume file
    } catch {
      throw FileFailure(error, remedy: Input.remedy)
    }
  }

  func nextPiece() throws -> [UInt8]? {
    do {
      let piece = try descriptor.read(byteCountMax: Self.pieceByteCount)
      if let remaining = remainingByteCount {
        guard piece.count <= remaining else {
          throw FileFailure(
            path: descriptor.path ?? "",
            message: "it is a device that has no end",
            remedy: Input.remedy
          )
        }
        remainingByteCount = remaining - piece.count
      }
      return piece.isEmpty ? nil : piece
    } catch let error as SystemError {
      throw FileFailure(error, remedy: Input.remedy)
    }
  }
}
