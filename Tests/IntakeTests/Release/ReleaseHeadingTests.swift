import Facts
import Intake
import TestSupport
import Testing

@Suite("The headings of a release")
struct ReleaseHeadingTests {
  private static let lines = """
    "lines":[{"label":"Sales","concept":"quarry:Sales"},{"label":"Costs:"},{"label":"Digging","depth":1,"concept":"quarry:Digging"}]
    """

  private func definitions(caption: String?, profile: String) -> String {
    let caption = caption.map { "\"caption\":\"\($0)\",\"scale\":6," } ?? ""
    return """
      {"type":"entity","entity":"cik:0000000042","name":"Example Quarry"}
      {"type":"concept","concept":"quarry:Sales","kind":"statement-line"}
      {"type":"concept","concept":"quarry:Digging","kind":"statement-line"}
      {"type":"statement","entity":"cik:0000000042","statement":"results","title":"Statements of Results",\(caption)"columns":[{"span":"quarter"}],\(Self.lines)}
      {"type":"profile","profile":"quarry","entity":"cik:0000000042",\(profile)}
      """
  }

  private func reading(
    _ text: String,
    caption: String? = nil,
    profile: String = "\"tables\":[{\"statement\":\"results\"}]"
  ) throws -> Reading {
    let events = Array(definitions(caption: caption, profile: profile).utf8)
    let profile = try Profiles(EventLineReader.drafts(from: events, file: nil)).profile
    return try Reading("            Statements of Results\n" + text, profile)
  }

  /// The periods of the columns of one row `Sales`, each with its figure.
  private func columns(
    _ heading: String,
    _ row: String,
    caption: String? = nil,
    profile: String = "\"tables\":[{\"statement\":\"results\"}]"
  ) throws -> [String] {
    let reading = try reading(heading + "\n" + row, caption: caption, profile: profile)
    #expect(reading.unmapped.isEmpty, "\(reading.unmapped.map(\.reason))")
    return reading.claims.map { "\($0.fact.period) \($0.figure.value?.description ?? "nil")" }
  }

  @Test(
    "count weeks, in figures and in words",
    arguments: [
      ("13 Weeks Ended", "2024-08-04"), ("Thirteen Weeks Ended", "2024-08-04"),
      ("12 Weeks Ended", "2024-08-11"), ("14-week period ended", "2024-07-28"),
      ("Sixteen Weeks Ended", "2024-07-14"), ("Twenty-Four Weeks Ended", "2024-05-19"),
      ("26 Weeks Ended", "2024-05-05"), ("Twenty Eight Weeks Ended", "2024-04-21"),
      ("Thirty-Six Weeks Ended", "2024-02-25"), ("Thirty-nine weeks ended", "2024-02-04"),
      ("Forty Weeks Ended", "2024-01-28"), ("For the 52 weeks ended", "2023-11-05"),
      ("Fifty-Three Weeks Ended", "2023-10-29"),
    ]
  )
  func weeksAreCounted(span: String, start: String) throws {
    let heading = """
                          \(span)
                       Nov. 2,
                         2024
      """
    #expect(try columns(heading, "Sales                     5") == ["\(start)/2024-11-02 5"])
  }

  @Test("are put together from lines, over two columns each")
  func linesArePutTogether() throws {
    let stacked = """
                        For the 13         For the 26
                        Weeks Ended        Weeks Ended
                      July 3, 2004 and   July 3, 2004 and
                       June 28, 2003      June 28, 2003
                       2004     2003      2004      2003
      """
    let weeks = ["2004-04-04/2004-07-03 1", "2003-03-30/2003-06-28 2"]
    let halves = ["2004-01-04/2004-07-03 3", "2002-12-29/2003-06-28 4"]
    #expect(
      try columns(stacked, "Sales                    1        2         3         4") == weeks
        + halves
    )
    let phrases = """
                     Three Months Ended July 31,           Six Months Ended July 31,
                       2023              2022              2023              2022
      """
    let months = ["2023-05-01/2023-07-31 1", "2022-05-01/2022-07-31 2"]
    let sixMonths = ["2023-02-01/2023-07-31 3", "2022-02-01/2022-07-31 4"]
    let row = "Sales                    1                 2                 3                 4"
    #expect(try columns(phrases, row) == months + sixMonths)
    let left = """
      Quarters Ended March 31,         2010         2009
      """
    #expect(
      try columns(left, "Sales                               1            2")
        == ["2010-01-01/2010-03-31 1", "2009-01-01/2009-03-31 2"]
    )
    let bare = """
                       3 Months Ended December
                           2004       2003
                           ----       ----
                        (Notes)    (unaudited)
      """
    #expect(
      try columns(bare, "Sales                         1          2")
        == ["2004-10-01/2004-12-31 1", "2003-10-01/2003-12-31 2"]
    )
  }

  @Test("leave out columns of changes and percentages, by their headings and signs")
  func computedColumnsAreLeftOut() throws {
    let headedText = """
                     3 Months Ended December           12 Months Ended December
                       2004     2003   % Change          2004      2003    Change
      Sales             110      100    10.0%             440       400        40
      """
    let headed = try reading(headedText)
    #expect(headed.claims.map(\.figure.value?.description) == ["110", "100", "440", "400"])
    #expect(headed.claims.last?.fact.period.description == "2003-01-01/2003-12-31")
    let unheadedText = """
                            Year Ended December 31,
                          2023                 2022
      Sales             $  110    93.1 %     $  100     (0.3%)
      Costs:
        Digging             10       - %         20      5 %
      """
    let unheaded = try reading(unheadedText)
    #expect(unheaded.claims.map(\.figure.value?.description) == ["110", "100", "10", "20"])
    for (reading, text) in [(headed, headedText), (unheaded, unheadedText)] {
      #expect(reading.unmapped.isEmpty, "\(reading.unmapped)")
      // Each is told once.
      #expect(reading.digitCounts.values.sorted() == digitWordCounts(text).values.sorted())
      let computed = reading.figures.count { if case .computed = $0.status { true } else { false } }
      #expect(computed == 2 || computed == 4)
      #expect(reading.tables.map(\.computedCount) == [computed])
    }
  }

  @Test("name columns, which the profile gives dimensions")
  func namedColumnsHaveDimensions() throws {
    let text = """
              For the Three Months Ended June 30, 2004 and 2003

                            Domestic        Consolidated
                         2004     2003     2004     2003

      Sales              $  7     $  8     $  9     $ 10
      """
    let table = """
      "tables":[{"statement":"results","headings":[{"printed":"Dom*","dimensions":{"segment":"Domestic"}},{"printed":"Consolidated"}]}]
      """
    let told = try reading(text, profile: table).claims.map {
      "\($0.fact.dimensions.text) \($0.fact.period.end.components.year) \($0.figure.value?.description ?? "")"
    }
    #expect(
      told == ["segment=Domestic 2004 7", "segment=Domestic 2003 8", " 2004 9", " 2003 10"]
    )
    let without = try reading(text)
    #expect(without.claims.isEmpty && without.unmapped.count == 4)
    #expect(without.unmapped.allSatisfy { $0.reason.hasPrefix("its column is headed \"") })
  }

  @Test(
    "say the scale wherever it stands",
    arguments: [
      "                 (in millions)\n                    2023      2022",
      "  In millions\n                    2023      2022",
      "(in millions, unaudited)      2023      2022",
      "                    2023      2022\n                 (In millions,\n                  unaudited)",
      "                    2023      2022\n                 (Unaudited)   (Unaudited)\n              (in millions)",
    ]
  )
  func scaleIsFound(lines: String) throws {
    let heading = "                  Year Ended December 31,\n" + lines
    let reading = try reading(
      heading + "\nSales                  5         6\nCosts:\n  Digging              7         8",
      caption: "(in millions)"
    )
    let values = reading.claims.map { $0.figure.value?.description ?? "" }
    #expect(values == ["5000000", "6000000", "7000000", "8000000"], "\(reading.unmapped)")
  }

  @Test("with two scales in one caption are those of the statement")
  func twoScalesAreTheStatements() throws {
    let caption = "(in millions, except shares in thousands)"
    let heading =
      "         \(caption)\n                  Year Ended December 31,\n                    2023      2022"
    let row = "Sales                  5         6"
    let own = try columns(heading, row, caption: caption)
    #expect(own == ["2023-01-01/2023-12-31 5000000", "2022-01-01/2022-12-31 6000000"])
    let other = heading.replacing("millions", with: "billions")
    let reading = try reading(other + "\n" + row, caption: caption)
    #expect(reading.claims.isEmpty && reading.unmapped.count == 2)
  }

  @Test("count months within a month back to a known day, and never guess")
  func monthsOfWeeksNeedADay() throws {
    let heading = """
                             Three Months Ended
                        Apr 1, 2023    Apr 2, 2022
      """
    let row = "Sales                     5            6"
    let profile = { (days: String) in
      "\"periodEnds\":[\(days)],\"tables\":[{\"statement\":\"results\"}]"
    }
    #expect(
      try columns(heading, row, profile: profile("\"2022-12-31\",\"2021-12-25\""))
        == ["2023-01-01/2023-04-01 5", "2021-12-26/2022-04-02 6"]
    )
    let one = try reading(heading + "\n" + row, profile: profile("\"2022-12-31\""))
    #expect(one.claims.map(\.fact.period.description) == ["2023-01-01/2023-04-01"])
    #expect(one.unmapped.first?.reason.contains("2022-01-01 or 2021-12-25") == true)
    // Sums of quarters that are all of thirteen weeks tell it, too.
    let later = heading.replacing("Apr 1, 2023    Apr 2, 2022", with: "Jul 1, 2023    Jul 2, 2022")
    let even = try reading(later + "\n" + row, profile: profile("\"2022-12-31\",\"2021-12-25\""))
    #expect(even.claims.map(\.fact.period.description) == ["2023-04-02/2023-07-01"])
    // A quarter of weeks may end with a month: the column beside it shows that it is one.
    let mixed = heading.replacing("Apr 1, 2023    Apr 2, 2022", with: "Dec 31, 2022   Dec 25, 2021")
    #expect(try reading(mixed + "\n" + row).claims.isEmpty)
  }

  @Test("and rows that are not known leave the other rows alone")
  func oneRowTakesNoOther() throws {
    let text = """
                  Year Ended December 31,
                    2023      2022
      Assets      (unaudited)
      Loose rock           9         8
      Sales                5         6
      Other matters:
      Costs:
        Digging            7         8
      """
    let reading = try reading(text)
    #expect(reading.claims.count == 4, "\(reading.unmapped)")
    let absent = try self.reading(text.replacing("5         6", with: "5         6   nm"))
    #expect(absent.unmapped.contains { $0.reason == "3 figures stand under 2 columns" })
    let behind = try self.reading(text.replacing("7         8", with: "7         8   up a lot"))
    #expect(behind.unmapped.contains { $0.reason == "words stand behind its figures" })
  }
}
