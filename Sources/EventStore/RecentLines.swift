import Facts
import JSON
import Merkle
import Platform

/// Makes the canonical lines of single claims from their records, without a ``Claim``.
///
/// Unlike ``ClaimLines``, it keeps no more than the pieces that were needed last, however many symbols the
/// dictionary has.
struct RecentLines {
  private var strings = RecentPieces()
  private var dimensions = RecentPieces()
  private var periods = RecentPieces()

  /// Appends the canonical line of a claim's record.
  ///
  /// - Parameters:
  ///   - row: The record's ``ClaimRecord/row(_:sequence:)``.
  ///   - text: Looks a symbol up in the dictionary.
  /// - Throws: What `text` throws.
  mutating func append(
    _ record: Span<UInt8>,
    _ row: FactRow,
    to line: inout LeafBuffer,
    text: (SymbolID) throws -> String
  ) throws {
    try line.appendLine(of: record, row) { piece, line in
      switch piece {
      case .text(let symbol): try append(symbol, to: &line, text)
      case .dimensions: try appendMembers(row.fact.dimensions, to: &line, text)
      case .period: appendPeriod(of: row.fact, to: &line)
      }
    }
  }

  private mutating func append(
    _ symbol: SymbolID,
    to line: inout LeafBuffer,
    _ text: (SymbolID) throws -> String
  ) throws {
    let piece = try strings.piece(UInt64(symbol.rawValue)) {
      $0.appendJSONString(try text(symbol))
    }
    line.append(piece.span)
  }

  private mutating func appendMembers(
    _ symbol: SymbolID,
    to line: inout LeafBuffer,
    _ text: (SymbolID) throws -> String
  ) throws {
    let piece = try dimensions.piece(UInt64(symbol.rawValue)) {
      Dimensions(canonicalText: try text(symbol)).appendCanonicalMember(to: &$0)
    }
    line.append(piece.span)
  }

  private mutating func appendPeriod(of fact: FactID, to line: inout LeafBuffer) {
    let piece = periods.piece(fact.periodKey) { $0 += "\"\(fact.period)\"".utf8 }
    line.append(piece.span)
  }
}

/// Pieces of lines, each at the place that its key chooses.
private struct RecentPieces {
  private var pieces: [(key: UInt64, bytes: [UInt8])] = []

  private static let count = 512

  /// The piece of a key: the one that is kept, or else what `make` appends.
  mutating func piece(
    _ key: UInt64,
    _ make: (inout [UInt8]) throws -> Void
  ) rethrows -> [UInt8] {
    if pieces.isEmpty { pieces = Array(repeating: (key: 0, bytes: []), count: Self.count) }
    // Multiplied, the bits of all keys are mixed in the highest ones.
    let index = Int((key &* 0x9E37_79B9_7F4A_7C15) >> 55)
    if pieces[index].key == key, !pieces[index].bytes.isEmpty { return pieces[index].bytes }
    var bytes: [UInt8] = []
    try make(&bytes)
    pieces[index] = (key, bytes)
    return bytes
  }
}
