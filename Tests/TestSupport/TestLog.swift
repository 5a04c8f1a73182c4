public import Facts
import JSON
public import Projections

/// A log made by hand, of events, claims and amendments, folded into a source of facts.
///
/// Nothing is checked: a log may hold what no ledger takes.
public struct TestLog {
  private var texts: [String] = []
  private var records: [LogRecord] = []
  private var published: [String: Timestamp] = [:]

  /// A log without events.
  public init() {}

  /// A log of event lines: a filing before its claims, no amendments.
  public init(lines: [String]) throws {
    let parser = JSONParser()
    for line in lines where !line.isEmpty { add(try Event(parser.parse(line).root)) }
  }

  /// How many events it has.
  public var head: UInt64 { UInt64(records.count) }

  private mutating func symbol(_ text: String) -> SymbolID {
    if let index = texts.firstIndex(of: text) { return SymbolID(rawValue: UInt32(index)) }
    texts.append(text)
    return SymbolID(rawValue: UInt32(texts.count - 1))
  }

  /// Adds an event; of amendments, see ``amend(_:_:)``.
  public mutating func add(_ event: Event) {
    switch event {
    case .claim(let claim): add(claim)
    case .filing(let filing):
      published[filing.filing] = filing.published.timestamp
      records.append(.other(event))
    default: records.append(.other(event))
    }
  }

  private mutating func add(_ claim: Claim) {
    let fact = claim.fact
    let row = FactRow(
      fact: FactID(
        entity: symbol(fact.entity),
        concept: symbol(fact.concept),
        dimensions: symbol(fact.dimensions.text),
        unit: symbol(fact.unit),
        period: fact.period
      ),
      published: published[claim.filing] ?? Timestamp(microseconds: 0),
      sequence: head,
      filing: symbol(claim.filing),
      figure: claim.figure,
      change: .claim
    )
    records.append(.claims([row]))
  }

  /// Adds a filing of this published time.
  public mutating func filing(
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
  public mutating func claim(
    _ concept: String,
    _ period: String,
    _ figure: String,
    _ filing: String,
    unit: String = "USD",
    dimensions: String = "",
    entity: String = "x:1"
  ) throws -> UInt64 {
    guard let period = Period(period), published[filing] != nil else {
      throw Mistake(text: filing)
    }
    let fact = Fact(
      entity: entity,
      concept: concept,
      dimensions: Dimensions(canonicalText: dimensions),
      unit: unit,
      period: period
    )
    add(Claim(kind: "", filing: filing, fact: fact, figure: try Figure(words: figure)))
    return head - 1
  }

  /// Adds a correction, or with `nil` a withdrawal.
  @discardableResult
  public mutating func amend(_ target: UInt64, _ figure: String?) throws -> UInt64 {
    let amendment = Amendment(
      event: "",
      reason: "",
      figure: try figure.map { try Figure(words: $0) }
    )
    records.append(.amendment(amendment, target: target))
    return head - 1
  }

  /// Its first events, folded; `nil` for all.
  public func facts(to end: UInt64? = nil) throws -> MemoryFacts {
    var fold = LogFold(texts: texts)
    for (sequence, record) in records.prefix(Int(end ?? head)).enumerated() {
      try fold.fold(record, at: UInt64(sequence))
    }
    return fold.finish()
  }

  /// A text in a test that does not read.
  public struct Mistake: Error {
    let text: String
  }
}

extension Figure {
  /// Reads `value decimals qualifier`: `71607000 -3`, `185 0 less-than`, `nil`.
  public init(words: String) throws {
    let parts = words.split(separator: " ").map(String.init)
    self.init(
      value: parts[0] == "nil" ? nil : try Amount(parts[0]),
      decimals: parts.count > 1 ? Int8(parts[1]) : nil,
      qualifier: parts.count > 1 ? Qualifier(rawValue: parts[parts.count - 1]) : nil
    )
  }
}
