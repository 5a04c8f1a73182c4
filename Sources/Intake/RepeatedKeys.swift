import Facts
import JSON

/// Finds keys of an object that stand twice, in memory for a few of them.
///
/// Keys with one hash are in one lane; one lane after the other is looked at.
final class RepeatedKeys: JSONKeyCheck {
  private static let laneCount = 256
  private var lanes: SpoolLanes

  init(_ room: SpoolRoom) { lanes = SpoolLanes(count: Self.laneCount, room: room) }

  func note(_ key: JSONStream.Key) throws {
    // Equal bytes have equal hashes.
    let hash = UInt(bitPattern: ExactText(key.text).hashValue)
    try lanes.append(to: Int(hash % UInt(Self.laneCount))) { bytes in
      bytes.append(littleEndian: UInt64(key.byteOffset))
      bytes.append(littleEndian: UInt64(key.text.utf8.count))
      bytes.append(contentsOf: key.text.utf8)
    }
  }

  func firstRepeated() throws -> Int? {
    var first: Int?
    for lane in 0..<lanes.count {
      var keys: Set<ArraySlice<UInt8>> = []
      var pieces = lanes.pieces(of: lane)
      while let bytes = try pieces.next() {
        var rest = bytes[...]
        while !rest.isEmpty {
          let byteOffset = Int(rest.popLittleEndian())
          let count = Int(rest.popLittleEndian())
          if !keys.insert(rest.prefix(count)).inserted { first = min(first ?? .max, byteOffset) }
          rest.removeFirst(count)
        }
      }
    }
    return first
  }
}

// Numbers in spooled bytes: eight bytes each, the lowest first.

extension [UInt8] {
  mutating func append(littleEndian number: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
    }
  }
}

extension ArraySlice<UInt8> {
  /// Takes a number from the start.
  mutating func popLittleEndian() -> UInt64 {
    var number: UInt64 = 0
    for index in 0..<8 { number |= UInt64(self[startIndex + index]) << UInt64(8 * index) }
    removeFirst(8)
    return number
  }
}
