public import Facts
import JSON
import LMDB
public import Merkle

/// Makes the canonical lines of claims again from their records, byte for byte, without a ``Claim``.
///
/// Many times faster than `Claim.appendCanonicalLine`: what many claims share is made once, and a line
/// is put together from such pieces. Not copyable, so that no copy is made unseen.
struct ClaimLines: ~Copyable {
  /// Where in ``pieces`` a piece lies.
  private struct Place {
    var start: Int
    var count: Int

    /// Not made yet.
    static let none = Place(start: 0, count: -1)
  }

  /// All pieces, one after another.
  private var pieces: [UInt8] = []

  /// Symbols as JSON strings.
  private var strings: [Place] = []

  /// Symbols of dimensions as members of the line, from the comma on; nothing for no dimensions.
  private var dimensions: [Place] = []

  /// How many symbols the dictionary has; others are damage.
  private let symbolCount: Int

  /// Periods as JSON strings, from their end and start.
  private var periods: [UInt64: Place] = [:]

  /// Periods that were asked for before, each at the place that its bits choose.
  private var recentPeriods: [(key: UInt64, place: Place)]

  private static let recentPeriodCount = 256

  /// Starts with nothing made.
  ///
  /// - Parameter symbolCount: How many symbols the dictionary has; others are damage.
  init(symbolCount: Int) {
    self.symbolCount = symbolCount
    recentPeriods = Array(repeating: (key: 0, place: .none), count: Self.recentPeriodCount)
  }

  /// Appends the canonical line of a claim's record.
  ///
  /// - Parameters:
  ///   - row: The record's ``ClaimRecord/row(_:sequence:)``.
  ///   - text: Looks a symbol up in the dictionary.
  /// - Throws: ``DamagedLedger`` for a symbol that the dictionary lacks, and what `text` throws.
  mutating func append(
    _ record: Span<UInt8>,
    _ row: FactRow,
    to line: inout LeafBuffer,
    text: (SymbolID) throws -> String
  ) throws {
    try line.appendLine(of: record, row) { piece, line in
      switch piece {
      case .text(let symbol): try append(symbol, row.sequence, to: &line, text)
      case .dimensions: try appendMembers(row.fact.dimensions, row.sequence, to: &line, text)
      case .period: appendPeriod(of: row.fact, to: &line)
      }
    }
  }

  private func append(_ place: Place, to line: inout LeafBuffer) {
    line.append(pieces.span.extracting(place.start..<place.start + place.count))
  }

  /// Keeps a new piece.
  private mutating func keep(_ piece: [UInt8]) -> Place {
    pieces.append(contentsOf: piece)
    return Place(start: pieces.count - piece.count, count: piece.count)
  }

  private mutating func append(
    _ symbol: SymbolID,
    _ sequence: UInt64,
    to line: inout LeafBuffer,
    _ text: (SymbolID) throws -> String
  ) throws {
    let index = try index(of: symbol, sequence)
    if strings[index].count < 0 {
      var piece: [UInt8] = []
      piece.appendJSONString(try text(symbol))
      strings[index] = keep(piece)
    }
    append(strings[index], to: &line)
  }

  private mutating func appendMembers(
    _ symbol: SymbolID,
    _ sequence: UInt64,
    to line: inout LeafBuffer,
    _ text: (SymbolID) throws -> String
  ) throws {
    let index = try index(of: symbol, sequence)
    if dimensions[index].count < 0 {
      var piece: [UInt8] = []
      Dimensions(canonicalText: try text(symbol)).appendCanonicalMember(to: &piece)
      dimensions[index] = keep(piece)
    }
    append(dimensions[index], to: &line)
  }

  private mutating func index(of symbol: SymbolID, _ sequence: UInt64) throws -> Int {
    let index = Int(symbol.rawValue)
    if index < strings.count { return index }
    guard index < symbolCount else {
      throw DamagedLedger("the dictionary lacks its symbol \(index)", sequence: sequence)
    }
    let newCount = index + 1 - strings.count
    strings.append(contentsOf: repeatElement(.none, count: newCount))
    dimensions.append(contentsOf: repeatElement(.none, count: newCount))
    return index
  }

  private mutating func appendPeriod(of fact: FactID, to line: inout LeafBuffer) {
    let key = fact.periodKey
    // Multiplied, the bits of all days are mixed in the highest ones.
    let slot = Int((key &* 0x9E37_79B9_7F4A_7C15) >> 56) % Self.recentPeriodCount
    var recent = recentPeriods[slot]
    if recent.key != key || recent.place.count < 0 {
      recent = (key, periods[key] ?? keep(Array("\"\(fact.period)\"".utf8)))
      periods[key] = recent.place
      recentPeriods[slot] = recent
    }
    append(recent.place, to: &line)
  }
}

/// What a part of the line of a claim's record is made from.
enum ClaimLinePiece {
  /// The text of a symbol, as a JSON string.
  case text(SymbolID)

  /// The dimensions of the row.
  case dimensions

  /// The period of the row.
  case period
}

extension LeafBuffer: LineBuffer {
  /// Appends the canonical line of a claim's record.
  ///
  /// - Parameters:
  ///   - row: The record's ``ClaimRecord/row(_:sequence:)``.
  ///   - appendPiece: Appends one piece to the line.
  /// - Throws: What `appendPiece` throws.
  @inline(__always)
  mutating func appendLine(
    of record: Span<UInt8>,
    _ row: FactRow,
    _ appendPiece: (ClaimLinePiece, inout LeafBuffer) throws -> Void
  ) rethrows {
    let printed = ClaimRecord.printed(record)
    try appendClaimLine(
      row.figure,
      document: record.extracting(printed.document),
      place: ClaimRecord.place(record),
      text: record.extracting(printed.text)
    ) { part, line in
      switch part {
      case .concept: try appendPiece(.text(row.fact.concept), &line)
      case .dimensions: try appendPiece(.dimensions, &line)
      case .entity: try appendPiece(.text(row.fact.entity), &line)
      case .filing: try appendPiece(.text(row.filing), &line)
      case .period: try appendPiece(.period, &line)
      case .kind: try appendPiece(.text(ClaimRecord.kind(record)), &line)
      case .unit: try appendPiece(.text(row.fact.unit), &line)
      }
    }
  }
}

extension FactID {
  /// Both ends of the period, in one number.
  var periodKey: UInt64 {
    UInt64(UInt32(bitPattern: periodEnd)) << 32 | UInt64(UInt32(bitPattern: periodStart))
  }
}
