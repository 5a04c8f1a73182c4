import Facts
import JSON
import LMDB

/// Makes the canonical lines of claims again from their records, byte for byte, without a ``Claim``.
///
/// The same bytes as `Claim.appendCanonicalLine`, some times faster: what many claims share is made
/// once.
struct ClaimLines {
  /// Symbols as JSON strings; empty where not yet asked for.
  private var strings: [[UInt8]]

  /// Symbols of dimensions as members of the line, from the comma on; empty likewise.
  private var dimensions: [[UInt8]?]

  private let symbolCount: Int

  /// Periods, from their end and start.
  private var periods: [UInt64: [UInt8]] = [:]

  /// Starts with nothing made.
  ///
  /// - Parameter symbolCount: How many symbols the dictionary has; others are damage.
  init(symbolCount: Int) {
    self.symbolCount = symbolCount
    (strings, dimensions) = ([], [])
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
    to bytes: inout [UInt8],
    text: (SymbolID) throws -> String
  ) throws {
    let fact = row.fact
    bytes.append(literal: #"{"concept":"#)
    try append(fact.concept, row.sequence, to: &bytes, text)
    if let decimals = row.figure.decimals {
      bytes.append(literal: #","decimals":"#)
      bytes.append(contentsOf: String(decimals).utf8)
    }
    try appendDimensions(fact.dimensions, row.sequence, to: &bytes, text)
    bytes.append(literal: #","entity":"#)
    try append(fact.entity, row.sequence, to: &bytes, text)
    bytes.append(literal: #","filing":"#)
    try append(row.filing, row.sequence, to: &bytes, text)
    append(fact, to: &bytes)
    if let qualifier = row.figure.qualifier {
      bytes.append(literal: #","qualifier":""#)
      bytes.append(contentsOf: qualifier.rawValue.utf8)
      bytes.append(UInt8(ascii: "\""))
    }
    appendSource(of: record, to: &bytes)
    bytes.append(literal: #","type":"#)
    try append(ClaimRecord.kind(record), row.sequence, to: &bytes, text)
    bytes.append(literal: #","unit":"#)
    try append(fact.unit, row.sequence, to: &bytes, text)
    bytes.append(literal: #","value":"#)
    guard let value = row.figure.value else { return bytes.append(literal: "null}") }
    bytes.append(UInt8(ascii: "\""))
    value.appendText(to: &bytes)
    bytes.append(literal: #""}"#)
  }

  private mutating func append(
    _ symbol: SymbolID,
    _ sequence: UInt64,
    to bytes: inout [UInt8],
    _ text: (SymbolID) throws -> String
  ) throws {
    let index = try index(of: symbol, sequence)
    if strings[index].isEmpty { try strings[index].appendJSONString(text(symbol)) }
    bytes.append(contentsOf: strings[index])
  }

  private mutating func appendDimensions(
    _ symbol: SymbolID,
    _ sequence: UInt64,
    to bytes: inout [UInt8],
    _ text: (SymbolID) throws -> String
  ) throws {
    let index = try index(of: symbol, sequence)
    if let made = dimensions[index] { return bytes.append(contentsOf: made) }
    var made: [UInt8] = []
    Dimensions(canonicalText: try text(symbol)).appendCanonicalMember(to: &made)
    dimensions[index] = made
    bytes.append(contentsOf: made)
  }

  private mutating func index(of symbol: SymbolID, _ sequence: UInt64) throws -> Int {
    let index = Int(symbol.rawValue)
    if index < strings.count { return index }
    guard index < symbolCount else {
      throw DamagedLedger("the dictionary lacks its symbol \(index)", sequence: sequence)
    }
    let newCount = index + 1 - strings.count
    strings.append(contentsOf: repeatElement([], count: newCount))
    dimensions.append(contentsOf: repeatElement(nil, count: newCount))
    return index
  }

  private mutating func append(_ fact: FactID, to bytes: inout [UInt8]) {
    let key =
      UInt64(UInt32(bitPattern: fact.periodEnd)) << 32
      | UInt64(UInt32(bitPattern: fact.periodStart))
    if let made = periods[key] { return bytes.append(contentsOf: made) }
    let made = Array(#","period":"\#(fact.period)""#.utf8)
    periods[key] = made
    bytes.append(contentsOf: made)
  }

  private func appendSource(of record: Span<UInt8>, to bytes: inout [UInt8]) {
    let place = ClaimRecord.place(record)
    let text = record.extracting(ClaimRecord.byteCountMin..<record.count)
    guard place != nil || !text.isEmpty else { return }
    bytes.append(literal: #","source":{"#)
    if let place {
      bytes.append(literal: #""column":"#)
      bytes.append(contentsOf: String(place.column).utf8)
      bytes.append(literal: #","line":"#)
      bytes.append(contentsOf: String(place.line).utf8)
    }
    if !text.isEmpty {
      bytes.append(literal: place == nil ? #""text":"# : #","text":"#)
      bytes.appendJSONString(utf8: text)
    }
    bytes.append(UInt8(ascii: "}"))
  }
}

extension [UInt8] {
  fileprivate mutating func append(literal: String) { append(contentsOf: literal.utf8) }
}
