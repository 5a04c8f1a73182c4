import Facts
import Testing

@Suite("A day that is written with strokes")
struct WrittenDateTests {
  @Test(
    "is read where it means one day",
    arguments: [
      ("9/30/2004", "2004-09-30"), ("09/30/2004", "2004-09-30"), ("30/9/2004", "2004-09-30"),
      ("5/5/2004", "2004-05-05"), ("2/29/2004", "2004-02-29"),
    ]
  )
  func oneDay(text: String, day: String) {
    #expect(CivilDate(strokes: text)?.description == day)
  }

  @Test(
    "is refused where it can mean two, or none",
    arguments: [
      "4/9/2004", "13/13/2004", "9/31/2004", "2/29/2003", "9/30/04", "9/30", "/30/2004", "9//2004",
      "a/30/2004", "2004/09/30", "0/30/2004", "",
    ]
  )
  func ambiguousDateIsRefused(text: String) { #expect(CivilDate(strokes: text) == nil) }
}
