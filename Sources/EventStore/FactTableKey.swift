import Facts
import LMDB

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

  init(_ row: FactRow) {
    self.init(fact: row.fact, published: row.published.microseconds, sequence: row.sequence)
  }

  func withKeyBytes<R, E: Error>(_ body: (Span<UInt8>) throws(E) -> R) throws(E) -> R {
    let words = words
    let bytes = InlineArray<40, UInt8> { byte in
      UInt8(truncatingIfNeeded: words[byte / 8] >> UInt64(56 - byte % 8 * 8))
    }
    return try body(bytes.span)
  }

  /// The encoding as big-endian integers.
  var words: InlineArray<5, UInt64> {
    [
      UInt64(fact.entity.rawValue) << 32 | UInt64(fact.concept.rawValue),
      UInt64(fact.dimensions.rawValue) << 32 | UInt64(fact.unit.rawValue),
      UInt64(Self.sortable(fact.periodEnd)) << 32 | UInt64(Self.sortable(fact.periodStart)),
      UInt64(bitPattern: published) ^ 1 << 63,
      sequence,
    ]
  }

  /// `nil` unless there are exactly as many bytes as a key has.
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

/// The value of a row of the `facts` table: flags, digits after the point, decimals, one byte that
/// is 0, filing (4), mantissa (8), and for an amendment its target (8); little-endian.
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
    var flags = FigureFlags(row.figure)
    switch row.change {
    case .claim: break
    case .correction: flags.insert(.isCorrection)
    case .withdrawal: flags.insert(.isWithdrawal)
    }
    let first =
      UInt64(flags.rawValue)
      | UInt64(row.figure.value?.fractionDigitCount ?? 0) << 8
      | UInt64(UInt8(bitPattern: row.figure.decimals ?? 0)) << 16
      | UInt64(row.filing.rawValue) << 32
    return (first, UInt64(bitPattern: row.figure.value?.mantissa ?? 0), row.change.target)
  }

  static func decode(_ key: FactTableKey, _ value: Span<UInt8>) -> FactRow? {
    guard value.count >= 16 else { return nil }
    let flags = FigureFlags(rawValue: value[0])
    let figure = flags.figure(
      mantissa: value.littleEndian(at: 8),
      fractionDigitCount: value[1],
      decimals: Int8(bitPattern: value[2])
    )
    guard let figure else { return nil }
    let isAmendment = flags.contains(.isCorrection) || flags.contains(.isWithdrawal)
    guard value.count == (isAmendment ? 24 : 16) else { return nil }
    var change = FactRow.Change.claim
    if isAmendment {
      let target: UInt64 = value.littleEndian(at: 16)
      change = flags.contains(.isWithdrawal) ? .withdrawal(of: target) : .correction(of: target)
    }
    return FactRow(
      fact: key.fact,
      published: Timestamp(microseconds: key.published),
      sequence: key.sequence,
      filing: SymbolID(rawValue: value.littleEndian(at: 4)),
      figure: figure,
      change: change
    )
  }
}

/// What a figure is, beside its digits, in one byte.
struct FigureFlags: OptionSet {
  let rawValue: UInt8

  static let isNil = FigureFlags(rawValue: 1 << 0)
  static let hasDecimals = FigureFlags(rawValue: 1 << 1)
  static let isCorrection = FigureFlags(rawValue: 1 << 5)
  static let isWithdrawal = FigureFlags(rawValue: 1 << 6)

  private static let qualifiers: [Qualifier?] = [
    nil, .approximately, .moreThan, .lessThan, .low, .high,
  ]

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ figure: Figure) {
    let qualifier = Self.qualifiers.firstIndex(of: figure.qualifier) ?? 0
    self.init(rawValue: UInt8(qualifier) << 2)
    if figure.value == nil { insert(.isNil) }
    if figure.decimals != nil { insert(.hasDecimals) }
  }

  /// The figure with these flags; `nil` if no figure can have them.
  func figure(mantissa: Int64, fractionDigitCount: UInt8, decimals: Int8) -> Figure? {
    let qualifier = Int(rawValue >> 2 & 7)
    guard qualifier < Self.qualifiers.count, fractionDigitCount <= Amount.digitCountMax,
      mantissa.magnitude < 1_000_000_000_000_000_000
    else { return nil }
    return Figure(
      value: contains(.isNil)
        ? nil : Amount(mantissa: mantissa, fractionDigitCount: fractionDigitCount),
      decimals: contains(.hasDecimals) ? decimals : nil,
      qualifier: Self.qualifiers[qualifier]
    )
  }
}
