import Facts
import Testing

@Suite("The order of filings")
struct FilingOrderTests {
  private struct Report {
    let filing: String
    let published: String
    let sequence: UInt64
  }

  /// A filing that amends has a name that ends in `/A`.
  private func order(_ reports: [Report]) throws -> [UInt64] {
    try reports.inFilingOrder { report in
      let time = try #require(PublishedTime(report.published))
      let isAmendment = report.filing.hasSuffix("/A")
      let order = FilingOrder(report.filing, isAmendment: isAmendment)
      return (time.timestamp, order, report.sequence)
    }.map(\.sequence)
  }

  @Test(
    "has an original without a time before an amendment of its day, whatever else is of that day"
  )
  func originalComesBeforeAmendment() throws {
    let reports = [
      Report(filing: "e", published: "2004-11-03T20:00:00Z", sequence: 0),
      Report(filing: "d", published: "2004-11-04T09:00:00Z", sequence: 1),
      Report(filing: "z", published: "2004-11-04", sequence: 2),
      Report(filing: "b/A", published: "2004-11-04T13:00:00Z", sequence: 3),
      Report(filing: "c", published: "2004-11-04T15:00:00Z", sequence: 4),
      Report(filing: "a/A", published: "2004-11-04", sequence: 5),
      Report(filing: "a/A", published: "2004-11-04", sequence: 6),
      Report(filing: "a", published: "2004-11-05", sequence: 7),
    ]
    for first in reports.indices {
      for second in reports.indices {
        var shuffled = Array(reports[first...] + reports[..<first])
        shuffled.swapAt(0, second)
        #expect(try order(shuffled) == Array(0..<8))
      }
    }
  }

  @Test("is that of names where a day has no amendment")
  func namesDecideOfOneDay() throws {
    let reports = [
      Report(filing: "b", published: "2004-11-04", sequence: 1),
      Report(filing: "a", published: "2004-11-04", sequence: 0),
      Report(filing: "c", published: "2004-11-04T15:00:00Z", sequence: 2),
    ]
    #expect(try order(reports) == [2, 0, 1])
  }
}
