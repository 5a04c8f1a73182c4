import EventStore
import Facts
import Projections

extension Snapshot {
  /// Why a pattern found nothing, and a question that finds something: in another unit, of another period,
  /// published later, or of another name.
  func nothingMatches(
    _ pattern: FactPattern,
    _ query: FactListing.Query
  ) throws -> LedgerError {
    let isDated = pattern.label != nil || query.asOf != nil || query.periodEnd != nil
    for (dropsUnit, dropsPeriod) in [(true, false), (false, true), (true, true)]
    where (!dropsUnit || pattern.unit != nil) && (!dropsPeriod || isDated) {
      var wider = query
      if dropsUnit { wider.pattern = wider.pattern.ofAnyUnit }
      if dropsPeriod {
        (wider.pattern, wider.periodEnd, wider.asOf) = (wider.pattern.ofAnyPeriod, nil, nil)
      }
      let found = try FactListing.choose(wider, in: self).map(\.fact)
      guard !found.isEmpty else { continue }
      var (message, others, words) = ("nothing of that name is reported", [String](), pattern.text)
      if dropsUnit {
        message += " in \(pattern.unit ?? "")"
        others.append(try units(of: found))
      } else if let unit = pattern.unit {
        words += " \(unit)"
      }
      if dropsPeriod {
        message += " for that period"
        others.append(Self.periods(of: found))
      }
      message += ": it is \(others.joined(separator: ", "))"
      return LedgerError(.notFound, message, remedy: .listClaims(words: words))
    }
    return try notKnown(pattern, query) ?? unknownName(pattern, query)
  }

  private func units(of facts: [FactID]) throws -> String {
    let names = try Set(facts.map { $0.unit }).map { try text($0) }.sorted()
    return "in " + names.joined(separator: ", ")
  }

  /// The newest periods of facts.
  private static func periods(of facts: [FactID]) -> String {
    let periods: [Period] = Set(facts.map { $0.period }).sorted { lhs, rhs in
      lhs.end == rhs.end ? lhs.dayCount < rhs.dayCount : lhs.end > rhs.end
    }
    let shown = periods.prefix(3).map { $0.description }.joined(separator: ", ")
    let rest = periods.count - 3
    return rest > 0 ? "for \(shown) and \(rest) more" : "for \(shown)"
  }

  /// That what is asked for was published later; `nil` if it never was.
  private func notKnown(
    _ pattern: FactPattern,
    _ query: FactListing.Query
  ) throws -> LedgerError? {
    guard let knownAt = query.vantage.knownAt else { return nil }
    var wider = query
    wider.vantage.knownAt = nil
    let rows = try FactListing.choose(wider, in: self).flatMap { $0.walk.steps.map(\.row) }
    guard let first = rows.map(\.published).min() else { return nil }
    return LedgerError(
      .notFound,
      "nothing of that name was known at \(PublishedTime(knownAt)): the first claim was published "
        + "\(PublishedTime(first))",
      remedy: .listClaims(words: pattern.text)
    )
  }

  /// That nothing has the name, with one that is near, or with those of its words that name something.
  private func unknownName(
    _ pattern: FactPattern,
    _ query: FactListing.Query
  ) throws -> LedgerError {
    guard !pattern.text.isEmpty else {
      return LedgerError(
        .notFound,
        "no fact matches, for this entity and period and on these three times",
        remedy: .listClaims(words: "")
      )
    }
    let message = "no fact matches \"\(pattern.text)\""
    if let name = try nearName(pattern.text, query) {
      return LedgerError(.notFound, message, remedy: .useName(name))
    }
    let words = pattern.text.split(separator: " ").map(String.init)
    for word in words where words.count > 1 {
      guard try isFound(word, query) else { continue }
      return LedgerError(.notFound, message, remedy: .listClaims(words: word))
    }
    return LedgerError(.notFound, message, remedy: .listClaims(words: ""))
  }

  /// The name of a concept that is near a text and that facts have, whole or without its prefix.
  private func nearName(_ text: String, _ query: FactListing.Query) throws -> String? {
    // Texts that claims use are in the dictionary; those of definitions alone are not.
    var names = try definitionNames(ofType: "concept", before: query.vantage.head)
      .filter { try symbol($0) != nil }
    names += names.map { $0.split(separator: ":").last.map(String.init) ?? $0 }
    for _ in 0..<Self.triedNameCount {
      guard let name = nearest(to: text, among: names) else { return nil }
      if try isFound(name, query) { return name }
      names.removeAll { $0 == name }
    }
    return nil
  }

  /// How many near names are tried: those that no fact asked for has are passed over.
  private static let triedNameCount = 8

  /// Whether a word finds something, of the same entity and on the same times.
  private func isFound(_ word: String, _ query: FactListing.Query) throws -> Bool {
    var wider = FactListing.Query(entity: query.entity, vantage: query.vantage)
    wider.pattern = FactPattern([word])
    return try !FactListing.choose(wider, in: self).isEmpty
  }
}
