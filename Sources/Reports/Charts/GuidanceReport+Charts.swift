import Facts
import Ledger

extension GuidanceReport {
  /// For each fact, what the filings forecast, one beside the other, and what came of it.
  public var charts: [Chart] {
    var facts: [Fact] = []
    for entry in answer.entries where !facts.contains(entry.fact) { facts.append(entry.fact) }
    return facts.compactMap { fact in
      let entries = answer.entries.filter { $0.fact == fact }
      let ranges = entries.compactMap(\.range)
      guard let first = entries.first, !ranges.isEmpty else { return nil }
      let words = fact.dimensions.pairs.map { String($0.value) }.joined(separator: ", ")
      let title = (first.label ?? fact.concept) + (words.isEmpty ? "" : ": \(words)")
      return Chart("\(title), \(fact.period)", unit: fact.unit, .ranges(ranges))
    }
  }
}

extension GuidanceAnswer.Entry {
  fileprivate var range: Chart.Range? {
    let (low, high): (Amount?, Amount?)
    switch target {
    case .figure(let claim):
      let value = claim.figure.value
      // A bound is open to its other side.
      low = claim.figure.qualifier == .lessThan ? nil : value
      high = claim.figure.qualifier == .moreThan ? nil : value
    case .range(let lower, let upper): (low, high) = (lower?.figure.value, upper?.figure.value)
    }
    let actual = actual.figure?.value
    guard low != nil || high != nil || actual != nil else { return nil }
    let label = "forecast of \(filing.published.timestamp.day)"
    return Chart.Range(label, low: low, high: high, actual: actual)
  }
}
