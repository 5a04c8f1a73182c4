public import Facts

/// When the figure of a fact was last reported, and when it was last restated, within a vantage.
struct FactReports {
  /// The claim that holds.
  let holding: FactRow

  /// The last claim of the figure, whatever it did.
  let last: FactRow

  /// The claim by which it was last restated; `nil` if it never was.
  ///
  /// A refinement restates nothing, nor does what the ledger's keeper corrects or withdraws. A claim of a
  /// conflict does if it holds when that ends, and another figure held before. So it is never later than
  /// ``holding``.
  let restated: FactRow?

  /// Reads all claims of the fact.
  ///
  /// - Returns: `nil` if no figure of it holds.
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(log *n* + *k*), for *k* claims of the fact.
  init?(
    of fact: FactID,
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    let walk = try ClaimWalk(
      source.rows(of: fact),
      rangeEnd: .figure,
      within: vantage,
      source.amendments(before: vantage.head)
    ) { try source.filingOrder($0, before: vantage.head) }
    let steps = walk.steps.filter { $0.role != nil }
    guard case .holds(let holding) = walk.answer, let last = steps.last?.row else { return nil }
    self.holding = holding
    self.last = last
    restated = Self.lastRestatement(steps)
  }

  private static func lastRestatement(_ steps: [ClaimWalk.Step]) -> FactRow? {
    var (held, restated): (FactRow?, FactRow?)
    var isConflict = false
    for step in steps {
      let holds: FactRow
      switch step.role {
      case .conflict:
        isConflict = true
        continue
      case .confirmed:
        // The half of a conflict that the filing agrees with.
        guard isConflict, let half = step.previous else { continue }
        holds = half
      case .firstReported, .refined, .restated: holds = step.row
      case .repeated, nil: continue
      }
      let isOther = isConflict && held.map { !$0.figure.isConsistent(with: holds.figure) } ?? false
      if step.role == .restated || isOther { restated = holds }
      (held, isConflict) = (holds, false)
    }
    return restated
  }
}

/// Two figures that are not of one vintage: one was restated after the other was last reported.
public struct VintageMixture: Hashable, Sendable {
  /// The claim that restated the one.
  public let restated: FactRow

  /// The last claim of the other.
  public let stale: FactRow

  /// Looks for such a pair among facts.
  ///
  /// - Parameter rows: The claims that hold for them.
  /// - Returns: `nil` if the figures belong together: none was restated after another's last report.
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(1) if all claims are of one filing; else O(*f* log *n* + *k*), for *k* claims of *f*
  ///   facts.
  init?(
    of rows: [FactRow],
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    // A figure was last reported with its claim that holds, or later, and not restated since.
    guard rows.contains(where: { $0.filing != rows[0].filing }) else { return nil }
    let reports = try FactReports.of(rows, within: vantage, from: source)
    func isBefore(_ row: FactRow, _ other: FactRow) throws -> Bool {
      try source.isPublished(row, before: other, within: vantage)
    }
    // Whatever was restated before the last restatement was restated before the same last reports.
    guard let newest = try reports.compactMap(\.restated).max(by: isBefore) else { return nil }
    let stale = try reports.lazy.map(\.last).filter { $0.fact != newest.fact }.min(by: isBefore)
    guard let stale, try isBefore(stale, newest) else { return nil }
    restated = newest
    self.stale = stale
  }
}

extension FactReports {
  /// Those of the facts of some claims, each fact once.
  static func of(
    _ rows: [FactRow],
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [FactReports] {
    var reports: [FactReports] = []
    var facts: Set<FactID> = []
    for row in rows where facts.insert(row.fact).inserted {
      if let found = try FactReports(of: row.fact, within: vantage, from: source) {
        reports.append(found)
      }
    }
    return reports
  }
}

extension FactSource where Self: ~Copyable & ~Escapable {
  /// Whether the filing of one claim comes before that of another, in the order of ``ClaimWalk``.
  borrowing func isPublished(
    _ row: FactRow,
    before other: FactRow,
    within vantage: Vantage
  ) throws -> Bool {
    if row.published != other.published, !row.published.isSameDay(as: other.published) {
      return row.published < other.published
    }
    guard row.filing != other.filing else { return false }
    let (order, otherOrder) = try (
      filingOrder(row.filing, before: vantage.head), filingOrder(other.filing, before: vantage.head)
    )
    return order.isBefore(otherOrder, published: row.published, other.published)
  }
}
