import Facts
import Projections

/// A log made by hand, folded into a source of facts.
struct TestLog {
  private var texts: [String] = []
  private var records: [LogRecord] = []
  private var published: [String: Timestamp] = [:]
  private var rows: [UInt64: FactRow] = [:]

  var head: UInt64 { UInt64(records.count) }

  private mutating func symbol(_ text: String) -> SymbolID {
    if let index = texts.firstIndex(of: text) { return SymbolID(rawValue: UInt32(index)) }
    texts.append(text)
    return SymbolID(rawValue: UInt32(texts.count - 1))
  }

  mutating func add(_ event: Event) {
    if case .filing(let filing) = event {
      published[filing.filing] = filing.published.timestamp
    }
    records.append(.other(event))
  }

  mutating func filing(
    _ name: String,
    _ time: String,
    entity: String = "x:1",
    fiscalYear: Int? = nil,
    fiscalPeriod: String? = nil
  ) throws {
    guard let time = PublishedTime(time) else { throw Mistake(text: time) }
    let filing = Filing(
      filing: name,
      entity: entity,
      published: time,
      fiscalYear: fiscalYear,
      fiscalPeriod: fiscalPeriod
    )
    add(.filing(filing))
  }

  /// Adds a claim, `value decimals qualifier`, and gives its sequence.
  @discardableResult
  mutating func claim(
    _ concept: String,
    _ period: String,
    _ figure: String,
    _ filing: String,
    unit: String = "USD",
    dimensions: String = "",
    entity: String = "x:1"
  ) throws -> UInt64 {
    guard let period = Period(period), let published = published[filing] else {
      throw Mistake(text: filing)
    }
    let row = FactRow(
      fact: FactID(
        entity: symbol(entity),
        concept: symbol(concept),
        dimensions: symbol(dimensions),
        unit: symbol(unit),
        period: period
      ),
      published: published,
      sequence: head,
      filing: symbol(filing),
      figure: try Figure(words: figure),
      change: .claim
    )
    rows[head] = row
    records.append(.claims([row]))
    return row.sequence
  }

  /// Adds a correction, or with `nil` a withdrawal.
  @discardableResult
  mutating func amend(_ target: UInt64, _ figure: String?) throws -> UInt64 {
    let amendment = Amendment(
      event: "",
      reason: "",
      figure: try figure.map { try Figure(words: $0) }
    )
    records.append(.amendment(amendment, target: target))
    return head - 1
  }

  func facts(to end: UInt64? = nil) throws -> MemoryFacts {
    var fold = LogFold(texts: texts)
    for (sequence, record) in records.prefix(Int(end ?? head)).enumerated() {
      try fold.fold(record, at: UInt64(sequence))
    }
    return fold.finish()
  }

  struct Mistake: Error { let text: String }
}

extension Figure {
  init(words: String) throws {
    let parts = words.split(separator: " ").map(String.init)
    self.init(
      value: parts[0] == "nil" ? nil : try Amount(parts[0]),
      decimals: parts.count > 1 ? Int8(parts[1]) : nil,
      qualifier: parts.count > 1 ? Qualifier(rawValue: parts[parts.count - 1]) : nil
    )
  }
}
