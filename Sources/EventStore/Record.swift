import Facts
import LMDB
import Platform

/// A row of the log.
///
/// The first byte tells the form:
/// - `{`: the event's canonical line itself.
/// - 1: a claim, whose texts are symbols (see ``ClaimRecord``).
/// - 2: an amendment: the sequence of the event it names (8 bytes), then its canonical line.
enum Record {
  static let line = UInt8(ascii: "{")
  static let claim: UInt8 = 1
  static let amendment: UInt8 = 2

  /// The canonical line that follows the header of a row that is no claim; `nil` if it is one.
  static func canonicalLine(_ record: Span<UInt8>) -> [UInt8]? {
    switch record.isEmpty ? 0 : record[0] {
    case line: record.copied(from: 0)
    case amendment where record.count > 9: record.copied(from: 9)
    default: nil
    }
  }

  static func encode(_ amendmentLine: [UInt8], target: UInt64) -> [UInt8] {
    var bytes = [amendment]
    bytes.append(littleEndian: target)
    return bytes + amendmentLine
  }
}

/// A claim as the log keeps it: its texts as symbols, in 60 bytes and the printed text.
///
/// Byte 0 is ``Record/claim``; the next three are those of the figure's word (`Figure.Code`); then,
/// little-endian, the symbols of kind, filing, entity, concept, dimensions and unit (4 bytes each),
/// period end and start (4), mantissa (8), published time (8), line and column (4, 0 for none), and
/// the printed text to the end. A source without a place has text, so that none at all is told from
/// an empty one. Before the text, and a zero byte between them, stands the name of the document that
/// prints it, if the filing has several.
struct ClaimRecord {
  var kind: SymbolID
  var row: FactRow
  var source: Source?

  static let byteCountMin = 60

  func encode() -> [UInt8] {
    var bytes: [UInt8] = []
    let text = source?.text ?? ""
    let document = source?.document ?? ""
    bytes.reserveCapacity(Self.byteCountMin + document.utf8.count + 1 + text.utf8.count)
    let (code, fact) = (row.figure.code, row.fact)
    bytes.append(littleEndian: UInt32(Record.claim) | code.word << 8)
    for symbol in [kind, row.filing, fact.entity, fact.concept, fact.dimensions, fact.unit] {
      bytes.append(littleEndian: symbol.rawValue)
    }
    bytes.append(littleEndian: fact.periodEnd)
    bytes.append(littleEndian: fact.periodStart)
    bytes.append(littleEndian: code.mantissa)
    bytes.append(littleEndian: row.published.microseconds)
    bytes.append(littleEndian: source?.place?.line ?? 0)
    bytes.append(littleEndian: source?.place?.column ?? 0)
    if !document.isEmpty {
      bytes.append(contentsOf: document.utf8)
      bytes.append(0)
    }
    bytes.append(contentsOf: text.utf8)
    return bytes
  }

  /// The name of the document that prints the figure, empty for none, and the printed text, of a record
  /// that has a ``row(_:sequence:)``.
  static func printed(_ record: Span<UInt8>) -> (document: Range<Int>, text: Range<Int>) {
    let all = byteCountMin..<record.count
    guard let zero = all.first(where: { record[$0] == 0 }) else {
      return (byteCountMin..<byteCountMin, all)
    }
    return (byteCountMin..<zero, zero + 1..<record.count)
  }

  /// The fact and figure of a claim's record, without its kind and source; `nil` if it is damaged.
  @inline(__always)
  static func row(_ record: Span<UInt8>, sequence: UInt64) -> FactRow? {
    guard record.count >= byteCountMin, record[0] == Record.claim else { return nil }
    let word: UInt32 = record.littleEndian(at: 0)
    let code = Figure.Code(word: word >> 8, mantissa: record.littleEndian(at: 36))
    guard let figure = Figure(code) else { return nil }
    return FactRow(
      fact: FactID(
        entity: SymbolID(rawValue: record.littleEndian(at: 12)),
        concept: SymbolID(rawValue: record.littleEndian(at: 16)),
        dimensions: SymbolID(rawValue: record.littleEndian(at: 20)),
        unit: SymbolID(rawValue: record.littleEndian(at: 24)),
        periodEnd: record.littleEndian(at: 28),
        periodStart: record.littleEndian(at: 32)
      ),
      published: Timestamp(microseconds: record.littleEndian(at: 44)),
      sequence: sequence,
      filing: SymbolID(rawValue: record.littleEndian(at: 8)),
      figure: figure,
      change: .claim
    )
  }

  /// `nil` if the record is damaged.
  init?(_ record: Span<UInt8>, sequence: UInt64) {
    guard let row = Self.row(record, sequence: sequence) else { return nil }
    self.row = row
    kind = Self.kind(record)
    let place = Self.place(record)
    let printed = Self.printed(record)
    guard place != nil || !printed.text.isEmpty else { return }
    func text(_ range: Range<Int>) -> String? {
      range.isEmpty ? nil : String(decoding: range.map { record[$0] }, as: UTF8.self)
    }
    source = Source(
      document: text(printed.document),
      place: place,
      text: text(printed.text)
    )
  }

  /// The symbol of the kind, of a record that has a ``row(_:sequence:)``.
  static func kind(_ record: Span<UInt8>) -> SymbolID {
    SymbolID(rawValue: record.littleEndian(at: 4))
  }

  /// Where the figure is printed, of a record that has a ``row(_:sequence:)``.
  static func place(_ record: Span<UInt8>) -> Source.Place? {
    let line: UInt32 = record.littleEndian(at: 52)
    guard line > 0 else { return nil }
    return Source.Place(line: line, column: record.littleEndian(at: 56))
  }

  /// Whether every byte of a record that has a ``row(_:sequence:)`` is as ``encode()`` makes it: no
  /// column without a line, no empty document, and no document of a source that is none.
  static func isCanonical(_ record: Span<UInt8>) -> Bool {
    let (line, column): (UInt32, UInt32) = (
      record.littleEndian(at: 52), record.littleEndian(at: 56)
    )
    let printed = printed(record)
    let hasSource = line > 0 || !printed.text.isEmpty
    return (line > 0 || column == 0)
      && (printed.text.lowerBound == byteCountMin || (hasSource && !printed.document.isEmpty))
  }

  /// Whether all but the names of a record that has a ``row(_:sequence:)`` is within the bounds of event
  /// lines, as far as that is seen at once: `Claim.isWithinBounds` knows it for certain.
  static func isWithinBounds(_ record: Span<UInt8>, _ row: FactRow) -> Bool {
    let days = CivilDate.first.dayNumber...CivilDate.last.dayNumber
    let start = row.fact.isInstant ? row.fact.periodEnd : row.fact.periodStart
    guard days ~= row.fact.periodEnd, days ~= start, start <= row.fact.periodEnd else {
      return false
    }
    let text = record.extracting(byteCountMin..<record.count)
    guard !text.isEmpty else { return true }
    guard text.count <= 255, text[0] != 0x20, text[text.count - 1] != 0x20 else { return false }
    for index in text.indices where text[index] < 0x20 || text[index] == 0x7F { return false }
    return true
  }

  init(kind: SymbolID, row: FactRow, source: Source?) {
    self.kind = kind
    self.row = row
    self.source = source
  }
}

/// What the `filings` table keeps of a filing: published time (8), the sequence of its event (8),
/// how many claims the log holds of it (8); little-endian.
struct FilingRecord {
  var published: Timestamp
  var sequence: UInt64
  var claimCount: UInt64

  func encode() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: published.microseconds)
    bytes.append(littleEndian: sequence)
    bytes.append(littleEndian: claimCount)
    return bytes
  }

  init(published: Timestamp, sequence: UInt64, claimCount: UInt64) {
    self.published = published
    self.sequence = sequence
    self.claimCount = claimCount
  }

  /// `nil` if the record is damaged.
  init?(_ bytes: Span<UInt8>) {
    guard bytes.count == 24 else { return nil }
    published = Timestamp(microseconds: bytes.littleEndian(at: 0))
    sequence = bytes.littleEndian(at: 8)
    claimCount = bytes.littleEndian(at: 16)
  }
}

extension Batch {
  /// What the `batches` table keeps of a batch: recorded time (8), how many events (8), and the
  /// ``LogSum`` of the log up to its last event (8); little-endian.
  func encode(sum: LogSum) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: recorded.microseconds)
    bytes.append(littleEndian: UInt64(count))
    bytes.append(littleEndian: sum.sum)
    return bytes
  }
}

/// The sum of the hashes of the first records of the log: who folds them all knows that none is damaged,
/// without a hash of each line.
struct LogSum: Equatable, Sendable {
  private(set) var sum: UInt64 = 0

  /// How many bytes a row of `batches` has; the last eight are the sum.
  static let batchByteCount = 24

  init() {}

  /// That of a row of `batches`; `nil` for one of another length.
  init?(batch bytes: Span<UInt8>) {
    guard bytes.count == Self.batchByteCount else { return nil }
    sum = bytes.littleEndian(at: 16)
  }

  @inline(__always)
  mutating func add(_ record: Span<UInt8>) { sum &+= RowLink.hash(record) }

  static func += (sum: inout LogSum, other: LogSum) { sum.sum &+= other.sum }

  static func + (left: LogSum, right: LogSum) -> LogSum {
    var sum = left
    sum += right
    return sum
  }
}
