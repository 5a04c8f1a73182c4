public import Facts
import Platform
import Synchronization

/// Folds the log, event by event, into a source of facts in memory.
///
/// It uses no table of the ledger file but the log and its dictionary: its answers follow from the
/// events alone, and those of the tables must be equal.
public struct LogFold: Sendable {
  private var facts: MemoryFacts

  /// How many events were folded.
  public var head: UInt64 { facts.head }

  /// Starts with nothing folded.
  ///
  /// - Parameters:
  ///   - texts: The dictionary: the text of each symbol, in the order of their numbers.
  ///   - eventCount: How many events are to come, if that is known.
  public init(texts: [String], eventCount: Int = 0) {
    facts = MemoryFacts(texts: texts)
    facts.reserve(eventCount)
  }

  /// Folds events, of which the first is at `sequence`.
  ///
  /// - Precondition: All events before it were folded.
  /// - Throws: ``InconsistentLog`` if an amendment names nothing that can be amended.
  /// - Complexity: O(1) for each event; O(*n*) for an amendment.
  public mutating func fold(_ record: LogRecord, at sequence: UInt64) throws {
    precondition(sequence == facts.head, "events fold in order, without gaps")
    facts.head = sequence + 1
    switch record {
    case .claims(let rows):
      facts.append(rows)
      facts.head = sequence + UInt64(rows.count)
    case .amendment(let amendment, let target):
      guard let named = facts.row(at: target) else {
        try facts.note(amendment, of: target, at: sequence)
        return
      }
      var row = named
      row.sequence = sequence
      row.figure = amendment.figure ?? named.figure
      row.change =
        amendment.isWithdrawal ? .withdrawal(of: target) : .correction(of: target)
      facts.append([row])
    case .layout(let layout, let hash):
      facts.note(.layout(layout), as: DefinitionName(layout: hash), at: sequence)
    case .other(let event):
      facts.note(event, at: sequence)
    }
  }

  /// The source of facts that the events folded so far make.
  ///
  /// - Complexity: O(*s* log *s*), for *s* series.
  public consuming func finish() -> MemoryFacts {
    facts.finish()
    return facts
  }
}

/// A source of facts in memory, folded from the log.
///
/// The rows of a series are put in order when they are first asked for.
public struct MemoryFacts: FactSource, Sendable {
  private let texts: [String]
  private let symbols: [ExactText: SymbolID]
  private var definitions: [DefinitionName: [(sequence: UInt64, event: Event)]] = [:]
  private var filings: [ExactText: [(sequence: UInt64, filing: Filing)]] = [:]

  /// Which filing each filing event records.
  private var filingNames: [UInt64: ExactText] = [:]

  /// Amendments of what is no claim, and retractions.
  private var recorded: [Amendments.Recorded] = []
  private let evaluated = EvaluatedAmendments()
  private var batches: [(sequence: UInt64, batch: Batch)] = []

  /// In the order of the log.
  private var log: [FactRow] = []
  private var index = SeriesIndex()

  /// In order, once the fold is finished.
  private var series: [SeriesIndex.Slot] = []
  private let ordered = OrderedRows()

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

  fileprivate mutating func reserve(_ eventCount: Int) {
    log.reserveInLargePages(eventCount)
    index.reserve(eventCount)
  }

  fileprivate mutating func append(_ rows: [FactRow]) {
    log.append(contentsOf: rows)
    index.append(rows)
  }

  /// The row of the event at `sequence`; `nil` if it is no claim or amendment.
  fileprivate func row(at sequence: UInt64) -> FactRow? {
    var (low, high) = (0, log.count)
    while low < high {
      let middle = (low + high) / 2
      if log[middle].sequence < sequence { low = middle + 1 } else { high = middle }
    }
    return low < log.count && log[low].sequence == sequence ? log[low] : nil
  }

  fileprivate mutating func finish() { series = index.sorted() }

  fileprivate mutating func note(_ event: Event, at sequence: UInt64) {
    switch event {
    case .batch(let batch): batches.append((sequence, batch))
    case .filing(let filing):
      let name = ExactText(filing.filing)
      filings[name, default: []].append((sequence, filing))
      filingNames[sequence] = name
    case .retraction(let retraction):
      recorded.append(.init(sequence: sequence, target: 0, change: .retraction(retraction)))
    case .entity, .concept, .statement, .check, .profile, .footnote, .coverage, .retirement:
      if let name = event.definedOrRetired { note(event, as: name, at: sequence) }
    case .presentation(let presentation):
      guard let entity = filings[ExactText(presentation.filing)]?.last?.filing.entity else {
        return
      }
      let name = DefinitionName(presentationsOf: presentation.name, by: entity)
      note(event, as: name, at: sequence)
    case .claim, .amendment, .layout: break
    }
  }

  fileprivate mutating func note(_ event: Event, as name: DefinitionName, at sequence: UInt64) {
    definitions[name, default: []].append((sequence, event))
  }

  /// Notes an amendment of what is no claim.
  fileprivate mutating func note(
    _ amendment: Amendment,
    of target: UInt64,
    at sequence: UInt64
  ) throws {
    let change: Amendments.Recorded.Change
    if let filing = filingNames[target].flatMap({ name in
      filings[name]?.first { $0.sequence == target }?.filing
    }) {
      change =
        amendment.particulars.map { .filingCorrection(filing, $0) } ?? .filingWithdrawal(filing)
    } else if let batch = batches.last(where: { $0.sequence == target })?.batch {
      change = .batchWithdrawal(target + 1..<target + 1 + UInt64(batch.count))
    } else if recorded.contains(where: { $0.sequence == target }) {
      change = .eventWithdrawal
    } else {
      throw InconsistentLog("it amends event \(target), which is no claim", sequence: sequence)
    }
    recorded.append(.init(sequence: sequence, target: target, change: change))
  }

  /// Evaluates the amendments before `head`, once for each.
  ///
  /// - Throws: ``InconsistentLog`` if the dictionary lacks a symbol.
  public func amendments(before head: UInt64) throws -> Amendments {
    let count = recorded.prefix { $0.sequence < head }.count
    guard count > 0 else { return .none }
    return try evaluated.value(before: head) {
      var amendments = Amendments(
        Array(recorded.prefix(count)),
        newestFiling: { name in
          filings[ExactText(name)]?.last { $0.sequence < head }?.sequence
        },
        symbol: { symbol($0) }
      )
      try amendments.resolveRetractions(in: self, before: head)
      return amendments
    }
  }

  /// Looks the text up in the dictionary.
  public func symbol(_ text: String) -> SymbolID? { symbols[ExactText(text)] }

  /// Looks the symbol up in the dictionary.
  ///
  /// - Throws: ``InconsistentLog`` if the dictionary lacks it.
  public func text(_ symbol: SymbolID) throws -> String {
    guard symbol.rawValue < texts.count else {
      throw InconsistentLog(symbol.missingMessage)
    }
    return texts[Int(symbol.rawValue)]
  }

  /// All rows, in the order of ``FactRow/isOrdered(_:_:)``.
  public var rows: [FactRow] { series.indices.flatMap { rows(ofSeries: $0) } }

  /// Finds the series by halves, and the rows in them.
  public func appendRows(
    from start: FactRow.Place,
    through end: FactID,
    limit: Int,
    to rows: inout [FactRow]
  ) -> Bool {
    let wanted = rows.count + limit
    var position = firstSeries { !($0 < start.fact.series) }
    while position < series.count, !(end.series < series[position].series) {
      let candidates = self.rows(ofSeries: position)
      let first = candidates.firstIndex(byHalves: { !start.isAfter($0) })
      for row in candidates[first...] {
        guard !(end < row.fact) else { return false }
        guard rows.count < wanted else { return true }
        rows.append(row)
      }
      position += 1
    }
    return false
  }

  /// Finds the row by halves.
  public func lastRow(atOrBefore fact: FactID) -> FactRow? {
    let position = firstSeries { fact.series < $0 }
    guard position > 0 else { return nil }
    let candidates = rows(ofSeries: position - 1)
    let end = candidates.firstIndex(byHalves: { fact < $0.fact })
    if end > 0 { return candidates[end - 1] }
    return position > 1 ? rows(ofSeries: position - 2).last : nil
  }

  /// The index of the first series for which `isAfter` holds, in a search by halves.
  private func firstSeries(where isAfter: (SeriesID) -> Bool) -> Int {
    series.firstIndex(byHalves: { isAfter($0.series) })
  }

  /// The rows of a series, in order.
  private func rows(ofSeries position: Int) -> [FactRow] {
    ordered.rows(ofSeries: position) {
      var rows: [FactRow] = []
      rows.reserveCapacity(Int(series[position].rowCount))
      index.forEachRow(of: series[position]) { rows.append(log[$0]) }
      rows.sort(by: FactRow.isOrdered)
      return rows
    }
  }

  /// Finds the newest definition before `head`.
  public func definition(_ name: DefinitionName, before head: UInt64) -> Event? {
    newest(name, before: head)?.event
  }

  /// Finds the sequence of the newest definition before `head`.
  public func definitionSequence(_ name: DefinitionName, before head: UInt64) -> UInt64? {
    newest(name, before: head)?.sequence
  }

  private func newest(
    _ name: DefinitionName,
    before head: UInt64
  ) -> (sequence: UInt64, event: Event)? {
    guard let newest = definitions[name]?.last(where: { $0.sequence < head }),
      !newest.event.isRetirement
    else { return nil }
    return newest
  }

  /// Collects the names before `head`, sorted by their bytes.
  public func definitionNames(
    ofType type: String,
    entity: String?,
    before head: UInt64
  ) -> [String] {
    let owner = entity.map(ExactText.init)
    let names = definitions.filter { name, events in
      name.type == type && name.entity.map(ExactText.init) == owner
        && events.last { $0.sequence < head }.map { !$0.event.isRetirement } ?? false
    }
    return names.keys.map(\.name).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Collects the presentations before `head`.
  public func presentations(
    of entity: String,
    named name: String?,
    before head: UInt64
  ) -> [RecordedPresentation] {
    let names =
      name.map { [$0] }
      ?? definitionNames(ofType: "presentation", entity: entity, before: head)
    return names.flatMap { name in
      (definitions[DefinitionName(presentationsOf: name, by: entity)] ?? [])
        .compactMap { sequence, event in
          guard sequence < head, case .presentation(let presentation) = event else { return nil }
          return RecordedPresentation(presentation, sequence: sequence)
        }
    }
  }

  /// Looks the filing up by its name.
  public func recordedFiling(_ name: String, before head: UInt64) -> Filing? {
    filings[ExactText(name)]?.last { $0.sequence < head }?.filing
  }

  /// Finds the batch that the event belongs to.
  ///
  /// - Throws: ``UnanswerableQuery`` if there is none.
  public func recorded(at sequence: UInt64) throws -> Timestamp {
    guard let batch = batches.last(where: { $0.sequence <= sequence }) else {
      throw InconsistentLog("it has no batch", sequence: sequence)
    }
    return batch.batch.recorded
  }

  /// Finds the last batch recorded at or before `time`.
  public func head(recordedBy time: Timestamp) -> UInt64 {
    guard let last = batches.last(where: { $0.batch.recorded <= time }) else { return 0 }
    return last.sequence + 1 + UInt64(last.batch.count)
  }
}

extension Array {
  /// The index of the first element for which `isAfter` holds, in a search by halves; the count if
  /// there is none.
  fileprivate func firstIndex(byHalves isAfter: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Event {
  /// Whether it retires a definition.
  fileprivate var isRetirement: Bool { if case .retirement = self { true } else { false } }
}

/// What amendments change, for each number of events that was asked for.
private final class EvaluatedAmendments: Sendable {
  private let known = Mutex<[UInt64: Amendments]>([:])

  func value(before head: UInt64, _ make: () throws -> Amendments) rethrows -> Amendments {
    if let amendments = known.withLock({ $0[head] }) { return amendments }
    let amendments = try make()
    known.withLock { $0[head] = amendments }
    return amendments
  }
}

/// The rows of series, in order, as far as they were asked for.
private final class OrderedRows: Sendable {
  private let known = Mutex<[Int: [FactRow]]>([:])

  func rows(ofSeries position: Int, _ make: () -> [FactRow]) -> [FactRow] {
    known.withLock { known in
      if let rows = known[position] { return rows }
      let rows = make()
      known[position] = rows
      return rows
    }
  }
}
