import Facts
import TestSupport
import Testing

@testable import Ledger

@Suite("A panel") struct PanelTests {
  /// Two companies: one with quarters, a year that its quarters lead to, and a figure that was restated; one
  /// that reports in another currency, and another concept.
  private func ledger(_ folder: TemporaryFolder) throws -> Ledger {
    let ledger = try folder.ledger()
    var lines = """
      {"type":"entity","entity":"x:1","name":"One","fiscalYearEnd":"12-31"}
      {"type":"entity","entity":"x:2","name":"Two","fiscalYearEnd":"12-31"}
      {"type":"filing","filing":"q1","entity":"x:1","published":"2011-05-01"}
      {"type":"filing","filing":"q3","entity":"x:1","published":"2011-11-01"}
      {"type":"filing","filing":"fy","entity":"x:1","published":"2012-03-10"}
      {"type":"filing","filing":"next","entity":"x:1","published":"2012-05-01"}
      {"type":"filing","filing":"two","entity":"x:2","published":"2011-04-20"}

      """
    for (filing, entity, concept, period, unit, value) in [
      ("q1", "x:1", "NetIncomeLoss", "2011-01-01/2011-03-31", "USD", "100"),
      ("q1", "x:1", "Revenues", "2011-01-01/2011-03-31", "USD", "300"),
      ("q1", "x:1", "Assets", "2011-03-31", "USD", "5000"),
      ("q3", "x:1", "NetIncomeLoss", "2011-01-01/2011-09-30", "USD", "450"),
      ("fy", "x:1", "NetIncomeLoss", "2011-01-01/2011-12-31", "USD", "650"),
      ("fy", "x:1", "Assets", "2011-12-31", "USD", "6000"),
      ("next", "x:1", "NetIncomeLoss", "2012-01-01/2012-03-31", "USD", "90"),
      ("next", "x:1", "NetIncomeLoss", "2011-01-01/2011-03-31", "USD", "120"),
      ("two", "x:2", "ProfitLoss", "2011-01-01/2011-03-31", "EUR", "7"),
      ("two", "x:2", "ProfitLoss", "2010-01-01/2010-03-31", "EUR", "-4"),
      ("two", "x:2", "ProfitLoss", "2011-01-01/2011-03-31", "USD", "10"),
    ] {
      lines += """
        {"type":"statement-line","filing":"\(filing)","entity":"\(entity)","concept":"us-gaap:\(concept)",\
        "period":"\(period)","unit":"\(unit)","value":"\(value)","decimals":0}

        """
    }
    lines += """
      {"type":"statement-line","filing":"two","entity":"x:2","concept":"us-gaap:Revenues",\
      "dimensions":{"segment":"a"},"period":"2011-01-01/2011-03-31","unit":"EUR","value":"9"}

      """
    _ = try ledger.append(lines)
    return ledger
  }

  private func panel(
    _ measures: [String],
    in ledger: Ledger,
    at times: Times = Times(),
    _ change: (inout Ledger.PanelRequest) -> Void = { _ in }
  ) throws -> PanelAnswer {
    var request = Ledger.PanelRequest(try measures.map { try PanelMeasure($0) })
    change(&request)
    return try ledger.read(at: times) { try $0.panel(request) }
  }

  /// Each row as its entity, its period's end and for each cell what was known, first and now.
  private func shown(_ panel: PanelAnswer) -> [String] {
    panel.rows.map { row in
      let cells = row.cells.map { cell in
        [cell.known.amount, cell.first?.amount, cell.now.amount]
          .map { $0?.description ?? "-" }.joined(separator: " ")
      }
      return "\(row.entity.name) \(row.period.end): \(cells.joined(separator: ", "))"
    }
  }

  @Test("shows what was known so many days after each period, first and now")
  func showsWhatWasKnown() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder)
    let found = try panel(["NetIncomeLoss", "Assets"], in: ledger) {
      ($0.lag, $0.entities) = (45, ["x:1"])
    }
    #expect(
      shown(found) == [
        "One 2011-03-31: 100 100 120, 5000 5000 5000", "One 2011-12-31: - - 200, - 6000 6000",
        "One 2012-03-31: 90 90 90, - - -",
      ]
    )
    #expect(found.rows[1].cells[0].known.reading.answer.isNotYetKnown)
    #expect(found.rows[1].cells[1].known.reading.answer.isNotYetKnown)
    #expect(found.rows[0].knownAt?.description == "2011-05-15")
    #expect(found.rows.map(\.fiscalYear) == [2011, 2011, 2012])
    #expect(found.rows.map(\.fiscalQuarter) == [1, 4, 1])
    // Seventy days after, the fourth quarter follows from the year and nine months.
    let later = try panel(["NetIncomeLoss"], in: ledger) { ($0.lag, $0.entities) = (70, ["x:1"]) }
    #expect(shown(later)[1] == "One 2011-12-31: 200 - 200")
    // Nothing after the known-at of the question counts.
    let times = Times(knownAt: .day(try #require(CivilDate("2011-12-31"))))
    let earlier = try panel(["NetIncomeLoss"], in: ledger, at: times) { $0.entities = ["x:1"] }
    #expect(shown(earlier) == ["One 2011-03-31: 100 100 100"])
  }

  @Test("is the answer to each of its facts at the moment of the row")
  func agreesWithHistory() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder)
    for span in StatementRequest.Span.allCases {
      for lag in [0, 30, 45, 70, 400] {
        let found = try? panel(["NetIncomeLoss"], in: ledger) {
          ($0.lag, $0.entities, $0.span) = (lag, ["x:1"], span)
        }
        for row in found?.rows ?? [] {
          let request = Ledger.FactsRequest(
            words: ["us-gaap:NetIncomeLoss", "\(row.period)"]
          )
          let figure = row.cells[0].known.reading.answer.figure
          do {
            let known = try ledger.history(request, at: Times(knownAt: row.knownAt))
            #expect(known.map(\.answer.figure) == [figure], "\(row.period) \(lag)")
          } catch let error as LedgerError {
            #expect(figure == nil && error.isRefusalToAnswer, "\(row.period) \(lag): \(error)")
          }
        }
        #expect(found != nil || span == .half, "\(span)")
      }
    }
  }

  @Test("tries several concepts, divides, grows, and names what it leaves out")
  func measuresAreRead() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder)
    let found = try panel(
      ["income=NetIncomeLoss,ProfitLoss", "margin=NetIncomeLoss/us-gaap:Revenues"],
      in: ledger
    ) { ($0.hasGrowth, $0.through) = (true, CivilDate("2012-03-31")) }
    #expect(
      shown(found) == [
        "One 2011-03-31: 120 100 120, 0.400000 0.333333 0.400000",
        "One 2011-12-31: 200 - 200, - - -", "One 2012-03-31: 90 90 90, - - -",
        "Two 2010-03-31: -4 -4 -4, - - -", "Two 2011-03-31: 7 7 7, - - -",
      ]
    )
    #expect(
      found.rows.map { $0.cells[0].growth?.description } == [
        nil, nil, "-0.250000", nil, "2.750000",
      ]
    )
    #expect(found.rows[0].cells[1].known.unit == "pure")
    #expect(found.rows[4].cells[0].known.unit == "EUR")
    #expect(
      found.leftOut.map { "\($0.entity) \($0.concept) \($0.unit ?? "dimensions")" } == [
        "x:2 us-gaap:ProfitLoss USD", "x:2 us-gaap:Revenues dimensions",
      ]
    )
    let revenues = found.rows.map { $0.cells[1].known.divisor?.absence }
    #expect(revenues == [nil, nil, nil, nil, .otherDimensions])
    let dollars = try panel(["ProfitLoss"], in: ledger) { $0.unit = "USD" }
    #expect(shown(dollars) == ["Two 2011-03-31: 10 10 10"])
  }

  @Test("refuses what it cannot show")
  func refusesOtherQuestions() throws {
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder)
    for (measure, code) in [
      ("NetIncomeLos", LedgerError.Code.notFound), ("us-gaap:Revenues", .notFound),
    ] {
      let error = #expect(throws: LedgerError.self) {
        try panel([measure], in: ledger) { $0.entities = ["x:2"] }
      }
      #expect(error?.code == code)
    }
    for text in ["", "a=", "=b", "a//b", "a/b/c", "a,,b", "/b", "a=b=c"] {
      #expect(throws: PanelMeasure.Malformation.self, "\(text)") { try PanelMeasure(text) }
    }
  }
}

extension FactAnswer {
  fileprivate var isNotYetKnown: Bool { if case .notYetKnown = self { true } else { false } }
}
