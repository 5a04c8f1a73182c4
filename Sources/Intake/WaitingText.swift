import Facts
import JSON
import Platform

/// The text of a JSON value that can be read only when what follows it is known.
///
/// It is checked as it comes, and read again from where it waits: so nothing of it is held.
struct WaitingText {
  private let byteOffset: Int
  private let pieces: DiskBuffer.Pieces

  /// How many bytes are one piece.
  private static let pieceByteCount = 1 << 16

  /// Takes the next value of a stream.
  ///
  /// - Parameters:
  ///   - depth: How many levels of its objects have too many members to be held.
  ///   - memoryLimit: How many bytes of the text, and of the keys of the value, are held in memory.
  /// - Throws: `JSONError` if the value is not JSON; what keeps the text from being stored.
  init(_ stream: JSONStream, depth: Int, memoryLimit: Int) throws {
    var text = DiskBuffer(memoryLimit: min(memoryLimit, Self.pieceByteCount))
    byteOffset = try stream.nextByteOffset()
    try stream.copyValue(depth: depth, keys: RepeatedKeys(memoryLimit: memoryLimit)) { piece in
      try text.append { $0 += piece }
    }
    pieces = text.pieces()
  }

  /// The value, with its places in the whole text.
  ///
  /// - Parameter note: Gets the bytes before they are read.
  func stream(_ note: @escaping ([UInt8]) -> Void = { _ in }) -> JSONStream {
    var pieces = pieces
    return JSONStream(byteOffset: byteOffset) {
      let piece = try pieces.next()
      if let piece { note(piece) }
      return piece
    }
  }
}
