import Facts
import LMDB
import Platform

/// A hash of rows of facts, keyed with a secret of each check.
///
/// The rows that follow from the log are compared with the rows of the table by the sums of both sides'
/// hashes: a sum does not depend on the order of the rows, needs no memory for each row, and can be taken in
/// parts. The input is the five words of a row's key, the words of its value, and its length. First they are
/// compressed by NH, the compression of UMAC (RFC 4418), under which any two different rows have the same hash
/// with a probability of 2^-64. Then the result is mixed: without that, the sums of NH would stay the same
/// where two rows exchange their values. So a set of damaged rows has the sum of the right ones with a
/// probability of 2^-64, and nobody can choose such rows without the secret.
struct RowHash: Sendable {
  private let keys: InlineArray<10, UInt64>
  private let mixers: InlineArray<3, UInt64>

  init() {
    var random = SystemRandomNumberGenerator()
    keys = InlineArray { _ in random.next() }
    mixers = InlineArray { _ in random.next() | 1 }
  }

  func of(_ row: FactRow) -> UInt64 {
    let value = FactTableValue.words(row)
    return hash(FactTableKey(row).words, value.0, value.1, value.2)
  }

  /// `nil` for a key or a value, without its link, of another length.
  func of(_ entry: borrowing Entry) -> UInt64? {
    let (key, value) = (entry.key, entry.value)
    guard key.count == FactTableKey.byteCount, value.count == 16 || value.count == 24 else {
      return nil
    }
    let words: InlineArray<5, UInt64> = [
      key.bigEndian(at: 0), key.bigEndian(at: 8), key.bigEndian(at: 16), key.bigEndian(at: 24),
      key.bigEndian(at: 32),
    ]
    return hash(
      words,
      value.littleEndian(at: 0),
      value.littleEndian(at: 8),
      value.count == 24 ? value.littleEndian(at: 16) : nil
    )
  }

  @inline(__always)
  private func hash(
    _ key: InlineArray<5, UInt64>,
    _ first: UInt64,
    _ second: UInt64,
    _ third: UInt64?
  ) -> UInt64 {
    var sum: UInt128 = 0
    add(key[0], key[1], 0, to: &sum)
    add(key[2], key[3], 2, to: &sum)
    add(key[4], first, 4, to: &sum)
    add(second, third ?? 0, 6, to: &sum)
    add(third == nil ? 2 : 3, 0, 8, to: &sum)
    let folded = folded(
      UInt64(truncatingIfNeeded: sum) ^ mixers[0],
      UInt64(truncatingIfNeeded: sum >> 64) ^ mixers[1]
    )
    return self.folded(folded ^ folded >> 32, mixers[2])
  }

  @inline(__always)
  private func add(_ left: UInt64, _ right: UInt64, _ index: Int, to sum: inout UInt128) {
    let product = (left &+ keys[index]).multipliedFullWidth(by: right &+ keys[index + 1])
    sum &+= UInt128(product.high) << 64 | UInt128(product.low)
  }

  /// Both halves of the product, in one.
  @inline(__always)
  private func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}

/// How many rows of facts there are, and the sum of their hashes (see ``RowHash``).
struct RowSum: Equatable, Sendable {
  private(set) var count = 0
  private(set) var sum: UInt64 = 0

  mutating func add(_ hash: UInt64) {
    count += 1
    sum &+= hash
  }

  static func += (sum: inout RowSum, other: RowSum) {
    sum.count += other.count
    sum.sum &+= other.sum
  }
}
