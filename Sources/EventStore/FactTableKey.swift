import Facts
import LMDB
import Platform

/// A row's place in the `facts` table: 40 bytes, so that byte order is the order of
/// ``FactRow/isOrdered(_:_:)``.
struct FactTableKey: TableKey {
  let fact: FactID
  let published: Int64
  let sequence: UInt64

  static let byteCount = 40

  init(fact: FactID, published: Int64 = .min, sequence: UInt64 = 0) {
    self.fact = fact
    self.published = published
    self.sequence = sequence
  }

  init(_ place: FactRow.Place) {
    self.init(
      fact: place.fact,
      published: place.published.microseconds,
      sequence: place.sequence
    )
  }

  init(_ row: FactRow) {
    self.init(fact: row.fact, published: row.published.microseconds, sequence: row.sequence)
  }

  func withKeyBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    let words = words
    let bigEndian = InlineArray<5, UInt64> { words[$0].bigEndian }
    return try bigEndian.span.withBytes(body)
  }

  /// The encoding as big-endian integers.
  var words: InlineArray<5, UInt64> {
    let fact = factWords
    return [fact.first, fact.second, fact.third, UInt64(bitPattern: published) ^ 1 << 63, sequence]
  }

  /// The encoding of the fact as big-endian integers.
  @inline(__always)
  var factWords: FactWords {
    FactWords(
      first: UInt64(fact.entity.rawValue) << 32 | UInt64(fact.concept.rawValue),
      second: UInt64(fact.dimensions.rawValue) << 32 | UInt64(fact.unit.rawValue),
      third: UInt64(Self.sortable(fact.periodEnd)) << 32
        | UInt64(Self.sortable(fact.periodStart))
    )
  }

  /// A fact as three integers that sort as the table does.
  struct FactWords: Equatable {
    let first: UInt64
    let second: UInt64
    let third: UInt64

    @inline(__always)
    func isAfter(_ other: FactWords) -> Bool {
      if first != other.first { return first > other.first }
      if second != other.second { return second > other.second }
      return third > other.third
    }
  }

  /// Whether this place comes after another one in the table.
  @inline(__always)
  func isAfter(_ other: FactTableKey) -> Bool {
    let (words, others) = (factWords, other.factWords)
    guard words == others else { return words.isAfter(others) }
    return (published, sequence) > (other.published, other.sequence)
  }

  /// `nil` unless there are exactly as many bytes as a key has.
  @inline(__always)
  init?(keyBytes: Span<UInt8>) {
    guard keyBytes.count == Self.byteCount else { return nil }
    fact = FactID(
      entity: SymbolID(rawValue: keyBytes.bigEndian(at: 0)),
      concept: SymbolID(rawValue: keyBytes.bigEndian(at: 4)),
      dimensions: SymbolID(rawValue: keyBytes.bigEndian(at: 8)),
      unit: SymbolID(rawValue: keyBytes.bigEndian(at: 12)),
      periodEnd: Self.day(keyBytes.bigEndian(at: 16)),
      periodStart: Self.day(keyBytes.bigEndian(at: 20))
    )
    published = Int64(bitPattern: keyBytes.bigEndian(UInt64.self, at: 24) ^ 1 << 63)
    sequence = keyBytes.bigEndian(at: 32)
  }

  /// Flips the sign bit: byte order is then numeric order.
  private static func sortable(_ day: Int32) -> UInt32 { UInt32(bitPattern: day) ^ 1 << 31 }

  private static func day(_ sortable: UInt32) -> Int32 { Int32(bitPattern: sortable ^ 1 << 31) }
}

/// The value of a row of the `facts` table: a figure's word, of which byte 3 is ``RowFlags`` (4),
/// filing (4), mantissa (8), and for an amendment its target (8); little-endian.
enum FactTableValue {
  static func encode(_ row: FactRow) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(24)
    let words = words(row)
    bytes.append(littleEndian: words.0)
    bytes.append(littleEndian: words.1)
    if let target = words.2 { bytes.append(littleEndian: target) }
    return bytes
  }

  /// The encoding as little-endian integers; only an amendment has the third.
  static func words(_ row: FactRow) -> (UInt64, UInt64, UInt64?) {
    let code = row.figure.code
    let word = code.word | RowFlags(row.change).rawValue
    let first = UInt64(word) | UInt64(row.filing.rawValue) << 32
    return (first, UInt64(bitPattern: code.mantissa), row.change.target)
  }

  /// What ``words(_:)`` made; `nil` for a value that is of no row.
  @inline(__always)
  static func words(_ value: Span<UInt8>) -> (head: UInt64, mantissa: Int64, target: UInt64?)? {
    guard value.count >= 16 else { return nil }
    let head: UInt64 = value.littleEndian(at: 0)
    if RowFlags(UInt32(truncatingIfNeeded: head)).isEmpty {
      guard value.count == 16 else { return nil }
      return (head, value.littleEndian(at: 8), nil)
    }
    guard value.count == 24 else { return nil }
    return (head, value.littleEndian(at: 8), value.littleEndian(at: 16))
  }

  /// `nil` for a value that is of no row.
  @inline(__always)
  static func decode(_ key: FactTableKey, _ value: Span<UInt8>) -> FactRow? {
    guard let words = words(value) else { return nil }
    return row(key, words)
  }

  /// The row at `key` with the words of a value; `nil` if no figure has them.
  @inline(__always)
  static func row(
    _ key: FactTableKey,
    _ words: (head: UInt64, mantissa: Int64, target: UInt64?)
  ) -> FactRow? {
    let word = UInt32(truncatingIfNeeded: words.head)
    let flags = RowFlags(word)
    let code = Figure.Code(word: word & ~flags.rawValue, mantissa: words.mantissa)
    guard let figure = Figure(code) else { return nil }
    var change = FactRow.Change.claim
    if let target = words.target {
      change = flags.contains(.isWithdrawal) ? .withdrawal(of: target) : .correction(of: target)
    }
    return FactRow(
      fact: key.fact,
      published: Timestamp(microseconds: key.published),
      sequence: key.sequence,
      filing: SymbolID(rawValue: UInt32(truncatingIfNeeded: words.head >> 32)),
      figure: figure,
      change: change
    )
  }
}

/// What a row is beside its figure: bits of a figure's word that figures leave 0.
struct RowFlags: OptionSet {
  let rawValue: UInt32

  static let isCorrection = RowFlags(rawValue: 1 << 24)
  static let isWithdrawal = RowFlags(rawValue: 1 << 25)

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The flags in a word.
  init(_ word: UInt32) {
    rawValue = word & (Self.isCorrection.rawValue | Self.isWithdrawal.rawValue)
  }

  init(_ change: FactRow.Change) {
    switch change {
    case .claim: self = []
    case .correction: self = .isCorrection
    case .withdrawal: self = .isWithdrawal
    }
  }
}
