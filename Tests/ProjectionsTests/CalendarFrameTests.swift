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

  @Test("are nearer to periods that fit the calendar better")
  func distanceGrows() throws {
    let exact = try #require(Period("2019-01-01/2019-03-31").flatMap(CalendarFrame.init))
    let off = try #require(Period("2018-12-30/2019-04-06").flatMap(CalendarFrame.init))
    #expect(exact.name == off.name)
    #expect(exact.distance < off.distance)
  }
}
