import Facts

/// In which currency a statement is printed: the one asked for, else, of a layout for every entity, the
/// one in which the entity reports most of it.
struct StatementCurrency {
  private let definition: StatementDefinition

  /// How many figures the entity reports for lines of the statement in each currency.
  private var counts: [String: Int] = [:]

  /// - Parameters:
  ///   - currencies: The currencies that the ledger has figures in.
  ///   - head: How many events count.
  /// - Complexity: O(log *n* + *k*) for each line and currency, for *k* claims.
  init(
    _ definition: StatementDefinition,
    of entity: SymbolID,
    among currencies: [String],
    before head: UInt64,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    self.definition = definition
    for currency in currencies {
      var other = definition
      other.unit = currency
      other.lines = definition.lines.filter { $0.unit == nil }
      var facts: Set<FactID> = []
      for id in try StatementPlan(other, in: source).ids(of: entity) {
        try source.forEachRow(from: id.first(), through: id.last()) { row in
          if row.sequence < head { facts.insert(row.fact) }
          return true
        }
      }
      if !facts.isEmpty { counts[currency] = facts.count }
    }
  }

  /// The currency of most figures; the definition's own among equals.
  private var main: String? {
    counts.max { lhs, rhs in
      (lhs.value, lhs.key == definition.unit ? 1 : 0, rhs.key)
        < (rhs.value, rhs.key == definition.unit ? 1 : 0, lhs.key)
    }?.key
  }

  /// The layout in a currency.
  ///
  /// - Parameter asked: The currency asked for; `nil` for that of most figures.
  /// - Throws: ``UnanswerableQuery`` if nothing is reported in the currency asked for.
  func layout(in asked: String?) throws -> StatementDefinition {
    guard let main else { return definition }
    if let asked, counts[asked] == nil {
      let others = counts.keys.sorted()
      throw UnanswerableQuery(
        .notReported,
        "nothing of \(definition.statement) is reported in \(asked)",
        remedy: .nameOneOf(others)
      )
    }
    let currency = asked ?? main
    guard currency != definition.unit || currency != main else { return definition }
    var layout = definition
    layout.unit = currency
    let translation = currency == main ? "" : ", a translation: most of it is reported in \(main)"
    layout.caption = caption(in: currency, translation)
    for index in layout.lines.indices {
      if currency != "USD" { layout.lines[index].hasCurrencySign = false }
      guard let unit = layout.lines[index].unit else { continue }
      let parts = unit.split(separator: "/", maxSplits: 1)
      if parts.count == 2, Currency.isCurrency(parts[0]) {
        layout.lines[index].unit = "\(currency)/\(parts[1])"
      }
    }
    return layout
  }

  private func caption(in currency: String, _ translation: String) -> String {
    guard let caption = definition.caption, caption.hasSuffix(")") else {
      return "(in \(currency)\(translation))"
    }
    for scale in ["thousands", "millions", "billions"] where caption.contains("in \(scale)") {
      return caption.replacing("in \(scale)", with: "in \(scale) of \(currency)\(translation)")
    }
    return "\(caption.dropLast()); \(currency)\(translation))"
  }
}
