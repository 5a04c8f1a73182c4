import Reports
import Testing

@Suite("How far work has come")
struct WorkProgressTests {
  @Test(
    "is said with its rate and the time that is left",
    arguments: [
      (1000, 2000, 1, "1,000 of 2,000 events, 1,000 a second, 1 s left"),
      (120_000, 500_000, 2, "120,000 of 500,000 events, 60,000 a second, 6 s left"),
      (500, 1_000_500, 1, "500 of 1,000,500 events, 500 a second, 33 min left"),
      (0, 10, 1, "0 of 10 events, 0 a second"),
      (999, nil, 3, "999 events, 333 a second"),
      (20, 10, 1, "20 of 10 events, 20 a second, 0 s left"),
    ]
  )
  func rateAndTimeLeft(done: Int, total: Int?, seconds: Int, words: String) {
    let progress = WorkProgress(
      "append",
      "events",
      done: done,
      of: total,
      after: .seconds(seconds)
    )
    #expect(progress.text == "append: \(words)")
  }

  @Test("has no rate before any time has passed")
  func rateWithoutTime() {
    let progress = WorkProgress("read", "events", done: 5, of: 7, after: .zero)
    #expect(progress.text == "read: 5 of 7 events, 0 a second")
  }
}
