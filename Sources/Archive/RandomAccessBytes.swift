/// Bytes that can be read at any place: a file, or a part of one.
public struct RandomAccessBytes {
  /// How many there are.
  public let count: Int

  /// The bytes of a range within ``count``; fewer than asked for are an end that was cut off.
  public let read: (_ range: Range<Int>) throws -> [UInt8]

  /// Bytes that are read with `read`.
  public init(count: Int, read: @escaping (_ range: Range<Int>) throws -> [UInt8]) {
    (self.count, self.read) = (count, read)
  }

  /// Bytes in memory.
  public init(_ bytes: [UInt8]) {
    self.init(count: bytes.count) { Array(bytes[$0]) }
  }

  /// The bytes of `range` alone.
  public func part(_ range: Range<Int>) -> RandomAccessBytes {
    RandomAccessBytes(count: range.count) { [read] inner in
      try read(range.lowerBound + inner.lowerBound..<range.lowerBound + inner.upperBound)
    }
  }

  /// Calls `body` with all bytes, in order, in pieces.
  ///
  /// - Throws: What reading and `body` throw.
  public func forEachPiece(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
    var start = 0
    while start < count {
      let end = min(start + Self.pieceByteCount, count)
      try body(read(start..<end)[...])
      start = end
    }
  }

  private static let pieceByteCount = 1 << 16
}
