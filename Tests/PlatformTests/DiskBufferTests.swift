import Platform
import TestSupport
import Testing

@Suite("A buffer of bytes in lanes")
struct DiskBufferTests {
  private static func all(of lane: Int, _ buffer: DiskBuffer) throws -> [[UInt8]] {
    var pieces = buffer.pieces(of: lane)
    var all: [[UInt8]] = []
    while let piece = try pieces.next() { all.append(piece) }
    return all
  }

  @Test("gives the bytes of each lane back in the order given", arguments: [1, 7, 1000, .max])
  func givesTheBytesOfEachLaneBack(memoryLimit: Int) throws {
    var random = SeededGenerator(seed: 7)
    var buffer = DiskBuffer(laneCount: 2, memoryLimit: memoryLimit)
    buffer.addLane()
    var expected = [[UInt8]](repeating: [], count: 3)
    for number in 0..<500 {
      let lane = Int.random(in: 0..<3, using: &random)
      let record = [UInt8](
        repeating: UInt8(number % 251),
        count: .random(in: 0..<40, using: &random)
      )
      expected[lane] += record
      try buffer.append(to: lane) { $0 += record }
    }
    #expect(buffer.laneCount == 3)
    for lane in 0..<3 {
      #expect(Array(try Self.all(of: lane, buffer).joined()) == expected[lane])
      #expect(Array(try Self.all(of: lane, buffer).joined()) == expected[lane], "read once more")
    }
  }

  @Test("does not divide a record between two pieces")
  func doesNotDivideARecord() throws {
    var buffer = DiskBuffer(memoryLimit: 10)
    for _ in 0..<100 { try buffer.append { $0 += [1, 2, 3] } }
    for piece in try Self.all(of: 0, buffer) { #expect(piece.count % 3 == 0) }
  }

  @Test("holds no more than its limit and one record in memory")
  func holdsNoMoreThanItsLimit() throws {
    var buffer = DiskBuffer(memoryLimit: 1000)
    for number in 1...1000 {
      try buffer.append { $0 += [UInt8](repeating: 0, count: 60) }
      #expect(number * 60 - buffer.storedByteCount <= 1000)
    }
    #expect(buffer.storedByteCount > 58_000)
  }

  @Test("has empty lanes at first")
  func hasEmptyLanesAtFirst() throws {
    var buffer = DiskBuffer(laneCount: 2, memoryLimit: 1)
    try buffer.append(to: 1) { $0.append(1) }
    #expect(buffer.pieces(of: 0).isEmpty && !buffer.pieces(of: 1).isEmpty)
  }

  @Test("names the folder that takes no file, and what to do")
  func namesTheFolderThatTakesNoFile() {
    var buffer = DiskBuffer(memoryLimit: 1, folder: "/nowhere")
    let error = #expect(throws: SystemError.self) { try buffer.append { $0.append(1) } }
    #expect(error?.description.contains("/nowhere") == true)
    #expect(error?.description.contains("TMPDIR") == true)
  }
}
