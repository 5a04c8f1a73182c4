public import Facts

/// Folds the log, event by event, into a source of facts in memory.
///
/// It uses no table of the ledger file but the log and its dictionary: what it answers is what the
/// events say, and the tables must agree.
public struct LogFold: Sendable {
  private var facts: MemoryFacts

  /// How many events were folded.
  public var head: UInt64 { facts.head }

  /// Starts with nothing folded.
  ///
  /// - Parameter texts: The dictionary: the text of each symbol, in the order of their numbers.
  public init(texts: [String]) { facts = MemoryFacts(texts: texts) }

  /// Folds the event at `sequence`.
  ///
  /// - Precondition: All events before it were folded.
  /// - Throws: ``UnanswerableQuery`` if an amendment names no claim.
  public mutating func fold(_ record: LogRecord, at sequence: UInt64) throws {
    precondition(sequence == facts.head, "events fold in order, without gaps")
    facts.head = sequence + 1
    switch record {
    case .claim(let row):
      facts.rows.append(row)
    case .amendment(let amendment, let target):
      guard let named = facts.rows.last(where: { $0.sequence == target }) else {
        throw UnanswerableQuery(
          "event \(sequence) amends event \(target), which is no claim",
          remedy: "restore the ledger from a backup or an export"
        )
      }
      var row = named
      row.sequence = sequence
      row.figure = amendment.figure ?? named.figure
      row.change =
        amendment.figure == nil ? .withdrawal(of: target) : .correction(of: target)
      facts.rows.append(row)
    case .other(let event):
      facts.note(event, at: sequence)
    }
  }

  /// The source of facts that the events folded so far make.
  ///
  /// - Complexity: O(*n* log *n*).
  public consuming func finish() -> MemoryFacts {
    facts.rows.sort(by: FactRow.isOrdered)
    return facts
  }
}

/// A source of facts in memory, folded from the log.
public struct MemoryFacts: FactSource, Sendable {
  private let texts: [String]
  private let symbols: [ExactText: SymbolID]
  private var definitions: [DefinitionName: [(sequence: UInt64, event: Event)]] = [:]
  private var filings: [ExactText: Filing] = [:]
  private var batches: [(sequence: UInt64, batch: Batch)] = []

  /// In the order of ``FactRow/isOrdered(_:_:)``, once the fold is finished.
  public fileprivate(set) var rows: [FactRow] = []

  /// How many events were folded.
  public fileprivate(set) var head: UInt64 = 0

  fileprivate init(texts: [String]) {
    self.texts = texts
    var symbols: [ExactText: SymbolID] = [:]
    symbols.reserveCapacity(texts.count)
    for (index, text) in texts.enumerated() {
      symbols[ExactText(text)] = SymbolID(rawValue: UInt32(index))
    }
    self.symbols = symbols
  }

  fileprivate mutating func note(_ event: Event, at sequence: UInt64) {
    switch event {
    case .batch(let batch): batches.append((sequence, batch))
    case .filing(let filing): filings[ExactText(filing.filing)] = filing
    case .entity, .concept, .statement, .check, .profile:
      if let name = event.definitionName {
        definitions[name, default: []].append((sequence, event))
      }
    case .claim, .amendment: break
    }
  }

  /// Looks the text up in the dictionary.
  public func symbol(_ text: String) -> SymbolID? { symbols[ExactText(text)] }

  /// Looks the symbol up in the dictionary.
  public func text(_ symbol: SymbolID) throws -> String {
    guard symbol.rawValue < texts.count else {
      throw UnanswerableQuery(
        "the dictionary lacks symbol \(symbol.rawValue)",
        remedy: "restore the ledger from a backup or an export"
      )
    }
    return texts[Int(symbol.rawValue)]
  }

  /// Walks over the rows, in order.
  public func forEachRow(from start: FactID, _ body: (FactRow) throws -> Bool) rethrows {
    for row in rows[firstIndex { !($0.fact < start) }...] {
      guard try body(row) else { return }
    }
  }

  /// Finds the row by halves.
  public func lastRow(atOrBefore fact: FactID) -> FactRow? {
    let index = firstIndex { fact < $0.fact }
    return index > 0 ? rows[index - 1] : nil
  }

  /// The index of the first row for which `isAfter` holds, in a search by halves.
  private func firstIndex(where isAfter: (FactRow) -> Bool) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(rows[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Finds the newest definition before `head`.
  public func definition(_ name: DefinitionName, before head: UInt64) -> Event? {
    definitions[name]?.last { $0.sequence < head }?.event
  }

  /// Collects the names before `head`, sorted by their bytes.
  public func definitionNames(ofType type: String, before head: UInt64) -> [String] {
    let names = definitions.filter { name, events in
      name.type == type && events.contains { $0.sequence < head }
    }
    return names.keys.map(\.name).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Looks the filing up by its name.
  public func filing(_ name: String) -> Filing? { filings[ExactText(name)] }

  /// Finds the batch that the event belongs to.
  public func recorded(at sequence: UInt64) throws -> Timestamp {
    guard let batch = batches.last(where: { $0.sequence <= sequence }) else {
      throw UnanswerableQuery(
        "event \(sequence) has no batch",
        remedy: "restore the ledger from a backup or an export"
      )
    }
    return batch.batch.recorded
  }

  /// Finds the last batch recorded at or before `time`.
  public func head(recordedBy time: Timestamp) -> UInt64 {
    guard let last = batches.last(where: { $0.batch.recorded <= time }) else { return 0 }
    return last.sequence + 1 + UInt64(last.batch.count)
  }
}
