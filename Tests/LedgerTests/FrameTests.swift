import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("One figure of many entities") struct FrameTests {
  /// Entities that report a figure for periods of many lengths and ends, again and again.
  private func ledger(_ folder: TemporaryFolder, _ random: inout SeededGenerator) throws -> Ledger {
    let ledger = try folder.ledger()
    var lines = ""
    for entity in 0..<entityCount {
      for filing in 0..<12 {
        let day = try #require(CivilDate(year: 2018, month: 1, day: 1)).advanced(
          byDays: .random(in: 0..<1500, using: &random)
        )
        lines +=
          #"{"type":"filing","filing":"\#(entity)-\#(filing)","entity":"x:\#(entity)","published":"\#(day)"}"#
          + "\n"
        // So many of one fact that they are not read side by side with others.
        let claimCount = entity == 7 && filing == 3 ? 40 : 6
        // A filing says one thing of a fact.
        var said: Set<String> = []
        for _ in 0..<claimCount {
          let claim = line(entity, "\(entity)-\(filing)", &random)
          let value = try #require(claim.firstRange(of: #""value""#))
          if said.insert(String(claim[..<value.lowerBound])).inserted { lines += claim }
        }
      }
    }
    for number in 0..<600 {
      lines +=
        #"{"type":"filing","filing":"many-\#(number)","entity":"x:0","published":"2019-06-01"}"#
        + "\n"
      lines +=
        #"{"type":"statement-line","filing":"many-\#(number)","entity":"x:0","concept":"us-gaap:Assets","period":"2019-03-31","unit":"USD","value":"\#(number)","decimals":0}"#
        + "\n"
    }
    _ = try ledger.append(lines)
    return ledger
  }

  private let entityCount = 30
  private let concepts = ["us-gaap:Assets", "us-gaap:NetIncomeLoss", "us-gaap:Liabilities"]
  private let units = ["USD", "EUR", "JPY"]

  private func line(_ entity: Int, _ filing: String, _ random: inout SeededGenerator) -> String {
    let end = CivilDate(dayNumber: Int32.random(in: 17_600..<18_400, using: &random))
    let dayCount =
      [1, 60, 61, 75, 91, 98, 121, 122, 335, 365, 371, 395, 396].randomElement(using: &random) ?? 1
    let start = end.advanced(byDays: 1 - dayCount)
    let period = dayCount == 1 ? "\(end)" : "\(start)/\(end)"
    let concept = dayCount == 1 ? "us-gaap:Assets" : "us-gaap:NetIncomeLoss"
    let unit = Bool.random(using: &random) ? "USD" : "EUR"
    let value = Int.random(in: 1...9, using: &random)
    return
      #"{"type":"statement-line","filing":"\#(filing)","entity":"x:\#(entity)","concept":"\#(concept)","period":"\#(period)","unit":"\#(unit)","value":"\#(value)","decimals":0}"#
      + "\n"
  }

  @Test("is that which the series of each of them names the frame's")
  func agreesWithSeries() throws {
    var random = SeededGenerator(seed: 21)
    let folder = try TemporaryFolder()
    let ledger = try ledger(folder, &random)
    let entities = (0..<entityCount).map { "x:\($0)" } + ["x:nobody"]
    var foundCount = 0
    for knownAt in ["2018-03-01", "2019-06-01", "2020-12-31", nil] {
      let times = Times(knownAt: try knownAt.map { try #require(PublishedTime($0)) })
      try ledger.read(at: times) { view in
        for (concept, unit) in concepts.flatMap({ concept in units.map { (concept, $0) } }) {
          var expected: [String: [ReportedSeries.Report?]] = [:]
          for (index, entity) in entities.enumerated() {
            for report in try view.reportedSeries(of: concept, entity: entity, unit: unit).flatMap(
              \.reports
            ) {
              guard let frame = report.frame else { continue }
              expected[frame, default: Array(repeating: nil, count: entities.count)][index] = report
            }
          }
          for (frame, reports) in expected {
            #expect(try view.frame(frame, of: concept, in: unit, entities: entities) == reports)
            foundCount += reports.count { $0 != nil }
          }
        }
        for frame in ["CY1901", "CY2019Q5", "2019", "CY2019Q1i", ""] {
          let reports = try view.frame(frame, of: concepts[0], in: "USD", entities: entities)
          #expect(reports.allSatisfy { $0 == nil } && reports.count == entities.count)
        }
      }
    }
    #expect(foundCount > 500)
  }
}
