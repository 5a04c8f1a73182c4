import Facts
import Projections
import Testing

@Suite("The frames of the calendar")
struct CalendarFrameTests {
  @Test(
    "are found from the days of a period",
    arguments: [
      ("2019-03-31", "CY2019Q1I"), ("2019-05-15", "CY2019Q1I"), ("2019-05-16", "CY2019Q2I"),
      ("2009-02-14", "CY2008Q4I"), ("2018-12-30", "CY2018Q4I"), ("2019-01-05", "CY2018Q4I"),
      ("2019-01-01/2019-03-31", "CY2019Q1"), ("2018-12-30/2019-03-30", "CY2019Q1"),
      ("2019-06-30/2019-09-28", "CY2019Q3"), ("2019-01-01/2019-12-31", "CY2019"),
      ("2018-09-30/2019-09-28", "CY2019"), ("2018-07-01/2019-06-30", "CY2019"),
      ("2018-06-01/2019-05-31", "CY2018"), ("2019-01-01/2019-06-30", nil),
      ("2019-01-01/2019-01-31", nil), ("2019-07-06/2019-07-07", nil),
      ("2019-01-01/2019-03-02", "CY2019Q1"), ("2019-01-01/2019-03-01", nil),
    ]
  )
  func frameOfPeriod(text: String, name: String?) throws {
    #expect(CalendarFrame(try #require(Period(text)))?.name == name)
  }

  @Test(
    "hold only periods that end on the days they name",
    arguments: [-1, 61, 91, 121, 335, 365, 395]
  )
  func endsHoldPeriods(dayCount: Int) throws {
    let first = try #require(CivilDate(year: 2015, month: 1, day: 1))
    var names: Set<String> = []
    for offset in 0..<1500 {
      let end = first.advanced(byDays: offset)
      let period: Period =
        dayCount < 0
        ? .instant(end) : .duration(start: end.advanced(byDays: 1 - dayCount), end: end)
      let name = try #require(CalendarFrame(period)?.name)
      #expect(try #require(CalendarFrame.ends(ofFrame: name)).contains(end), "\(period) in \(name)")
      names.insert(name)
    }
    #expect(names.count >= 4)
  }

  @Test(
    "have no days where no frame is named",
    arguments: ["CY19", "CY2019Q5", "cy2019", "CY2019q1", "CY2019I", ""]
  )
  func noFrame(name: String) {
    #expect(CalendarFrame.ends(ofFrame: name) == nil)
  }

  @Test("are nearer to periods that fit the calendar better")
  func distanceGrows() throws {
    let exact = try #require(Period("2019-01-01/2019-03-31").flatMap(CalendarFrame.init))
    let off = try #require(Period("2018-12-30/2019-04-06").flatMap(CalendarFrame.init))
    #expect(exact.name == off.name)
    #expect(exact.distance < off.distance)
  }
}
