import Facts
import Testing

@testable import Intake

@Suite("The columns of a filing's table")
struct LayoutColumnsTests {
  private func columns(_ periods: [String]) throws -> [String] {
    var counts: [Period: Int] = [:]
    for period in periods { counts[try #require(Period(period))] = 5 }
    let found = LayoutColumns(
      counts,
      reportingDate: CivilDate("2023-09-30"),
      yearEnd: FiscalYearEnd("12-31")
    )
    return found.columns.map { "\($0.layout.span) \($0.layout.years) \($0.period)" }
  }

  @Test("are those of a quarter and of the year to date, with their comparatives")
  func areQuarterAndYearToDate() throws {
    let found = try columns([
      "2023-07-01/2023-09-30", "2022-07-01/2022-09-30", "2023-01-01/2023-09-30",
      "2022-01-01/2022-09-30",
    ])
    #expect(
      found == [
        "quarter 0 2023-07-01/2023-09-30", "quarter -1 2022-07-01/2022-09-30",
        "ytd 0 2023-01-01/2023-09-30", "ytd -1 2022-01-01/2022-09-30",
      ]
    )
  }

  @Test("of a company that took another one's place are about its part of each period")
  func successorHasColumnsOfItsPart() throws {
    let found = try columns([
      "2023-07-22/2023-09-30", "2023-07-01/2023-07-21", "2022-07-01/2022-09-30",
      "2023-01-01/2023-07-21", "2022-01-01/2022-09-30",
    ])
    #expect(
      found == [
        "quarter 0 2023-07-22/2023-09-30", "quarter -1 2022-07-01/2022-09-30",
        "ytd 0 2023-07-22/2023-09-30", "ytd -1 2022-01-01/2022-09-30",
      ]
    )
  }

  @Test("do not include a stretch of days that ends at another time")
  func leavesOutOtherStretches() throws {
    let found = try columns(["2023-07-01/2023-09-30", "2023-03-01/2023-05-11"])
    #expect(found == ["quarter 0 2023-07-01/2023-09-30"])
  }
}
