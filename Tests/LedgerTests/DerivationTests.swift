import Facts
import Intake
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("Figures derived from other periods")
struct DerivationTests {
  /// A series, and the figures that hold for two of its periods.
  private struct Series: Hashable {
    var concept: String
    var dimensions: Dimensions
    var unit: String
  }

  private func figures(_ ledger: Ledger, _ period: String) throws -> [Series: Figure] {
    var figures: [Series: Figure] = [:]
    let request = Ledger.FactsRequest(words: [period])
    _ = try ledger.forEachClaim(request) { listed in
      let fact = listed.claim.fact
      guard RangeEnd(listed.claim.figure.qualifier) == .figure else { return }
      let series = Series(concept: fact.concept, dimensions: fact.dimensions, unit: fact.unit)
      figures[series] = listed.claim.figure
    }
    return figures
  }

  private func derived(_ ledger: Ledger, _ series: Series, _ period: String) throws -> FactAnswer? {
    let words = [series.concept, period] + series.dimensions.pairs.map { "\($0.key)=\($0.value)" }
    let request = Ledger.FactsRequest(words: words)
    return try ledger.history(request).first {
      $0.fact.dimensions == series.dimensions && $0.fact.unit == series.unit
        && $0.fact.concept == series.concept
    }?.answer
  }

  @Test(
    "the first half is nine months less the third quarter, for each flow of the release",
    arguments: [(2004, 85), (2003, 85)]
  )
  func firstHalfIsNineMonthsLessThirdQuarter(year: Int, count: Int) throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    _ = try ledger.append(Package.drafts(), options())
    let quarter = try figures(ledger, "\(year)Q3")
    let nine = try figures(ledger, "\(year)-9M")
    let reported = try figures(ledger, "\(year)H1")
    var (derivedCount, refusedCount) = (0, 0)
    for (series, whole) in nine where reported[series] == nil {
      guard let part = quarter[series] else { continue }
      let concept = try #require(try Ledger.concept(series.concept, in: ledger))
      let isBound = [whole, part].contains { $0.qualifier == .moreThan }
      guard concept.isAdditive == true, !isBound else {
        refusedCount += 1
        #expect(throws: LedgerError.self, "\(series)") {
          try derived(ledger, series, "\(year)H1")
        }
        continue
      }
      let expected = try (whole.value ?? Amount("0")).subtracting(part.value ?? Amount("0"))
      let answer = try derived(ledger, series, "\(year)H1")
      guard case .derived(let derivation)? = answer else {
        Issue.record("\(series) is not derived: \(String(describing: answer))")
        continue
      }
      let isDash = whole.value == nil && part.value == nil
      #expect(derivation.figure.value == (isDash ? nil : expected), "\(series)")
      #expect(derivation.operands.count == 2)
      // Two roundings leave more open than half a unit of the coarser one.
      let decimals = [whole, part].filter { $0.value != nil }.compactMap(\.decimals)
      let coarsest = decimals.min().map { decimals.count == 2 ? $0 - 1 : $0 }
      #expect(derivation.figure.decimals == coarsest, "\(series)")
      derivedCount += 1
    }
    #expect(derivedCount >= count && refusedCount > 40, "\(derivedCount) \(refusedCount)")
  }

  @Test("the first half's income agrees with the 8.9 million printed in August 2004")
  func firstHalfsIncomeIsThePrintedOne() throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    _ = try ledger.append(Package.drafts(), options())
    let answer = try ledger.checks("claims/shorter-periods", asOf: CivilDate("2004-09-30"))
    let income = try #require(
      answer.results.first { $0.total.operand.concept == "us-gaap:NetIncomeLoss" }
    )
    #expect(income.status == .agreesWithinRounding)
    #expect(income.reported == "-2364000" && income.computed == "-2392000")
    let claims = income.parts.compactMap(\.claim)
    #expect(claims.map(\.figure.value?.description) == ["8900000", "-11292000"])
    #expect(claims.first?.filing == "0001157523-04-007260")
    #expect(answer.results.allSatisfy { $0.status != .exception })
  }

  @Test("the index derives what a fold of the log derives")
  func indexDerivesWhatFoldDerives() throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    _ = try ledger.append(Package.drafts(), options())
    let replay = try ledger.replay()
    for name in ["operations", "cash-flow", "production", "highlights"] {
      for span in StatementRequest.Span.allCases {
        for knownAt in [nil, "2004-08-03", "2004-11-04"].map({ $0.flatMap { PublishedTime($0) } }) {
          let request = StatementRequest(name, span: span)
          let times = Times(knownAt: knownAt)
          let indexed = try? ledger.statement(request, at: times)
          let folded = try? ledger.statement(request, from: replay, at: times)
          #expect(indexed == folded, "\(name) \(span)")
        }
      }
    }
  }
}
