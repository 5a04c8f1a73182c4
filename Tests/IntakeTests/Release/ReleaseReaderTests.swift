import Facts
import Foundation
import Intake
import TestSupport
import Testing

@Suite("The reader of releases")
struct ReleaseReaderTests {
  private func reading(_ text: String) throws -> Reading {
    try Reading(text, Profiles.quarry().profile)
  }

  /// The release with one text in place of another, which must stand in it once.
  private func release(_ old: String, _ new: String) throws -> String {
    let parts = Quarry.release.components(separatedBy: old)
    try #require(parts.count == 2, "\(old)")
    return parts.joined(separator: new)
  }

  /// `concept[dimensions] period = value/decimals` of each claim.
  private func told(_ reading: Reading) -> [String] {
    reading.claims.map { claim in
      let dimensions = claim.fact.dimensions.isEmpty ? "" : "[\(claim.fact.dimensions.text)]"
      let value = claim.figure.value?.description ?? "nil"
      let decimals = claim.figure.decimals.map { "/\($0)" } ?? ""
      return
        "\(claim.fact.concept.dropFirst(7))\(dimensions) \(claim.fact.period) = \(value)\(decimals)"
    }
  }

  @Test("is not misled by a text that speaks of a tag")
  func textThatNamesTagIsText() throws {
    let named = try release("The quarry sold stone", "The quarry sold <td> stone")
    #expect(try told(reading(named)) == told(reading(Quarry.release)))
  }

  @Test(
    "reads every cell of a release: signs, scales, dashes, subtotals without a caption, instants"
  )
  func readsEveryCell() throws {
    let reading = try reading(Quarry.release)
    #expect(reading.unmapped.isEmpty, "\(reading.unmapped)")
    let quarters = ["2011-07-01/2011-09-30", "2010-07-01/2010-09-30"]
    let years = ["2011-01-01/2011-09-30", "2010-01-01/2010-09-30"]
    func row(_ name: String, _ values: String...) -> [String] {
      zip(quarters + years, values).map { "\(name) \($0) = \($1)" }
    }
    var expected = row("Sales", "6120000/-3", "5004000/-3", "17950000/-3", "15333000/-3")
    expected += row("Digging", "4700000/-3", "3900000/-3", "13000000/-3", "12000000/-3")
    expected += row("Other", "1000/-3", "nil", "30000/-3", "-12000/-3")
    expected += row("Costs", "4701000/-3", "3900000/-3", "13030000/-3", "11988000/-3")
    expected += row("Result", "1419000/-3", "1104000/-3", "4920000/-3", "3345000/-3")
    expected += row("ResultPerTon", "-0.05/2", "0.11/2", "0.40/2", "nil")
    expected += [
      "Cash 2011-06-30 = 80000/-3", "Cash 2010-06-30 = 75000/-3", "Cash 2010-12-31 = 60000/-3",
      "Cash 2009-12-31 = 55000/-3", "Cash 2011-09-30 = 100000/-3", "Cash 2010-09-30 = 80000/-3",
      "Cash 2011-09-30 = 100000/-3", "Cash 2010-09-30 = 80000/-3",
    ]
    expected += row("Result", "1419000/-3", "1104000/-3", "4920000/-3", "3345000/-3")
    expected += row("Other", "1000/-3", "nil", "30000/-3", "-12000/-3")
    for (pit, stone, cost) in [
      ("North", ["49937/0", "51387/0"], ["4.19/2", "3.96/2"]),
      ("South", ["937/0", "387/0"], ["0.19/2", "0.96/2"]),
    ] {
      for index in 0...1 {
        expected.append("Stone[operating-unit=\(pit)] \(quarters[index]) = \(stone[index])")
      }
      for index in 0...1 {
        expected.append("CostPerTon[operating-unit=\(pit)] \(quarters[index]) = \(cost[index])")
      }
    }
    #expect(told(reading) == expected)
    #expect(reading.tables.map(\.statement) == ["results", "bridge", "pits"])
    #expect(reading.tables.map(\.mappedCount) == [32, 8, 8])
    #expect(reading.digitCounts == digitWordCounts(Quarry.release))
  }

  @Test("tells where a figure is printed: the line, the column of its last character, the text")
  func findsWhereFigureIsPrinted() throws {
    let claims = try reading(Quarry.release).claims
    let lines = Quarry.release.split(separator: "\n", omittingEmptySubsequences: false)
    for claim in claims {
      let source = try #require(claim.source)
      let (place, text) = (try #require(source.place), try #require(source.text))
      let printed = lines[Int(place.line) - 1].prefix(Int(place.column))
      #expect(printed.hasSuffix(text))
    }
    #expect(claims.contains { $0.source?.text == "(30)" })
    #expect(claims.contains { $0.source?.text == ".19" })
    #expect(claims.contains { $0.source?.text == "- -" })
  }

  @Test(
    "lists what it cannot be certain of, with the reason",
    arguments: [
      ("Sales of stone", "Sales of rock ", 4, "no line \"Sales of rock\" in results"),
      ("NORTH PIT", "EAST PIT", 4, "stands under \"EAST PIT\", which pits has not"),
      ("Statements of Results", "Statements of Outcome", 40, "is titled \"Statements of Outcome\""),
      ("Nine Months Ended", "Nine Mouths Ended", 24, "is headed \"Nine Mouths Ended\""),
      ("    2011      2010       2011", "    2011      2011       2011", 40, "the same period"),
      (
        "Third Quarter Ended   Nine Months Ended", "Third Quarter Ended   Third Quarter Ended", 40,
        "the same period"
      ),
      (
        "(dollars in thousands, except per ton -", "(dollars, except per ton -", 40,
        "does not say what is in thousands"
      ),
      (
        "(dollars in thousands, except per ton -", "(tons in thousands, except per ton -", 40,
        "are not those of results"
      ),
      (
        "Output of the Pits", "Output of the Pits\n(tons in thousands)", 8,
        "names a scale, and pits has none"
      ),
      ("2011 and 2010:", "2012 and 2011:", 8, "does not name the periods of the table above"),
      ("13,000    12,000", "13,00     12,000", 1, "\"13,00\" is no number"),
      ("13,000    12,000", "13,000    12x000", 1, "\"12x000\" is no number"),
      ("13,000    12,000", "13,000    1234567890123456789", 1, "more than 18 digits"),
      ("13,000    12,000", "13,000    12,000  7", 5, "5 figures stand under 4 columns"),
      ("75         60        55", "    75     60", 3, "not plainly which"),
      (
        "Less other                  1          -", "Less other 1                         -", 3,
        "no line \"Less other 1\""
      ),
      ("SOUTH PIT (our\n 29.73% share)\n", "\n\n", 8, "stands 2 times in one section"),
      (
        "Sept. 30,\n                      2011     2010",
        "Sept. 31,\n                      2011     2010", 8, "which is no day"
      ),
      (
        "Sept. 30,\n                      2011     2010",
        "Sept. 29,\n                      2011     2010", 8, "are 13 or 14 weeks"
      ),
    ]
  )
  func listsUncertainFigures(old: String, new: String, count: Int, reason: String) throws {
    let reading = try reading(release(old, new))
    #expect(reading.unmapped.count == count, "\(reading.unmapped.map(\.reason))")
    let first = reading.unmapped.first { $0.reason.contains(reason) }
    #expect(first != nil, "\(Set(reading.unmapped.map(\.reason)))")
  }

  @Test(
    "lists what headings and places leave open, with the reason",
    arguments: [
      (
        "Third Quarter Ended   Nine Months Ended",
        "Third Quarter Ended  Nine Months Ended  Year Ended",
        "3 spans stand above 4 columns"
      ),
      (
        "Third Quarter Ended   Nine Months Ended",
        "                       Third Quarter Ended   Nine Months Ended",
        "it is not plain which of the spans"
      ),
      ("Sept. 30, Sept. 30,  Sept. 30, Sept. 30,", "", "the column headings name no day"),
      ("    2011      2010       2011      2010\n", "", "no headings of columns stand above it"),
      ("Result per ton           (0.05)", "Result per ton      (0.05)     ", ""),
      (
        "Result per ton           (0.05)     0.11", "Result per          (1)          0.11",
        "no line \"Result per\" in results"
      ),
      ("NORTH PIT", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk", "lines of text stand above it"),
      ("     60        55", "               55", ""),
    ]
  )
  func listsWhatHeadingsLeaveOpen(old: String, new: String, reason: String) throws {
    let reading = try reading(release(old, new))
    let reasons = Set(reading.unmapped.map(\.reason))
    #expect(
      reason.isEmpty ? reasons.isEmpty : reasons.contains { $0.contains(reason) },
      "\(reasons)"
    )
    #expect(reading.digitCounts == digitWordCounts(try release(old, new)))
  }

  @Test("a number one space behind a caption is the caption's, or not certain")
  func numberBehindCaptionIsNotCertain() throws {
    let year = try reading(
      release("Cash at end of period      100", "Cash at end of period 2011    ")
    )
    #expect(!year.unmapped.isEmpty)
    let mark = try reading(
      release("Cash at end of period      100", "Cash at end of period, ab (1)")
    )
    #expect(mark.unmapped.count >= 3, "\(mark.unmapped.map(\.reason))")
    let figure = try reading(
      release("Cash at end of period      100", "Cash at end of period      100")
    )
    #expect(figure.unmapped.isEmpty)
  }

  @Test("a table of figures that no heading begins is listed, and so is one too long to be one")
  func tableWithoutHeadingIsListed() throws {
    let stray = try reading("Words.\n\nTons      1,000    2,000\n")
    #expect(
      stray.unmapped.map(\.reason)
        == Array(repeating: "it stands in no table of the profile", count: 2)
    )
    let rows = String(repeating: "    Rubble   5    6    7    8\n", count: 20_001)
    let long = try reading(
      release(
        "    2011      2010       2011      2010\n",
        "    2011      2010       2011      2010\n" + rows
      )
    )
    #expect(long.unmapped.count >= 4 * 20_001)
    #expect(long.digitCounts.values.reduce(0, +) >= 4 * 20_001)
  }

  @Test("a footnote table without a table above it has no columns")
  func nothingAbove() throws {
    let start = try #require(Quarry.release.range(of: "    (1) The following")?.lowerBound)
    let reading = try reading(String(Quarry.release[start...]))
    #expect(reading.unmapped.count == 8)
    #expect(reading.unmapped.allSatisfy { $0.reason == "no table with headings stands above it" })
  }

  @Test("a column of another kind than the concept's is refused")
  func columnOfAnotherKindIsRefused() throws {
    let profiles = try Profiles(
      EventLineReader.drafts(
        from: Array(
          Quarry.definitions.replacing(
            "\"quarry:Sales\",\"kind\":\"statement-line\",\"periodType\":\"duration\"",
            with: "\"quarry:Sales\",\"kind\":\"statement-line\",\"periodType\":\"instant\""
          ).utf8
        ),
        file: nil
      )
    )
    let sales = try Reading(Quarry.release, profiles.profile)
    #expect(sales.unmapped.count == 4)
    #expect(sales.unmapped.allSatisfy { $0.reason.contains("needs another kind of period") })
    let instants = try reading(release("Third Quarter Ended   Nine Months Ended\n", "\n"))
    #expect(instants.unmapped.count == 40)
    var text = try release("Third Quarter Ended   Nine Months Ended\n", "\n")
    text = text.replacing(
      "    2011      2010       2011      2010",
      with: "    2011      2010       2009      2008"
    )
    #expect(
      try reading(text).unmapped.contains {
        $0.reason.contains("the line needs the end of a duration")
      }
    )
  }

  @Test("a subtotal without a caption is only known below its own block")
  func subtotalWithoutCaptionIsOfItsBlock() throws {
    let moved = try reading(
      release(
        "                      --------  --------   --------  --------\nResult (1)",
        "Result (1)"
      )
    )
    #expect(moved.unmapped.isEmpty)
    let row = "                         4,701     3,900     13,030    11,988\n"
    let text = try release("Result per ton", row + "Result per ton")
    let twice = try reading(text)
    #expect(twice.unmapped.map(\.figure.text) == ["4,701", "3,900", "13,030", "11,988"])
    #expect(twice.unmapped.allSatisfy { $0.reason.contains("no subtotal there") })
  }

  @Test("a cell left blank is not reported, and the others keep their columns")
  func blankCellIsNotReported() throws {
    let reading = try reading(release("75         60        55", "           60        55"))
    #expect(reading.unmapped.isEmpty, "\(reading.unmapped)")
    #expect(!told(reading).contains { $0.hasPrefix("Cash 2010-06-30") })
    #expect(told(reading).contains("Cash 2010-12-31 = 60000/-3"))
  }

  @Test("footnote marks are no figures, and negative one is")
  func footnoteMarksAreNoFigures() throws {
    let marked = try release("4,700     3,900", "4,700(2)  3,900")
    #expect(try told(reading(marked)) == told(reading(Quarry.release)))
    let row = try release("Result (1)   ", "Result (12)  ")
    #expect(try told(reading(row)) == told(reading(Quarry.release)))
    let apart = try reading(release("$  6,120  $  5,004", "$( 6,120) $  5,004"))
    #expect(told(apart).first == "Sales 2011-07-01/2011-09-30 = -6120000/-3")
    #expect(apart.claims.first?.source?.text == "( 6,120)")
  }

  @Test("scale comes from the document: in millions, six more digits")
  func scaleComesFromDocument() throws {
    let reading = try reading(release("(dollars in thousands,", "(dollars in millions,"))
    #expect(told(reading).first == "Sales 2011-07-01/2011-09-30 = 6120000000/-6")
    #expect(told(reading).contains("ResultPerTon 2011-07-01/2011-09-30 = -0.05/2"))
  }

  @Test("the next quarter's release reads with the same profile")
  func nextQuarter() throws {
    var text = try release("2011 and 2010:", "2011 and 2010: ").replacing(
      "Sept. 30,",
      with: "Dec. 31, "
    )
    text = text.replacing("Third Quarter", with: "Fourth Quarter")
      .replacing("Nine Months Ended", with: "Twelve Months Ended")
      .replacing("and nine months ended September 30", with: "and twelve months ended December 31")
    let reading = try reading(text)
    #expect(reading.unmapped.isEmpty, "\(reading.unmapped)")
    #expect(told(reading).first == "Sales 2011-10-01/2011-12-31 = 6120000/-3")
    #expect(told(reading)[2] == "Sales 2011-01-01/2011-12-31 = 17950000/-3")
  }

  @Test("HTML entities and tags count as characters of the line, and are no figures")
  func markupCountsAsCharacters() throws {
    let text =
      "<pre>\n"
      + Quarry.release.replacing("Cost per ton        $ 4", with: "<b>Cost</b> per ton        $ 4")
      + "</pre>"
    let reading = try reading(text)
    #expect(reading.unmapped.isEmpty)
    let claim = try #require(reading.claims.first { $0.source?.text == "4.19" })
    let place = try #require(claim.source?.place)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let printed = lines[Int(place.line) - 1].prefix(Int(place.column))
    #expect(printed.hasSuffix("4.19"))
  }

  @Test("a line of more than 65,536 bytes is refused with its number")
  func longLine() throws {
    let text = "a\n" + String(repeating: "7", count: 70_000)
    #expect {
      _ = try reading(text)
    } throws: { error in
      "\(error)".hasPrefix("release.txt: byte 70002: line 2 is longer than 65536 bytes;")
    }
  }

  @Test("a profile whose statement or concept is missing is refused")
  func missingDefinitions() throws {
    for word in ["\"statement\":\"pits\",\"title\"", "\"concept\":\"quarry:Cash\",\"kind\""] {
      let lines = Quarry.definitions.split(separator: "\n").filter { !$0.contains(word) }
      let drafts = try EventLineReader.drafts(
        from: Array(lines.joined(separator: "\n").utf8),
        file: nil
      )
      #expect(throws: InvalidEvent.self) { try Profiles(drafts) }
    }
  }

  @Test(
    "the tables of Hecla's release of 2004-11-04 become the events, byte for byte",
    .enabled(if: Package.hasData, "skipped: the release is not part of the project")
  )
  func heclasTablesBecomeTheEvents() throws {
    let bytes = try Package.bytes(Package.release)
    let profile = try Profiles.hecla().profile
    let reading = try Reading(bytes, profile)
    #expect(reading.claims.count == 744 && reading.unmapped.isEmpty)
    #expect(Set(reading.claims.compactMap { $0.source?.place?.line }).count == 217)
    let file = "hecla/2004-11-04_0001157523-04-010335_tables.jsonl"
    let lines = try Package.bytes(Package.events.appending(path: file)).split(separator: 0x0A)
    for (found, line) in zip(reading.claims, lines.dropFirst()) {
      let kind = try #require(profile.kind(ofConcept: found.fact.concept))
      let claim = found.claim(kind: kind, filing: "0001157523-04-010335")
      #expect(Event.claim(claim).canonicalLine.elementsEqual(line))
    }
    #expect(reading.digitCounts == digitWordCounts(String(decoding: bytes, as: UTF8.self)))
  }
}
