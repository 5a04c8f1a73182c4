import Facts
import JSON
import Platform

/// Finds keys of an object that stand twice, in memory for a few of them.
///
/// Keys with one hash are in one lane; one lane after the other is looked at.
final class RepeatedKeys: JSONKeyCheck {
  private static let laneCount = 256
  private var lanes: DiskBuffer

  init(memoryLimit: Int) {
    lanes = DiskBuffer(laneCount: Self.laneCount, memoryLimit: memoryLimit)
  }

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
    for lane in 0..<lanes.laneCount {
      var keys: Set<ArraySlice<UInt8>> = []
      var pieces = lanes.pieces(of: lane)
      while let bytes = try pieces.next() {
        var rest = bytes[...]
        while !rest.isEmpty {
          let byteOffset = Int(rest.popLittleEndian(UInt64.self))
          let count = Int(rest.popLittleEndian(UInt64.self))
          if !keys.insert(rest.prefix(count)).inserted { first = min(first ?? .max, byteOffset) }
          rest.removeFirst(count)
        }
      }
    }
    return first
  }
}
