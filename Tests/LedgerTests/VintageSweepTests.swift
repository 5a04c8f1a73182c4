import Facts
import Foundation
import Intake
import TestSupport
import Testing

@testable import Ledger

/// What filings reported of each fact, read from the events alone.
private struct ReportedFacts {
  struct Report {
    let moment: Timestamp

    /// By which filings of one moment are ordered.
    let order: String
    let value: Decimal
  }

  private var reports: [Fact: [Report]] = [:]

  /// The fact of each claim.
  private(set) var facts: [UInt64: Fact] = [:]

  init(_ ledger: Ledger) throws {
    var filings: [String: Filing] = [:]
    try ledger.forEachEvent(from: 0) { sequence, event, _ in
      switch event {
      case .filing(let filing): filings[filing.filing] = filing
      case .claim(let claim):
        let filing = try #require(filings[claim.filing])
        let isAmendment = filing.form?.hasSuffix("/A") ?? false
        let value = try #require(claim.figure.value.flatMap { Decimal(string: $0.description) })
        #expect(claim.figure.decimals == nil && claim.figure.qualifier == nil)
        facts[sequence] = claim.fact
        reports[claim.fact, default: []].append(
          Report(
            moment: filing.published.timestamp,
            order: (isAmendment ? "1" : "0") + claim.filing,
            value: value
          )
        )
      default: break
      }
      return true
    }
    for fact in reports.keys {
      reports[fact]?.sort { ($0.moment, $0.order) < ($1.moment, $1.order) }
    }
  }

  /// The reports until a moment, the last one that changed the value, and the value that holds.
  func story(_ fact: Fact, until moment: Timestamp?) -> (last: Report, restated: Report?) {
    let known = (reports[fact] ?? []).filter { report in moment.map { report.moment <= $0 } ?? true
    }
    var (held, restated): (Decimal?, Report?)
    for report in known {
      if let held, held != report.value { restated = report }
      held = report.value
    }
    return (known[known.count - 1], restated)
  }

  /// Whether one of the facts was restated after another was last reported.
  func areMixed(_ facts: [Fact], until moment: Timestamp?) -> Bool {
    let stories = facts.map { story($0, until: moment) }
    return stories.indices.contains { one in
      guard let restated = stories[one].restated else { return false }
      return stories.indices.contains { other in
        let last = stories[other].last
        return one != other && (last.moment, last.order) < (restated.moment, restated.order)
      }
    }
  }
}

@Suite(
  "The vintages of two companies, from companyfacts",
  .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
)
struct VintageSweepTests {
  /// Whether the reported totals of a column are the sums of what is printed above them, and one of
  /// `lines` is above one of them.
  private func foots(
    _ answer: StatementAnswer,
    _ column: Int,
    with lines: [StatementAnswer.Line]
  ) -> Bool {
    func value(_ line: StatementAnswer.Line) -> Decimal? {
      line.cells[column].figure?.value.flatMap { Decimal(string: $0.description) }
    }
    var isFooted = false
    for total in answer.lines {
      guard let concept = total.definition.concept, case .holds = total.cells[column],
        let expected = value(total)
      else { continue }
      var (sum, hasDerived, isMeant): (Decimal, Bool, Bool) = (0, false, false)
      func add(_ parent: String, _ sign: Decimal) {
        for definition in answer.definition.lines where definition.addsTo == parent {
          guard let concept = definition.concept else { continue }
          let parentIsNegated = answer.definition.lines.first { $0.concept == parent }?.isNegated
          let isOpposite = (definition.weight < 0) != (definition.isNegated != parentIsNegated)
          let line = answer.lines.first { $0.definition == definition }
          if let line, let item = value(line) {
            sum += (isOpposite ? -sign : sign) * item
            if case .derived = line.cells[column] { hasDerived = true }
            if lines.contains(line) { isMeant = true }
          } else {
            add(concept, isOpposite ? -sign : sign)
          }
        }
      }
      add(concept, 1)
      guard hasDerived else { continue }
      if sum != expected { return false }
      isFooted = isFooted || isMeant
    }
    return isFooted
  }

  @Test(
    "no derived figure mixes filings, in any year and quarter",
    arguments: ["0000055785", "0000320193"]
  )
  func noDerivedFigureMixesFilings(cik: String) throws {
    let ledger = try CompanyFactsLedgers.ledger(of: cik)
    let reported = try ReportedFacts(ledger)
    let statements: [(String, Span)] = [
      ("operations", .quarter), ("operations", .ttm), ("cash-flow", .quarter),
    ]
    var derivedCount = 0
    for (name, span) in statements {
      // Every quarter, or year, that there is.
      var next = CivilDate("2026-12-31")
      while let asOf = next {
        let request = StatementRequest(name, asOf: asOf, span: span, columnCount: 32)
        let answer: StatementAnswer
        do {
          answer = try ledger.statement(request)
        } catch let error as LedgerError where error.code == .notFound {
          break
        }
        derivedCount += try sweep(answer, reported)
        next = answer.columns.last?.period.end.advanced(byDays: -1)
      }
    }
    #expect(derivedCount > 1000)
  }

  /// - Returns: How many derived figures there are.
  private func sweep(_ answer: StatementAnswer, _ reported: ReportedFacts) throws -> Int {
    var (derivedCount, earlierCount, provenCount, refusedCount) = (0, 0, 0, 0)
    for column in answer.columns.indices {
      let name = "\(answer.definition.statement) \(answer.columns[column].period)"
      var vintages: Set<DerivedFigure.Vintage?> = []
      var proven: [StatementAnswer.Line] = []
      for line in answer.lines where !line.isHeading {
        if case .notDerivable(let reason) = line.cells[column], reason.contains(" restated ") {
          refusedCount += 1
        }
        guard case .derived(let derived) = line.cells[column] else { continue }
        derivedCount += 1
        vintages.insert(derived.vintage)
        if derived.vintage != nil { earlierCount += 1 }
        let facts = derived.operands.compactMap { reported.facts[$0.claim.sequence] }
        #expect(facts.count == derived.operands.count)
        if reported.areMixed(facts, until: derived.vintage?.published) { proven.append(line) }
      }
      #expect(vintages.count <= 1, "\(name) \(vintages)")
      // They can all be recast, and proven by what is reported.
      provenCount += proven.count
      let isProven = proven.isEmpty || foots(answer, column, with: proven)
      #expect(isProven, "\(name) \(proven.map(\.definition.label))")
    }
    print(
      "\(answer.entity.name) \(answer.definition.statement): \(answer.columns.count) columns, "
        + "\(derivedCount) derived, \(earlierCount) as of an earlier moment, "
        + "\(provenCount) proven by totals, \(refusedCount) refused"
    )
    return derivedCount
  }

  typealias Span = StatementRequest.Span

  @Test("the fourth quarter of 2024 is the difference of figures that were both recast")
  func quarterIsOfRecastFigures() throws {
    let ledger = try CompanyFactsLedgers.ledger(of: "0000055785")
    let request = StatementRequest("operations", asOf: CivilDate("2024-12-31"), span: .quarter)
    let answer = try ledger.statement(request)
    let costs = try #require(answer.lines.first { $0.definition.label == "Cost of sales" })
    #expect(costs.cells[0].figure?.value?.description == "2659000000")
    #expect(costs.cells[0].vintage == nil)
    // Only the year was recast: 13,399 less 10,166 were filed.
    #expect(costs.cells[1].figure?.value?.description == "3233000000")
    #expect(costs.cells[1].vintage != nil)
    let history = try ledger.history(
      Ledger.FactsRequest(words: ["us-gaap:CostOfGoodsAndServicesSold", "2024Q4"])
    )
    #expect(history.map(\.answer.figure?.value?.description) == ["2659000000"])
  }

  @Test("net income of the fourth quarter of 2009, as it was known")
  func restatedTwice() throws {
    let ledger = try CompanyFactsLedgers.ledger(of: "0000320193")
    let request = StatementRequest("operations", asOf: CivilDate("2009-09-26"), span: .quarter)
    let filed = [("2009-12-31", "1665"), ("2010-03-01", "1665"), ("2026-12-31", "2532")]
    for (knownAt, expected) in filed {
      let answer = try ledger.statement(request, at: Times(knownAt: PublishedTime(knownAt)))
      let income = try #require(answer.lines.first { $0.definition.label == "Net income (loss)" })
      #expect(income.cells[0].figure?.value?.description == expected + "000000")
      let isEarlier = knownAt == "2010-03-01"
      #expect(income.cells[0].vintage?.filing == (isEarlier ? "0001193125-09-214859" : nil))
      // As a known-at, the vintage gives the same figures.
      guard let vintage = income.cells[0].vintage else { continue }
      let then = try ledger.statement(
        request,
        at: Times(knownAt: PublishedTime(vintage.published))
      )
      for (line, other) in zip(answer.lines, then.lines) where !line.isHeading {
        #expect(line.cells[0].figure == other.cells[0].figure, "\(line.definition.label)")
      }
    }
  }
}
