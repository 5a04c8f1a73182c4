import EventStore
import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("The ledger and a plain list of claims")
struct ModelTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
  }

  @Test("agree on every question, on all three times", arguments: 1...6 as ClosedRange<UInt64>)
  func modelAndLedgerAgreeOnEveryQuestion(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var model = Model()
    try ledger.append(model.define(), seconds: 0)
    model.began(head: try ledger.head)
    for batch in 1...10 {
      let before = try ledger.head
      let lines = try model.batch(&random) { sequence in
        try ledger.store.read { try $0.leafHash(at: sequence) }
      }
      // The clock steps back every third time.
      let second = Int64(batch * 60 - (batch % 3 == 0 ? 150 : 0))
      try ledger.append(lines, seconds: second)
      model.appended(second: second)
      #expect(try ledger.head == model.head)
      #expect(try model.head == before || ledger.head > before)
    }
    for _ in 0..<150 { try ask(Question(&random, model), model) }
    for head in 1...model.head where model.heads.contains(head) {
      try ask(Question(head: head), model)
    }
  }

  private func ask(_ question: Question, _ model: Model) throws {
    var times = Times()
    times.knownAt = question.day.map { .day($0) }
    switch question.recorded {
    case .head(let head): times.recordedAt = .head(head)
    case .second(let second): times.recordedAt = .time(.moment(options(seconds: second).time))
    case nil: break
    }
    for isAll in [true, false] {
      let request = Ledger.FactsRequest(
        entity: question.entity,
        asOf: question.asOf.map { .exact(.instant($0)) },
        isAll: isAll
      )
      var found: [String] = []
      do {
        _ = try ledger.forEachClaim(request, at: times) { claim in
          found.append("\(claim.sequence) \(claim.status.rawValue) \(claim.claim.figure.shown)")
        }
      } catch let error as LedgerError where error.code == .notFound {
        // Nothing to list: the model must say the same.
      }
      let expected = model.statuses(question).filter { isAll || $0.speaks }
        .map { "\($0.sequence) \($0.status) \($0.figure.shown)" }
      #expect(found == expected, "\(question)")
    }
  }
}

/// A question on three times.
private struct Question {
  enum Recorded {
    case head(UInt64)
    case second(Int64)
  }

  var entity: String?
  var asOf: CivilDate?
  var day: CivilDate?
  var recorded: Recorded?

  init(head: UInt64) { recorded = .head(head) }

  /// Asks for any day and head, whether or not the model has something there.
  init(_ random: inout SeededGenerator, _ model: Model) {
    entity = [nil, "x:1", "x:2"].randomElement(using: &random) ?? nil
    asOf = Bool.random(using: &random) ? Model.days.randomElement(using: &random) : nil
    if Int.random(in: 0..<4, using: &random) > 0 {
      day = CivilDate(dayNumber: Model.published.dayNumber + .random(in: -2...9, using: &random))
    }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: recorded = nil
    case 1: recorded = .second(.random(in: 0...700, using: &random))
    default: recorded = .head(.random(in: 1...model.head, using: &random))
    }
  }
}

/// What was appended, and the rules of the design's section 2 by linear scans.
private struct Model {
  struct Entry {
    var sequence: UInt64
    var fact: String
    var entity: String
    var end: CivilDate
    var filing: String
    var published: CivilDate
    var figure: Figure
    /// For an amendment: what it names, and whether it takes that back.
    var target: UInt64?
    var isWithdrawal = false
    var line: String
  }

  struct Verdict {
    var sequence: UInt64
    var status: String
    var figure: Figure
    var speaks: Bool { status == "holds" || status == "conflict" }
  }

  static let days = ["2018-12-31", "2019-06-30", "2019-12-31"].compactMap { CivilDate($0) }
  static let published = CivilDate("2020-02-01") ?? CivilDate(dayNumber: 0)

  private var entries: [Entry] = []
  private(set) var head: UInt64 = 0
  /// The head after each batch, and its recorded second.
  private var batches: [(head: UInt64, second: Int64)] = []
  private var pending: [Entry] = []
  private var place = 0

  var heads: Set<UInt64> { Set(batches.map(\.head)) }

  /// Eight filings on four days, named so that the order of names is not that of days.
  private static let filings = (0..<8).map { index in
    (
      name: "f\(7 - index)", entity: "x:\(1 + index % 2)",
      day: published.advanced(byDays: index / 2)
    )
  }

  func define() -> String {
    var lines = Sample.definitions.split(separator: "\n").filter { !$0.contains("filing") }
      .map(String.init)
    lines.append(#"{"type":"entity","entity":"x:2","name":"Second"}"#)
    for filing in Self.filings {
      lines.append(
        #"{"type":"filing","filing":"\#(filing.name)","entity":"\#(filing.entity)","#
          + #""published":"\#(filing.day)"}"#
      )
    }
    return lines.joined(separator: "\n")
  }

  mutating func began(head: UInt64) {
    self.head = head
    batches = [(head, 0)]
  }

  /// Lines of a batch: claims, some of them recorded before, and amendments.
  mutating func batch(
    _ random: inout SeededGenerator,
    leafHash: (UInt64) throws -> String
  ) rethrows -> String {
    var lines: [String] = []
    // The store orders drafts by filing; so does the model, to know the sequences.
    let chosen = (0..<Int.random(in: 1...12, using: &random))
      .compactMap { _ in Self.filings.randomElement(using: &random) }
      .sorted { $0.name < $1.name }
    for filing in chosen {
      if let old = entries.randomElement(using: &random), old.target == nil, !isWithdrawn(old),
        Int.random(in: 0..<4, using: &random) == 0
      {
        // A claim that is recorded already; it is skipped, wherever it stands.
        lines.insert(old.line, at: 0)
      }
      pending.append(claim(filing, &random))
    }
    lines += pending.map(\.line)
    let amended = Set(entries.compactMap(\.target))
    let live = entries.filter { !$0.isWithdrawal && !amended.contains($0.sequence) }.shuffled(
      using: &random
    )
    for old in live.prefix(Int.random(in: 0...2, using: &random)) {
      var entry = old
      entry.target = old.sequence
      entry.isWithdrawal = Bool.random(using: &random)
      if !entry.isWithdrawal { entry.figure = Self.figure(&random) }
      entry.line =
        #"{"type":"\#(entry.isWithdrawal ? "withdrawal" : "correction")","#
        + #""event":"\#(try leafHash(old.sequence))","reason":"r""#
        + (entry.isWithdrawal ? "" : "," + entry.figure.members) + "}"
      pending.append(entry)
      lines.append(entry.line)
    }
    return lines.joined(separator: "\n")
  }

  private func isWithdrawn(_ entry: Entry) -> Bool {
    entries.contains { $0.target == entry.sequence && $0.isWithdrawal }
  }

  mutating func appended(second: Int64) {
    // The batch event, then what is new.
    for (index, entry) in pending.enumerated() {
      var entry = entry
      entry.sequence = head + 1 + UInt64(index)
      entries.append(entry)
    }
    head += UInt64(pending.count) + 1
    pending = []
    batches.append((head, max(second, batches.last?.second ?? 0)))
  }

  private mutating func claim(
    _ filing: (name: String, entity: String, day: CivilDate),
    _ random: inout SeededGenerator
  ) -> Entry {
    let end = Self.days.randomElement(using: &random) ?? Self.published
    let isInstant = Bool.random(using: &random)
    let unit = ["USD", "shares"].randomElement(using: &random) ?? "USD"
    let (concept, period) =
      isInstant ? ("x:Cash", "\(end)") : ("x:Sales", "\(end.advanced(byDays: -89))/\(end)")
    let figure = Self.figure(&random)
    place += 1
    return Entry(
      sequence: 0,
      fact: "\(filing.entity) \(concept) \(period) \(unit)",
      entity: filing.entity,
      end: end,
      filing: filing.name,
      published: filing.day,
      figure: figure,
      line: #"{"type":"statement-line","filing":"\#(filing.name)","entity":"\#(filing.entity)","#
        + #""concept":"\#(concept)","period":"\#(period)","unit":"\#(unit)","#
        + #""source":{"line":\#(place),"column":1},\#(figure.members)}"#
    )
  }

  private static func figure(_ random: inout SeededGenerator) -> Figure {
    let values: [Int64?] = [1000, 1049, 1050, 1100, 1000, 1500, -1000, 0, nil]
    guard let value = values.randomElement(using: &random) ?? nil else { return Figure(value: nil) }
    return Figure(
      value: Amount(mantissa: value, fractionDigitCount: 0),
      decimals: ([nil, 0, -2, -3] as [Int8?]).randomElement(using: &random) ?? nil,
      qualifier: Int.random(in: 0..<5, using: &random) == 0 ? .approximately : nil
    )
  }

  // MARK: The rules

  /// What became of every claim that `question` may see, in the order of the log.
  func statuses(_ question: Question) -> [Verdict] {
    var bound = head
    switch question.recorded {
    case .head(let head): bound = head
    case .second(let second): bound = batches.last { $0.second <= second }?.head ?? 0
    case nil: break
    }
    let recorded = entries.filter { $0.sequence < bound }
    var verdicts: [Verdict] = []
    for entry in recorded where !entry.isWithdrawal {
      guard let other = amendment(of: entry, recorded),
        isAsked(entry, question)
      else { continue }
      let status = other.isWithdrawal ? "withdrawn" : "corrected"
      verdicts.append(Verdict(sequence: entry.sequence, status: status, figure: entry.figure))
    }
    let live = recorded.filter { entry in
      !entry.isWithdrawal && amendment(of: entry, recorded) == nil && isAsked(entry, question)
    }
    for fact in Set(live.map(\.fact)) {
      verdicts += Self.walk(live.filter { $0.fact == fact })
    }
    return verdicts.sorted { $0.sequence < $1.sequence }
  }

  /// What takes the place of an entry or takes it back, and is not taken back itself.
  private func amendment(of entry: Entry, _ recorded: [Entry]) -> Entry? {
    recorded.last { other in
      other.target == entry.sequence
        && amendment(of: other, recorded).map { !$0.isWithdrawal } ?? true
    }
  }

  private func isAsked(_ entry: Entry, _ question: Question) -> Bool {
    (question.entity.map { $0 == entry.entity } ?? true)
      && (question.asOf.map { $0 == entry.end } ?? true)
      && (question.day.map { entry.published <= $0 } ?? true)
  }

  private static func walk(_ entries: [Entry]) -> [Verdict] {
    let filings = Set(entries.map { [$0.published.description, $0.filing] })
      .sorted { $0.lexicographicallyPrecedes($1) }
    var verdicts: [UInt64: String] = [:]
    var holder: Entry?
    var conflict: [Entry] = []
    for filing in filings {
      let claims = entries.filter { $0.filing == filing[1] }
      let isConflict = claims.contains { one in claims.contains { !$0.agrees(with: one) } }
      let best = claims.map(\.rank).max()
      guard !isConflict, let speaker = claims.first(where: { $0.rank == best }) else {
        if let holder { verdicts[holder.sequence] = "restated" }
        (holder, conflict) = (nil, claims)
        for claim in claims { verdicts[claim.sequence] = "conflict" }
        continue
      }
      // A filing that agrees with one half of a conflict confirms it.
      let half = conflict.filter { $0.agrees(with: speaker) }
      conflict = []
      if !half.contains(where: { one in half.contains { !$0.agrees(with: one) } }),
        let confirmed = half.first(where: { $0.rank == half.map(\.rank).max() })
      {
        holder = confirmed
        let isMore = speaker.rank > confirmed.rank && !speaker.isDash && !confirmed.isDash
        verdicts[confirmed.sequence] = isMore ? "conflict" : "holds"
      }
      for claim in claims { verdicts[claim.sequence] = "confirmed" }
      if let old = holder, speaker.agrees(with: old) {
        guard speaker.rank > old.rank, !speaker.isDash, !old.isDash else { continue }
        if verdicts[old.sequence] == "holds" { verdicts[old.sequence] = "refined" }
      } else if let old = holder {
        verdicts[old.sequence] = "restated"
      }
      verdicts[speaker.sequence] = "holds"
      holder = speaker
    }
    return entries.map { entry in
      Verdict(
        sequence: entry.sequence,
        status: verdicts[entry.sequence] ?? "?",
        figure: entry.figure
      )
    }
  }
}

extension Model.Entry {
  /// Twice the rounding error: 1,000 with decimals -2 is anything from 950 to 1,050.
  private var doubleError: Int64 {
    [0: 1, -2: 100, -3: 1000][figure.decimals ?? 9] ?? 0
  }

  fileprivate func agrees(with other: Model.Entry) -> Bool {
    let (mine, theirs) = (figure.value?.mantissa ?? 0, other.figure.value?.mantissa ?? 0)
    if !isDash, !other.isDash, figure.decimals == other.figure.decimals { return mine == theirs }
    // A dash is zero, rounded as the other is.
    let error = (isDash ? 0 : doubleError) + (other.isDash ? 0 : other.doubleError)
    return abs(mine - theirs) * 2 <= error
  }

  fileprivate var isDash: Bool { figure.value == nil }

  /// Exact before rounded, finer before coarser, plain before approximate; a dash last.
  fileprivate var rank: Int {
    isDash ? -100 : Int(figure.decimals ?? 99) * 2 + (figure.qualifier == nil ? 1 : 0)
  }
}

extension Figure {
  fileprivate var members: String {
    var text = #""value":"# + (value.map { "\"\($0)\"" } ?? "null")
    if let decimals { text += #","decimals":\#(decimals)"# }
    if let qualifier { text += #","qualifier":"\#(qualifier.rawValue)""# }
    return text
  }

  fileprivate var shown: String { members }
}
