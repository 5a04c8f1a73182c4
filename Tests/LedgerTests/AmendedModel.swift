import Facts

/// The rules of which claim holds, one after the other over a plain list of events, without a thought of
/// speed: no code of `Projections` is used.
struct AmendedModel {
  /// An event of the log, with its leaf hash.
  struct Logged {
    var sequence: Int
    var event: Event
    var hash: String
  }

  /// A claim that is asked for.
  struct Said {
    var sequence: Int
    var filing: String
    var figure: Figure
  }

  /// A filing as it counts.
  private struct Document {
    var published: Int64
    var form: String
  }

  let log: [Logged]

  /// How many events count, and the last moment whose filings do, in microseconds.
  let head: Int
  let knownAt: Int64

  /// For each event that counts no longer, `withdrawn` or `corrected`.
  private(set) var fates: [Int: String] = [:]
  private var rightFilings: [String: FilingCorrection] = [:]
  private var retractions: [Retraction] = []

  init(_ log: [Logged], head: Int, knownAt: Int64?) {
    self.log = Array(log.prefix(head))
    self.head = head
    self.knownAt = knownAt ?? .max
    for logged in self.log.reversed() where fates[logged.sequence] != "withdrawn" {
      switch logged.event {
      case .amendment(let amendment): apply(amendment, logged.sequence)
      case .retraction(let retraction): retractions.append(retraction)
      default: break
      }
    }
    takeCorrectionsAlong()
  }

  private mutating func apply(_ amendment: Amendment, _ sequence: Int) {
    switch amendment.subject {
    case .filing(let name):
      if let right = amendment.particulars {
        let old = rightFilings[name] ?? FilingCorrection()
        guard target(of: amendment, sequence)?.sequence == newestFiling(name) else { return }
        rightFilings[name] = FilingCorrection(
          published: old.published ?? right.published,
          form: old.form ?? right.form
        )
      } else {
        for logged in log where logged.sequence < sequence && filing(of: logged) == name {
          fates[logged.sequence] = "withdrawn"
        }
      }
    case .batch:
      guard let batch = target(of: amendment, sequence), case .batch(let found) = batch.event else {
        return
      }
      for number in 1...found.count { fates[batch.sequence + number] = "withdrawn" }
    case .event:
      guard let named = target(of: amendment, sequence) else { return }
      if case .filing(let filing) = named.event {
        return apply(Amendment(filing: filing.filing, reason: "", particulars: nil), sequence)
      }
      guard fates[named.sequence] == nil else { return }
      fates[named.sequence] = amendment.isWithdrawal ? "withdrawn" : "corrected"
    }
  }

  /// A correction goes with the claim that it corrects, where that went with its filing or batch.
  private mutating func takeCorrectionsAlong() {
    for logged in log {
      guard case .amendment(let amendment) = logged.event, amendment.figure != nil,
        fates[logged.sequence] == nil, let named = target(of: amendment, logged.sequence),
        fates[named.sequence] == "withdrawn"
      else { continue }
      fates[logged.sequence] = "withdrawn"
    }
  }

  private func newestFiling(_ name: String) -> Int? {
    log.last { if case .filing(let filing) = $0.event { filing.filing == name } else { false } }?
      .sequence
  }

  /// The event that an amendment names: of several with one hash or name, the newest before it.
  private func target(of amendment: Amendment, _ sequence: Int) -> Logged? {
    switch amendment.subject {
    case .event(let hash), .batch(let hash):
      return log.last { $0.sequence < sequence && $0.hash == hash }
    case .filing(let name):
      return log.last { logged in
        guard logged.sequence < sequence, case .filing(let filing) = logged.event else {
          return false
        }
        return filing.filing == name
      }
    }
  }

  /// The filing that an event is of; `nil` for one of no filing.
  private func filing(of logged: Logged) -> String? {
    switch logged.event {
    case .claim(let claim): return claim.filing
    case .filing(let filing): return filing.filing
    case .retraction(let retraction): return retraction.filing
    case .amendment(let amendment):
      guard case .event = amendment.subject, let named = target(of: amendment, logged.sequence)
      else { return nil }
      if case .retraction = named.event { return nil }
      return filing(of: named)
    default: return nil
    }
  }

  /// The claim that an event makes, with its fact; `nil` for any other event.
  private func said(_ logged: Logged) -> (fact: Fact, said: Said)? {
    switch logged.event {
    case .claim(let claim):
      return (
        claim.fact,
        Said(sequence: logged.sequence, filing: claim.filing, figure: claim.figure)
      )
    case .amendment(let amendment):
      guard let figure = amendment.figure, let named = target(of: amendment, logged.sequence),
        let (fact, before) = said(named)
      else { return nil }
      return (fact, Said(sequence: logged.sequence, filing: before.filing, figure: figure))
    default: return nil
    }
  }

  private func document(_ name: String) -> Document {
    var document = Document(published: .max, form: "")
    for logged in log {
      if case .filing(let filing) = logged.event, filing.filing == name {
        document.published = filing.published.timestamp.microseconds
        document.form = filing.form ?? ""
      }
    }
    if let right = rightFilings[name] {
      document.published = right.published?.timestamp.microseconds ?? document.published
      document.form = right.form ?? document.form
    }
    return document
  }

  // MARK: Answers

  /// What became of each claim of an entity that is known, by its sequence.
  func statuses(_ entity: String) -> [Int: String] {
    var claims: [Fact: [Said]] = [:]
    var statuses: [Int: String] = [:]
    for logged in log {
      guard let (fact, said) = said(logged), fact.entity == entity,
        document(said.filing).published <= knownAt
      else { continue }
      if let fate = fates[logged.sequence] {
        statuses[logged.sequence] = fate
      } else {
        claims[fact, default: []].append(said)
      }
    }
    for (fact, said) in claims {
      for ends in [[nil, .approximately, .moreThan, .lessThan], [.low], [.high]] as [[Qualifier?]] {
        var story = AmendedStory()
        tell(said.filter { ends.contains($0.figure.qualifier) }, of: fact, to: &story)
        statuses.merge(story.statuses) { $1 }
      }
    }
    return statuses
  }

  /// Whether a filing that names `said` speaks of `period`.
  private static func speaks(_ said: Period, of period: Period) -> Bool {
    let days = { (day: CivilDate) in Int(day.dayNumber) }
    guard let start = said.start else {
      return period.start == nil && abs(days(period.end) - days(said.end)) <= 7
    }
    if days(period.end) > days(said.end) + 7 { return false }
    guard let first = period.start else { return days(period.end) >= days(start) + 7 }
    return days(first) >= days(start) - 7
  }

  /// The filings by the times at which they became public: an amendment after others of its moment, and
  /// after those of which only its day is known.
  private func ordered(_ names: Set<String>) -> [String] {
    let day: Int64 = 86_400_000_000
    let documents = names.map { (name: $0, document: document($0)) }
    let placed = documents.map { name, document in
      let isAmendment = document.form.hasSuffix("/A")
      var time = document.published
      if time % day == day - 1, !isAmendment {
        let amendments = documents.map(\.document).filter { $0.form.hasSuffix("/A") }
        let sameDay = amendments.map(\.published).filter { $0 / day == time / day }
        time = sameDay.min() ?? time
      }
      return (time, isAmendment ? 1 : 0, name)
    }
    return placed.sorted { $0 < $1 }.map(\.2)
  }

  private func tell(_ said: [Said], of fact: Fact, to story: inout AmendedStory) {
    var takenBack = retractions.filter { retraction in
      retraction.entity == fact.entity && retraction.concepts.contains(fact.concept)
        && retraction.periods.contains { Self.speaks($0, of: fact.period) }
        && document(retraction.filing).published <= knownAt
    }.sorted { document($0.filing).published < document($1.filing).published }
    let filings = ordered(Set(said.map(\.filing)))
    for filing in filings {
      let time = document(filing).published
      while let next = takenBack.firstIndex(where: { retraction in
        time > document(retraction.filing).published || filing == retraction.filing
      }) {
        story.takeBack()
        takenBack.remove(at: next)
      }
      story.take(said.filter { $0.filing == filing })
    }
    if !takenBack.isEmpty { story.takeBack() }
  }
}

/// What filings say of one fact, one after the other.
struct AmendedStory {
  typealias Said = AmendedModel.Said

  private(set) var statuses: [Int: String] = [:]

  /// What holds: a figure, or a lower and an upper bound; or else what contradicts itself.
  private var holding: [Said] = []
  private var torn: [Said] = []

  mutating func takeBack() {
    for said in holding + torn { statuses[said.sequence] = "retracted" }
    (holding, torn) = ([], [])
  }

  mutating func take(_ filing: [Said]) {
    for said in filing { statuses[said.sequence] = "confirmed" }
    if Self.isTorn(filing) {
      for said in holding { statuses[said.sequence] = "restated" }
      for said in filing { statuses[said.sequence] = "conflict" }
      (holding, torn) = ([], filing)
      return
    }
    let new = Self.best(filing)
    if !torn.isEmpty {
      let half = torn.filter { one in new.allSatisfy { Self.agree($0, one) } }
      torn = []
      if !half.isEmpty, !Self.isTorn(half) { holding = Self.best(half) }
      // It was a conflict until now.
      let before = holding
      settle(new)
      for said in before {
        let isHolding = holding.contains { $0.sequence == said.sequence }
        statuses[said.sequence] = isHolding ? "holds" : "conflict"
      }
      return
    }
    settle(new)
  }

  private mutating func settle(_ new: [Said]) {
    let isOther = holding.contains { old in new.contains { !Self.agree($0, old) } }
    if holding.isEmpty || isOther { return hold(new, "restated") }
    let all = Self.best(holding + new)
    let isDash = (holding + new).contains { $0.figure.value == nil }
    let isBound = (holding + new).contains { Self.isBound($0.figure) }
    // A dash and a number that agree, confirm each other.
    if isDash, !isBound { return }
    hold(all, "refined")
  }

  private mutating func hold(_ new: [Said], _ fate: String) {
    for said in holding { statuses[said.sequence] = fate }
    for said in new { statuses[said.sequence] = "holds" }
    holding = new
  }

  private static func isBound(_ figure: Figure) -> Bool {
    figure.qualifier == .moreThan || figure.qualifier == .lessThan
  }

  /// In tenths.
  private static func number(_ figure: Figure) -> Int64 {
    guard let value = figure.value else { return 0 }
    return value.fractionDigitCount == 0 ? value.mantissa * 10 : value.mantissa
  }

  /// Half of what is rounded away, in twentieths.
  private static func half(_ figure: Figure) -> Int64 {
    guard figure.value != nil, let decimals = figure.decimals else { return 0 }
    return decimals == 1 ? 1 : decimals == 0 ? 10 : 100
  }

  private static func agree(_ first: Said, _ second: Said) -> Bool {
    let (one, other) = (first.figure, second.figure)
    let (mine, theirs) = (number(one), number(other))
    switch (one.qualifier, other.qualifier) {
    case (.moreThan, .moreThan), (.lessThan, .lessThan): return true
    case (.moreThan, _), (_, .lessThan): return mine < theirs
    case (.lessThan, _), (_, .moreThan): return mine > theirs
    default: break
    }
    if one.value != nil, other.value != nil, one.decimals == other.decimals {
      return mine == theirs
    }
    return abs(mine - theirs) * 2 <= half(one) + half(other)
  }

  private static func isTorn(_ said: [Said]) -> Bool {
    said.contains { one in said.contains { !agree($0, one) } }
  }

  /// The most precise, the first of equals; of bounds alone the narrowest on each side.
  private static func best(_ said: [Said]) -> [Said] {
    var best: Said?
    for one in said where !isBound(one.figure) {
      if best.map({ rank($0.figure) < rank(one.figure) }) ?? true { best = one }
    }
    if let best { return [best] }
    var (low, high): (Said?, Said?)
    for one in said {
      if one.figure.qualifier == .moreThan {
        if low.map({ number($0.figure) < number(one.figure) }) ?? true { low = one }
      } else if high.map({ number($0.figure) > number(one.figure) }) ?? true {
        high = one
      }
    }
    return [low, high].compactMap(\.self)
  }

  /// Exact before rounded, plain before approximate; a dash after both.
  private static func rank(_ figure: Figure) -> Int {
    if figure.value == nil { return -100 }
    return Int(figure.decimals ?? 9) * 2 + (figure.qualifier == .approximately ? 0 : 1)
  }
}
