import Facts
import Intake
import TestSupport
import Testing

@Suite("A release in HTML")
struct ReleasePageTests {
  private static let definitions = """
    {"type":"entity","entity":"cik:0000000042","name":"Example Quarry"}
    {"type":"concept","concept":"quarry:Sales","kind":"statement-line","periodType":"duration"}
    {"type":"concept","concept":"quarry:Result","kind":"statement-line","periodType":"duration"}
    {"type":"statement","entity":"cik:0000000042","statement":"results","title":"Statements of Results","caption":"(in millions)","scale":6,"columns":[{"span":"quarter"}],"lines":[{"label":"Sales","concept":"quarry:Sales"},{"label":"Costs:"},{"label":"Result","depth":1,"concept":"quarry:Result"}]}
    {"type":"profile","profile":"quarry","entity":"cik:0000000042","tables":[{"statement":"results"}]}
    """

  private static let head = """
    <html><body><p>Statements of Results</p><p>(in millions)</p>
    <table><tr><td></td><td colspan="6">Three Months Ended March 31,</td></tr>
    <tr><td></td><td colspan="3">2023</td><td colspan="3">2022</td></tr>

    """

  private func reading(_ rows: String, pieceByteCount: Int = 1 << 18) throws -> Reading {
    let profile = try Profiles(
      EventLineReader.drafts(from: Array(Self.definitions.utf8), file: nil)
    )
    let page = Self.head + rows
    return try Reading(Array(page.utf8), profile.profile, pieceByteCount: pieceByteCount)
  }

  /// `concept year = value (text at line:column)` of each claim.
  private func told(_ reading: Reading) -> [String] {
    reading.claims.map { claim in
      let value = claim.figure.value?.description ?? "nil"
      let place = claim.source?.place.map { "\($0.line):\($0.column)" } ?? ""
      return
        "\(claim.fact.concept.dropFirst(7)) \(claim.fact.period.end.components.year) = \(value)"
        + " (\(claim.source?.text ?? "") at \(place))"
    }
  }

  @Test("gives each figure with line and column of its last character, and the text shown")
  func placesAreThoseOfThePage() throws {
    let reading = try reading(
      "<tr><td>Sales</td><td>$</td><td>8,247</td><td></td><td>$</td>\n<td>7,411</td><td></td></tr>"
    )
    let expected = [
      "Sales 2023 = 8247000000 (8,247 at 4:37)", "Sales 2022 = 7411000000 (7,411 at 5:9)",
    ]
    #expect(told(reading) == expected, "\(reading.unmapped)")
    #expect(reading.lineCount == 5)
  }

  @Test(
    "is read however its cells are made",
    arguments: [
      // Signs and parentheses in cells of their own.
      "<tr><td>Sales<td>$<td>(199<td>)<td>$<td>(28<td>)</tr>",
      "<tr><td>Sales<td>$(<td>199<td>)<td>$<td>( 28<td>&nbsp;)</tr>",
      "<tr><td>Sales<td>($<td>199)<td><td>($<td>28)<td></tr>",
      "<tr><td>Sales</td><td colspan=2>(199</td><td>)</td><td colspan='2'>(28</td><td>)</td></tr>",
      // Missing end tags, entities, other letters, comments, unknown tags.
      "<TR><TD>Sa&#108;es<TD>&#36;<TD>&#40;199<TD>&rpar;<TD>&dollar;<TD>&#x28;28<TD>)",
      "<tr><td>Sales<!-- 5 > 3 --><td>&#160;<td><font size=2>(1<b>99</b></font><td>)<td><td>(28<td>)",
      "<tr><td><ix:x>Sales</ix:x><script>a<b</script><td><td>(199)<td><td><td>(28)<td></tr>",
      // Cells that reach into rows below, and empty columns.
      "<tr><td rowspan=2>Sales<td colspan=6>&nbsp;<tr><td><td>(199<td>)<td><td>(28<td>)",
      // Footnote marks, raised or in a cell of their own.
      "<tr><td>Sales<sup>1</sup><td><td>(199)<sup>2</sup><td><td><td>(28<td>)<sup>2</sup>",
      "<tr><td>Sales<td><td>(199)<td><sup>12</sup><td><td>(28<td>)<td><sup>1</sup>",
      // Figures that are raised.
      "<tr><td>Sales<td><td><sup>(199)</sup><td><td><td>(28<td>)",
      "<tr><td>Sales <span style='position:relative;top:-2pt'>1</span><td><td>(199<td>)<td><td>(28<td>)",
      // What is not shown.
      "<tr><td>Sales<td><td>(199<td>)<td><td>(28<td>)<td style='display:none'>7</td>",
      "<tr><td>Sales<div style=\"display:none\"><div>9</div>8</div><td><td>(199<td>)<td><td>(28<td>)",
    ]
  )
  func cellsAreReadHoweverMade(row: String) throws {
    for size in [1, 7, 1 << 18] {
      let reading = try reading(row + "</table>", pieceByteCount: size)
      let values = reading.claims.map { $0.figure.value?.description ?? "nil" }
      #expect(values == ["-199000000", "-28000000"], "\(row): \(reading.figures)")
      #expect(reading.claims.map(\.fact.period.end.components.year) == [2023, 2022])
      #expect(reading.unmapped.isEmpty)
    }
  }

  @Test(
    "finds the columns of cells beside one that reaches into rows below",
    arguments: [
      "<tr><td>Costs:<td colspan=3 rowspan=2><td><td><td><tr><td>Sales<td><td>28<td>",
      "<tr><td>Costs:</td><td colspan=3 rowspan=2></td></tr>\n<tr><td>Sales</td><td></td><td>28</td></tr>",
      "<tr><td colspan=1>Costs:<td colspan=3 rowspan=3></tr><tr></tr><tr><td>Sales<td><td>28",
    ]
  )
  func tallCellsMoveThoseBeside(rows: String) throws {
    let above = "<tr><td>Result<td><td>5<td><td><td>4<td></tr>"
    let reading = try reading(above + rows + "</table>")
    let values = reading.claims.filter { $0.fact.concept == "quarry:Sales" }.map {
      "\($0.fact.period.end.components.year) \($0.figure.value?.description ?? "nil")"
    }
    #expect(values == ["2022 28000000"], "\(reading.unmapped)")
  }

  @Test("takes no sign from a raised figure, and no mark for a figure")
  func raisedFiguresKeepTheirSign() throws {
    let raised = try reading("<tr><td>Sales<td><td><sup>1,199</b><td><td><td><sup>828</sup><td>")
    #expect(raised.claims.map(\.figure.value?.description) == ["1199000000", "828000000"])
    // Whether these are marks or figures cannot be told: no claim is made of them.
    let marks = try reading("<tr><td>Sales<td><td><sup>19</sup><td><td><td><sup>8</sup><td>")
    #expect(marks.claims.isEmpty, "\(marks.claims)")
    let joined = try reading("<tr><td>Sales<td><td>1,199<sup>828</sup><td><td><td>7<td>")
    #expect(joined.claims.map(\.figure.value?.description) == ["7000000"])
  }

  @Test("sets tables within cells apart, and rows below their headings by their indents")
  func nestedTablesAreRead() throws {
    let rows = """
      <tr><td>Costs:</td></tr>
      <tr><td style="padding-left:9pt">Result</td><td></td><td>5</td><td></td><td></td><td>&mdash;</td></tr>
      <tr><td><table><tr><td>Within<td>1<td>2</table></td></tr>
      <tr><td>Sales</td><td></td><td>8</td><td></td><td></td><td>7</td></tr></table>
      """
    let reading = try reading(rows)
    let values = reading.claims.map {
      "\($0.fact.concept) \($0.figure.value?.description ?? "nil")"
    }
    let expected = [
      "quarry:Result 5000000", "quarry:Result nil", "quarry:Sales 8000000", "quarry:Sales 7000000",
    ]
    #expect(values == expected, "\(reading.unmapped)")
    #expect(reading.unmapped.map(\.figure.text) == ["1", "2"])
  }

  @Test("lists figures that stand one below the other in one cell, and takes none of them")
  func stackedFiguresAreListed() throws {
    let row = "<tr><td>Sales<td><td>8<br>9<td><td><td>7"
    let reading = try reading(row)
    #expect(reading.claims.map(\.figure.value?.description) == ["7000000"])
    #expect(reading.unmapped.map(\.reason) == ["\"8|9\" is no number"])
  }

  @Test("has characters of UTF-8 and of Windows-1252, each of one column")
  func charactersHaveOneColumn() throws {
    let profile = try Profiles(
      EventLineReader.drafts(from: Array(Self.definitions.utf8), file: nil)
    )
    let row = "<tr><td><!-- \u{E9}\u{2014} -->Sales\u{A0}<td><td>8<td><td><td>7"
    let page = Self.head + row
    let windows = page.unicodeScalars.map { $0 == "\u{2014}" ? 0x97 : UInt8($0.value) }
    for bytes in [Array(page.utf8), windows] {
      let claims = try Reading(bytes, profile.profile).claims
      let places = claims.map { $0.source?.place }
      #expect(places == [Source.Place(line: 4, column: 34), Source.Place(line: 4, column: 47)])
    }
  }

  @Test("says the same as the text, however the page is made, each figure at its place in it")
  func pagesSayWhatTheTextSays() throws {
    let profiles = try Profiles.hecla()
    var random = SeededGenerator(seed: 3)
    for seed in 0..<12 as Range<UInt64> {
      var style = ReleasePress.Style()
      style.captionWidth = 30 + random.below(30)
      style.columnWidth = 15 + random.below(6)
      style.indentStep = 2 + random.below(3)
      style.quarter = 2 + random.below(3)
      style.swapsYears = random.below(2) == 0
      style.fullDates = random.below(2) == 0
      style.dropRate = random.below(20)
      var press = ReleasePress(style, seed: seed)
      press.print(profiles.statements)
      let page = PagePress(press, seed: seed)
      let reading = try Reading(page.html, profiles.profile)
      var claims: [Source.Place: UnfiledClaim] = [:]
      for claim in reading.claims { if let place = claim.source?.place { claims[place] = claim } }
      var mapped = 0
      for (place, cell) in press.cells {
        guard let claim = try claims[#require(page.places[place])] else { continue }
        mapped += 1
        let found = ReleasePress.Truth(
          concept: claim.fact.concept,
          dimensions: claim.fact.dimensions,
          unit: claim.fact.unit,
          period: claim.fact.period,
          figure: claim.figure
        )
        #expect(found == cell.truth, "page \(seed): line \(place.line): \(cell.text)")
      }
      #expect(mapped == reading.claims.count, "page \(seed): a claim of something that is no cell")
      #expect(mapped * 100 > press.knownCellCount * 90, "\(mapped) of \(press.knownCellCount)")
    }
  }

  @Test(
    "is refused where something never ends and would hide what follows",
    arguments: [
      ("<!-- ", "the comment"), ("<script>", "the script"), ("<td width=\"5", "the tag"),
      ("<div style=\"display:none\">", "the hidden <div>"),
    ]
  )
  func hiddenRestIsRefused(part: String, name: String) throws {
    let error = try #require(throws: ImportError.self) { try reading("\n\(part) 5<p>6") }
    #expect(error.place == .line(5) && error.message.hasPrefix(name), "\(error)")
  }
}
