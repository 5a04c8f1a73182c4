import LMDB
import Platform

/// A table whose rows are linked, so that a row that is missing or another is noticed by who reads its
/// neighbours.
///
/// The last four bytes of each value are a ``RowLink``: a hash of the row, and of the key of the row
/// before it. The row ``LinkEnds`` of `meta` has the hash of the last key. So the rows between two others
/// are complete if all links fit and the two lie outside of what is asked for.
protocol LinkedTable: TableSchema {
  /// Which of ``LinkEnds`` is that of this table.
  static var endIndex: Int { get }
}

extension FactTable: LinkedTable { static var endIndex: Int { 0 } }

extension DefinitionTable: LinkedTable { static var endIndex: Int { 1 } }

extension FilingTable: LinkedTable { static var endIndex: Int { 2 } }

extension SymbolTable: LinkedTable { static var endIndex: Int { 3 } }

/// The hashes of the last keys of the linked tables, 0 for an empty one: a row of `meta`.
struct LinkEnds {
  private var hashes = InlineArray<4, UInt64>(repeating: 0)

  static let key = TextKey.meta("ends")

  subscript<Schema: LinkedTable>(table: Schema.Type) -> UInt64 {
    get { hashes[table.endIndex] }
    set { hashes[table.endIndex] = newValue }
  }

  func encode() -> [UInt8] {
    var bytes: [UInt8] = []
    for index in hashes.indices { bytes.append(littleEndian: hashes[index]) }
    return bytes
  }

  init() {}

  /// `nil` for bytes of another length.
  init?(_ bytes: Span<UInt8>) {
    guard bytes.count == 32 else { return nil }
    for index in hashes.indices { hashes[index] = bytes.littleEndian(at: 8 * index) }
  }
}

/// What links a row to the one before it: the hashes that the last four bytes of its value are made of.
///
/// It finds damage, and no forger: who writes rows can link them. What is printed is compared with the
/// log and the Merkle tree besides.
struct RowLink {
  static let byteCount = 4

  private let key: UInt64
  private let value: UInt64

  @inline(__always)
  init(key: UInt64, value: Span<UInt8>) { (self.key, self.value) = (key, Self.hash(value)) }

  /// The link of the row after one whose key has the hash `before`; 0 for none.
  @inline(__always)
  func after(_ before: UInt64) -> UInt32 {
    UInt32(
      truncatingIfNeeded: Self.folded(key ^ Self.mixers[0], value ^ Self.mixers[1])
        ^ Self.folded(before ^ Self.mixers[2], key ^ Self.mixers[3])
    )
  }

  /// Any odd numbers without a pattern: the digits of pi after the point.
  private static let mixers: InlineArray<4, UInt64> = [
    0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7345, 0xA409_3822_299F_31D1, 0x082E_FA98_EC4E_6C89,
  ]

  /// The hash of a key or of a value: products of its words, each with a number of its place.
  @inline(__always)
  static func hash(_ bytes: Span<UInt8>) -> UInt64 {
    var sum = UInt64(truncatingIfNeeded: bytes.count) &* mixers[0]
    var (left, right) = (mixers[1], mixers[2])
    var index = 0
    while index + 16 <= bytes.count {
      sum &+= folded(
        bytes.littleEndian(at: index) ^ left,
        bytes.littleEndian(at: index + 8) ^ right
      )
      (left, right) = (left &+ mixers[3], right &+ mixers[0])
      index += 16
    }
    if index + 8 <= bytes.count {
      sum &+= folded(bytes.littleEndian(at: index) ^ left, right)
      (left, right) = (left &+ mixers[3], right &+ mixers[0])
      index += 8
    }
    if index < bytes.count {
      var word: UInt64 = 0
      if bytes.count >= 8 {
        word = bytes.littleEndian(at: bytes.count - 8)
      } else {
        for index in bytes.indices { word = word << 8 | UInt64(bytes[index]) }
      }
      sum &+= folded(word ^ left, right)
    }
    return sum
  }

  /// Both halves of the product, in one.
  @inline(__always)
  private static func folded(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}

extension RowLink {
  /// What links a row, whose link must fit the row before it.
  ///
  /// - Throws: ``DamagedLedger`` if it does not.
  init(of entry: borrowing Entry, after before: UInt64, _ table: String) throws {
    guard let value = entry.value.withoutLink() else { throw DamagedLedger.brokenLink(table) }
    self.init(key: Self.hash(entry.key), value: value)
    guard after(before) == entry.value.link else { throw DamagedLedger.brokenLink(table) }
  }
}

extension [UInt8] {
  /// Becomes a value and its link.
  mutating func replace(with value: Span<UInt8>, link: UInt32) {
    removeAll(keepingCapacity: true)
    for index in value.indices { append(value[index]) }
    append(littleEndian: link)
  }
}

extension DamagedLedger {
  /// Rows of a linked table do not follow each other.
  static func brokenLink(_ table: String) -> DamagedLedger {
    DamagedLedger("a row is missing, or another than the row beside it says", table: table)
  }
}

extension Span<UInt8> {
  /// A value without its link, and its link; `nil` if it is too short to have one.
  @inline(__always) @_lifetime(copy self)
  func withoutLink() -> Span<UInt8>? {
    guard count >= RowLink.byteCount else { return nil }
    return extracting(0..<count - RowLink.byteCount)
  }

  /// The link at the end of a value.
  @inline(__always)
  var link: UInt32 { littleEndian(at: count - RowLink.byteCount) }

  /// Whether these bytes come before others.
  func precedes(_ other: Span<UInt8>) -> Bool {
    let shared = Swift.min(count, other.count)
    var index = 0
    while index < shared {
      if self[index] != other[index] { return self[index] < other[index] }
      index += 1
    }
    return count < other.count
  }
}
