import Facts
import LMDB
import Platform

/// The dictionary while it grows: gives every text a number, once.
struct Dictionary {
  private let tables: Tables
  private var symbols: [ExactText: SymbolID] = [:]

  /// Memory for the values of linked rows.
  private var values = NeighbourValues()

  /// How many texts there are.
  private(set) var count: UInt32

  init(_ tables: Tables, in transaction: borrowing WriteTransaction) throws {
    self.tables = tables
    count = UInt32(try transaction.symbolCount(tables))
  }

  /// The number of `text`; `nil` if the text is new.
  ///
  /// - Complexity: O(1) for a text asked for before, else O(log *n*).
  func knownSymbol(
    _ text: String,
    in transaction: borrowing WriteTransaction
  ) throws -> SymbolID? {
    try symbols[ExactText(text)] ?? transaction.symbol(text, tables)
  }

  /// The number of `text`: a new one if the text is new.
  ///
  /// - Complexity: O(1) for a text asked for before, else O(log *n*).
  mutating func symbol(
    _ text: String,
    in transaction: inout WriteTransaction
  ) throws -> SymbolID {
    let key = ExactText(text)
    if let known = symbols[key] { return known }
    if let recorded = try transaction.symbol(text, tables) {
      symbols[key] = recorded
      return recorded
    }
    let symbol = SymbolID(rawValue: count)
    let bytes = Array(text.utf8)
    var number: [UInt8] = []
    number.append(littleEndian: symbol.rawValue)
    for (value, key) in [(bytes, TextKey.symbol(symbol)), (number, TextKey.symbol(text))] {
      try transaction.setLinked(value.span, for: key, in: tables.symbols, tables, &values)
    }
    count += 1
    symbols[key] = symbol
    return symbol
  }
}
