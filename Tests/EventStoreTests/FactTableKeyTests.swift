import Facts
import LMDB
import TestSupport
import Testing

@testable import EventStore

@Suite("Rows of the facts table")
struct FactTableKeyTests {
  /// Rows that differ in few of their aspects, so that every one of them decides some pair.
  private func rows(seed: UInt64) -> [FactRow] {
    var generator = SeededGenerator(seed: seed)
    return (0..<300).map { _ in .random(using: &generator) }
  }

  private func bytes(_ row: FactRow) -> [UInt8] {
    FactTableKey(row).withKeyBytes { key in key.indices.map { key[$0] } }
  }

  @Test("are in the order of their keys' bytes", arguments: [1, 2, 3] as [UInt64])
  func areInOrderOfTheirKeysBytes(seed: UInt64) {
    let rows = rows(seed: seed)
    let keys = rows.map(bytes)
    for (row, key) in zip(rows, keys) {
      for (other, otherKey) in zip(rows, keys) {
        #expect(FactRow.isOrdered(row, other) == key.lexicographicallyPrecedes(otherKey))
        let isSame = row.fact == other.fact && row.published == other.published
        #expect((key == otherKey) == (isSame && row.sequence == other.sequence))
      }
    }
  }

  @Test("come back from their key and value", arguments: [4, 5] as [UInt64])
  func roundTrip(seed: UInt64) {
    for row in rows(seed: seed) {
      let (key, value) = (bytes(row), FactTableValue.encode(row))
      let decoded = FactTableKey(keyBytes: key.span).flatMap { key in
        FactTableValue.decode(key, value.span)
      }
      #expect(decoded == row)
    }
  }

  @Test("are damaged at any other length")
  func areDamagedAtAnyOtherLength() {
    var generator = SeededGenerator(seed: 6)
    let row = FactRow.random(using: &generator)
    let (key, value) = (bytes(row), FactTableValue.encode(row))
    for count in 0...64 where count != key.count {
      let cut = [UInt8](key.prefix(count) + Array(repeating: 0, count: max(0, count - key.count)))
      let isDamaged = FactTableKey(keyBytes: cut.span) == nil
      #expect(isDamaged, "\(count)")
    }
    for count in 0...64 where count != value.count {
      let padding = [UInt8](repeating: 0, count: max(0, count - value.count))
      let cut = value.prefix(count) + padding
      let isDamaged = FactTableValue.decode(FactTableKey(row), [UInt8](cut).span) == nil
      #expect(isDamaged, "\(count)")
    }
  }
}

extension FactRow {
  static func random(using generator: inout SeededGenerator) -> FactRow {
    let symbols: [UInt32] = [0, 1, 255, 256, .max]
    let days: [Int32] = [.min, -719_162, -1, 0, 1, 12_691, 2_932_896, .max]
    let moments: [Int64] = [.min, -1, 0, 1, 1_099_573_230_000_000, .max]
    let sequences: [UInt64] = [0, 1, 255, 256, .max]
    func symbol(_ generator: inout SeededGenerator) -> SymbolID {
      SymbolID(rawValue: symbols.randomElement(using: &generator) ?? 0)
    }
    let target = sequences.randomElement(using: &generator) ?? 0
    let changes: [Change] = [.claim, .correction(of: target), .withdrawal(of: target)]
    // Two of three aspects are the same in most rows, so that the last ones decide.
    let isFar = Int.random(in: 0..<4, using: &generator) == 0
    let zero = SymbolID(rawValue: 1)
    return FactRow(
      fact: FactID(
        entity: isFar ? symbol(&generator) : zero,
        concept: isFar ? symbol(&generator) : zero,
        dimensions: isFar ? symbol(&generator) : zero,
        unit: symbol(&generator),
        periodEnd: days.randomElement(using: &generator) ?? 0,
        periodStart: days.randomElement(using: &generator) ?? 0
      ),
      published: Timestamp(microseconds: moments.randomElement(using: &generator) ?? 0),
      sequence: sequences.randomElement(using: &generator) ?? 0,
      filing: symbol(&generator),
      figure: .random(using: &generator),
      change: changes.randomElement(using: &generator) ?? .claim
    )
  }
}
