import Facts
import Foundation
import Intake
import TestSupport
import Testing

@testable import Ledger

@Suite(
  "General layouts of two companies, from companyfacts",
  .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
)
struct GeneralFootingTests {
  /// What a cell prints, in full units, with half a unit of its last digit.
  private func figure(_ cell: FactAnswer) -> (value: Decimal, slack: Decimal)? {
    guard let figure = cell.figure, let text = figure.value?.description,
      let value = Decimal(string: text)
    else { return nil }
    let slack = figure.decimals.map { Decimal(sign: .plus, exponent: -Int($0), significand: 1) / 2 }
    return (value, slack ?? 0)
  }

  /// The sum of what is printed, in the sign that is printed, for the lines that add to a total, by
  /// their definitions alone.
  private func sum(
    of total: String,
    _ column: Int,
    _ answer: StatementAnswer,
    _ definition: StatementDefinition
  ) -> (value: Decimal, slack: Decimal, count: Int) {
    var (value, slack): (Decimal, Decimal) = (0, 0)
    var count = 0
    for line in definition.lines where line.addsTo == total {
      guard let concept = line.concept else { continue }
      let printed = answer.lines.first { $0.definition == line }
      let sign: Decimal = line.weight < 0 ? -1 : 1
      if let found = printed.flatMap({ figure($0.cells[column]) }) {
        value += sign * (line.isNegated ? -found.value : found.value)
        slack += found.slack
        count += 1
      } else if printed?.cells[column] ?? .notReported == .notReported, concept != total {
        let inner = sum(of: concept, column, answer, definition)
        value += sign * inner.value
        slack += inner.slack
        count += inner.count
      }
    }
    return (value, slack, count)
  }

  @Test(
    "foot in every year: each total is what is printed above it, with what is not listed",
    arguments: ["0000055785", "0000320193"],
    ["balance-sheet", "operations", "cash-flow"]
  )
  func totalsFoot(cik: String, name: String) throws {
    let ledger = try CompanyFactsLedgers.ledger(of: cik)
    var (totalCount, residualCount, mixedCount) = (0, 0, 0)
    var next = CivilDate("2026-12-31")
    while let asOf = next {
      let answer: StatementAnswer
      do {
        answer = try ledger.statement(StatementRequest(name, asOf: asOf))
      } catch let error as LedgerError where error.code == .notFound {
        // Nothing is reported before the first date.
        break
      }
      next = answer.asOf.advanced(byDays: -1)
      let definition = answer.definition
      for (index, line) in answer.lines.enumerated() where line.definition.concept != nil {
        guard line.definition.isSubtotal || line.definition.isTotal,
          let concept = line.definition.concept,
          definition.lines.contains(where: { $0.addsTo == concept })
        else { continue }
        let above = index > 0 ? answer.lines[index - 1] : nil
        let residual = above?.isResidual == true ? above : nil
        for column in answer.columns.indices {
          guard let total = figure(line.cells[column]) else { continue }
          if case .notDerivable(let reason)? = residual?.cells[column] {
            // A total and lines of several vintages foot to nothing.
            #expect(reason.contains(" restated ") && reason.contains(" had last reported "))
            mixedCount += 1
            continue
          }
          let items = sum(of: concept, column, answer, definition)
          guard items.count > 0 else { continue }
          let rest = residual.flatMap { figure($0.cells[column]) }?.value ?? 0
          let difference = total.value - items.value - rest
          #expect(
            abs(difference) <= total.slack + items.slack,
            "\(answer.asOf) column \(column + 1): \(line.definition.label), \(difference)"
          )
          totalCount += 1
          if rest != 0 { residualCount += 1 }
        }
      }
      for column in answer.columns.indices {
        let printed = answer.lines.filter { line in
          line.definition.concept != nil && line.definition.instant == nil
        }.flatMap { $0.cells[column].claims.map(\.sequence) }
        #expect(Set(printed).count == printed.count, "\(answer.asOf) prints a figure twice")
      }
    }
    #expect(totalCount > 100 && mixedCount < totalCount / 4)
    print(
      "\(cik) \(name): \(totalCount) totals foot, \(residualCount) with what is not listed; "
        + "\(mixedCount) mix filings"
    )
  }
}
