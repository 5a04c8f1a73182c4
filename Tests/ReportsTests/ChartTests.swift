import Facts
import Reports
import Testing

@Suite("Drawings")
struct ChartTests {
  private func bars(_ values: [String?]) throws -> String {
    let amounts = try values.map { try $0.map { try Amount($0) } }
    let columns = values.indices.map { "q\($0)" }
    return Chart("T", unit: "USD", .bars(columns: columns, series: [.init("s", amounts)])).svg
  }

  /// The heights of the bars, in pixels.
  private func heights(_ svg: String) -> [Int] {
    svg.matches(of: /<rect class="s0"[^>]* height="(\d+)"/).compactMap { Int($0.1) }
  }

  @Test("bars are as high as their figures, to a pixel, however long these are")
  func barsAreAsHighAsFigures() throws {
    for unit in ["1", "1000000", "100000000000000", "0.000001"] {
      let one = try Amount(unit)
      let four = try #require(
        Amount(fixedPoint: one.fixedPoint * 4, fractionDigitCount: one.fractionDigitCount)
      )
      let found = heights(try bars([one.description, four.description]))
      #expect(found.count == 2 && abs(found[1] - 4 * found[0]) <= 4, "\(unit): \(found)")
    }
  }

  @Test("a figure that is not there is no bar, and a negative one hangs below zero")
  func absentAndNegativeFigures() throws {
    #expect(heights(try bars(["5", nil, "-5"])).count == 2)
    let svg = try bars(["5", nil, "-5"])
    let tops = svg.matches(of: /<rect class="s0"[^>]* y="(\d+)"/).compactMap { Int($0.1) }
    #expect(tops[0] < tops[1])
    #expect(svg.contains("<title>s, q2: -5 USD</title>"))
  }

  @Test(
    "figures of one height and no figures at all are drawn, too",
    arguments: [["7", "7"], ["0"], [nil]]
  )
  func figuresOfOneHeight(values: [String?]) throws {
    #expect(try bars(values).contains("</svg>"))
  }

  @Test("the axis has round figures, in thousands or millions where these are long")
  func axisHasRoundFigures() throws {
    let svg = try bars(["283228000", "278195000"])
    #expect(svg.contains(">USD, in millions<"))
    for tick in ["0", "100", "200", "300"] { #expect(svg.contains(">\(tick)</text>"), "\(tick)") }
    let small = try bars(["0.14", "0.1"])
    #expect(small.contains(">USD<") && small.contains(">0.1</text>"))
  }

  @Test("texts are escaped, and there is no script")
  func textsAreEscaped() {
    let chart = Chart("<script>&", unit: "\"", .steps([]))
    #expect(chart.svg.contains("&lt;script&gt;&amp;") && !chart.svg.contains("<script"))
  }

  @Test("a restated figure has another shape, and its step stands on its day")
  func restatedFiguresHaveAnotherShape() throws {
    let day = try #require(CivilDate("2004-01-01"))
    let steps = [
      Chart.Step(day, try Amount("1"), isRestated: false, note: "a"),
      Chart.Step(day.advanced(byDays: 100), try Amount("2"), isRestated: true, note: "b"),
    ]
    let svg = Chart("T", unit: "USD", .steps(steps)).svg
    #expect(svg.matches(of: /<circle class="dot"/).count == 1)
    #expect(svg.matches(of: /<rect class="restated"[^>]*><title>2004-04-10: 2, b/).count == 1)
  }

  @Test("a range that is open reaches to the edge")
  func openRangesReachToTheEdge() throws {
    let ranges = [
      Chart.Range("a", low: try Amount("1"), high: try Amount("3"), actual: try Amount("2")),
      Chart.Range("b", low: try Amount("1"), high: nil, actual: nil),
    ]
    let svg = Chart("T", unit: "ozt", .ranges(ranges)).svg
    #expect(svg.contains("<title>a: 1 to 3</title>") && svg.contains("<title>b: 1 to open</title>"))
    #expect(svg.matches(of: /<circle class="actual"/).count == 1)
  }
}
