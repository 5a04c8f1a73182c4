import Facts
import JSON

/// The text of a JSON value that can be read only when what follows it is known.
///
/// It is checked as it comes, and read again from where it waits: so nothing of it is held.
struct WaitingText {
  private let byteOffset: Int
  private let pieces: SpooledPieces

  /// How many bytes are one piece.
  private static let pieceByteCount = 1 << 16

  /// Takes the next value of a stream.
  ///
  /// - Parameters:
  ///   - depth: How many levels of its objects have too many members to be held.
  ///   - room: For the text, and to find keys of the value that stand twice.
  /// - Throws: `JSONError` if the value is not JSON; what keeps the text from being stored.
  init(_ stream: JSONStream, depth: Int, room: SpoolRoom) throws {
    var small = room
    small.byteCountMax = min(room.byteCountMax, Self.pieceByteCount)
    var text = SpoolLanes(room: small)
    byteOffset = try stream.nextByteOffset()
    try stream.copyValue(depth: depth, keys: RepeatedKeys(room)) { piece in
      try text.append(to: 0) { $0 += piece }
    }
    pieces = text.pieces(of: 0)
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
