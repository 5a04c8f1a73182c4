import Facts
public import Ledger

extension HistoryReport {
  /// Of one figure, its biography; of several periods of one concept, what holds in each.
  public var charts: [Chart] {
    if histories.count == 1 { return histories[0].biography.map { [$0] } ?? [] }
    return overPeriods
  }

  /// A chart for each concept, dimensions and unit, and for each length of its periods.
  private var overPeriods: [Chart] {
    struct Key: Hashable {
      let entity, concept, unit: String
      let dimensions: Dimensions
      let monthCount: Int
    }
    var keys: [Key] = []
    var groups: [Key: [FactHistory]] = [:]
    for history in histories where history.answer.figure?.value != nil {
      let fact = history.fact
      let key = Key(
        entity: fact.entity,
        concept: fact.concept,
        unit: fact.unit,
        dimensions: fact.dimensions,
        // Days of quarters and weeks differ a little: about so many months.
        monthCount: (fact.period.dayCount + 15) / 30
      )
      if groups[key] == nil { keys.append(key) }
      groups[key, default: []].append(history)
    }
    return keys.compactMap { key in
      let sorted = (groups[key] ?? []).sorted { $0.fact.period.end < $1.fact.period.end }
      guard sorted.count > 1 else { return nil }
      let dimensions = key.dimensions.isEmpty ? "" : " [\(key.dimensions.text)]"
      let length = key.monthCount < 2 ? "" : ", \(key.monthCount) months to"
      return Chart(
        "\(key.concept)\(dimensions) of \(key.entity)\(length)",
        unit: key.unit,
        .bars(
          columns: sorted.map { $0.fact.period.end.description },
          series: [.init(key.concept, sorted.map { $0.answer.figure?.value })]
        )
      )
    }
  }
}

extension FactHistory {
  /// The figure over the days on which it was reported; `nil` if nobody reported it with a value.
  public var biography: Chart? {
    let steps = entries.compactMap { entry -> Chart.Step? in
      guard let role = entry.role, let value = entry.listed.claim.figure.value else { return nil }
      return Chart.Step(
        entry.listed.published.timestamp.day,
        value,
        isRestated: role == .restated || role == .conflict,
        note: "\(role.rawValue) by \(entry.listed.claim.filing)"
      )
    }
    guard !steps.isEmpty else { return nil }
    return Chart("\(title), as it was known", unit: fact.unit, .steps(steps))
  }
}
