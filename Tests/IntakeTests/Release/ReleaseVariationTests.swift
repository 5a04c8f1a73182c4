import Facts
import Intake
import TestSupport
import Testing

@Suite("Releases of every make")
struct ReleaseVariationTests {
  private typealias Style = ReleasePress.Style

  private func press(_ style: ReleasePress.Style, _ profiles: Profiles, seed: UInt64)
    -> ReleasePress
  {
    var press = ReleasePress(style, seed: seed)
    press.print(profiles.statements)
    return press
  }

  /// Reads what was printed, and holds every cell against the truth.
  ///
  /// - Parameter places: The line and column at which a cell of the printed text is found.
  /// - Returns: How many cells became claims.
  @discardableResult
  private func verify(
    _ press: ReleasePress,
    _ reading: Reading,
    _ note: String,
    column: (String, Int) -> Int = { $1 }
  ) -> Int {
    var told: [Source.Place: ReleaseFigure] = [:]
    for figure in reading.figures {
      switch figure.status {
      case .heading, .text, .computed: continue
      case .mapped, .unmapped:
        let place = Source.Place(line: UInt32(figure.line), column: UInt32(figure.column))
        #expect(told.updateValue(figure, forKey: place) == nil, "\(note): told twice")
      }
    }
    var mapped = 0
    for (place, cell) in press.cells {
      let line = press.lines[Int(place.line) - 1]
      let printed = Source.Place(
        line: place.line,
        column: UInt32(column(line, Int(place.column)))
      )
      guard let figure = told[printed] else {
        Issue.record(
          "\(note): line \(place.line), column \(place.column), \(cell.text) is lost: \(line)"
        )
        continue
      }
      guard case .mapped(let claim) = figure.status else { continue }
      mapped += 1
      let found = ReleasePress.Truth(
        concept: claim.fact.concept,
        dimensions: claim.fact.dimensions,
        unit: claim.fact.unit,
        period: claim.fact.period,
        figure: claim.figure
      )
      #expect(found == cell.truth, "\(note): line \(place.line): \(line)")
    }
    #expect(mapped == reading.claims.count, "\(note): a claim of something that is no cell")
    return mapped
  }

  @Test("are read whole, whatever the figures, widths, wraps, order of columns and quarter")
  func everyLayoutIsRead() throws {
    let profiles = try Profiles.hecla()
    var random = SeededGenerator(seed: 1)
    for seed in 0..<12 as Range<UInt64> {
      var style = Style()
      style.captionWidth = 20 + random.below(40)
      style.columnWidth = 10 + random.below(6)
      style.indentStep = 2 + random.below(3)
      style.wrapIndent = 1 + random.below(2)
      style.quarter = 2 + random.below(3)
      style.year = 1996 + random.below(20)
      style.swapsYears = random.below(2) == 0
      style.swapsSpans = random.below(2) == 0
      style.fullDates = random.below(2) == 0
      style.shuffles = random.below(2) == 0
      if random.below(3) == 0 { style.scale = "millions" }
      let press = press(style, profiles, seed: seed)
      let reading = try Reading(press.lines.joined(separator: "\n"), profiles.profile)
      let mapped = verify(press, reading, "release \(seed)")
      #expect(mapped == press.knownCellCount, "release \(seed): \(reading.unmapped.prefix(3))")
    }
  }

  @Test("with rows dropped, added and in another order: known captions map, others are listed")
  func otherRowsAreListed() throws {
    let profiles = try Profiles.hecla()
    var random = SeededGenerator(seed: 2)
    var (mapped, known) = (0, 0)
    for seed in 100..<110 as Range<UInt64> {
      var style = Style()
      style.captionWidth = 24 + random.below(20)
      style.dropRate = random.below(30)
      style.addRate = random.below(15)
      style.shuffles = random.below(2) == 0
      let press = press(style, profiles, seed: seed)
      let reading = try Reading(press.lines.joined(separator: "\n"), profiles.profile)
      mapped += verify(press, reading, "release \(seed)")
      known += press.knownCellCount
      #expect(reading.unmapped.allSatisfy { !$0.reason.isEmpty })
    }
    #expect(mapped * 100 > known * 90, "\(mapped) of \(known)")
  }

  @Test("with a unit that no statement has, or without a heading: no row of one is another's")
  func rowsOfUnknownSectionsAreNotTaken() throws {
    let profiles = try Profiles.hecla()
    var (mapped, known) = (0, 0)
    for seed in 200..<212 as Range<UInt64> {
      var style = Style()
      style.addsSection = seed % 2 == 0
      style.dropsHeading = seed % 2 == 1
      let press = press(style, profiles, seed: seed)
      let reading = try Reading(press.lines.joined(separator: "\n"), profiles.profile)
      mapped += verify(press, reading, "release \(seed)")
      known += press.knownCellCount
    }
    #expect(mapped * 100 > known * 60, "\(mapped) of \(known)")
  }

  @Test("in Windows-1252 or UTF-8, with tabs, form feeds, other line ends, in <pre>")
  func everyEncodingIsRead() throws {
    let profiles = try Profiles.hecla()
    let press = press(Style(), profiles, seed: 7)
    let text = press.lines.joined(separator: "\n")
    func reading(_ text: String) throws -> Reading { try Reading(text, profiles.profile) }
    #expect(verify(press, try reading(text), "plain") == press.knownCellCount)
    let returns = press.lines.joined(separator: "\r\n")
    #expect(verify(press, try reading(returns), "CRLF") == press.knownCellCount)
    #expect(
      verify(press, try reading(text.replacing("\n", with: "\r")), "CR") == press.knownCellCount
    )
    let marked = "\u{FEFF}" + text
    #expect(verify(press, try reading(marked), "byte order mark") == press.knownCellCount)
    let curly = text.replacing("'", with: "\u{2019}").replacing("- -", with: "\u{2014}  ")
    #expect(
      verify(press, try reading(curly), "UTF-8", column: Self.dashColumn) == press.knownCellCount
    )
    let windows = curly.unicodeScalars.map { scalar -> UInt8 in
      switch scalar {
      case "\u{2019}": 0x92
      case "\u{2014}": 0x97
      default: UInt8(scalar.value)
      }
    }
    let old = try Reading(windows, profiles.profile)
    #expect(verify(press, old, "Windows-1252", column: Self.dashColumn) == press.knownCellCount)
    let wrapped =
      "<HTML><BODY><PRE>\n" + text.replacing("&", with: "&amp;") + "\n</PRE></BODY></HTML>"
    let web = try reading(wrapped)
    #expect(web.claims.count == press.knownCellCount)
  }

  /// Where a dash of one character stands that was printed with three.
  private static func dashColumn(_ line: String, _ column: Int) -> Int {
    Array(line)[..<column].suffix(3) == ["-", " ", "-"] ? column - 2 : column
  }

  @Test("with tabs for spaces: the column counts a tab as one character")
  func tabCountsAsOneCharacter() throws {
    let profiles = try Profiles.hecla()
    let press = press(Style(), profiles, seed: 8)
    let text = press.lines.map(Self.unexpanded).joined(separator: "\n")
    let reading = try Reading(text, profiles.profile)
    let mapped = verify(press, reading, "tabs") { line, column in
      let prefix = Self.unexpanded(String(line.prefix(column)))
      return prefix.count
    }
    #expect(mapped == press.knownCellCount, "\(reading.unmapped.prefix(3))")
  }

  /// The line with every eight columns that end in spaces as a tab.
  private static func unexpanded(_ line: String) -> String {
    var (result, rest) = ("", line[...])
    while rest.count >= 8 {
      var part = String(rest.prefix(8))
      rest = rest.dropFirst(8)
      if part.hasSuffix("  ") {
        while part.last == " " { part.removeLast() }
        part += "\t"
      }
      result += part
    }
    return result + rest
  }

  @Test("with page breaks between the tables' lines")
  func formFeeds() throws {
    let profiles = try Profiles.hecla()
    let press = press(Style(), profiles, seed: 9)
    var random = SeededGenerator(seed: 9)
    var broken: Set<Int> = []
    let text = press.lines.enumerated().map { index, line in
      guard line.isEmpty, random.below(2) == 0 else { return line }
      broken.insert(index)
      return "\u{C}"
    }.joined(separator: "\n")
    let reading = try Reading(text, profiles.profile)
    #expect(!broken.isEmpty)
    #expect(verify(press, reading, "form feeds") == press.knownCellCount)
  }

  @Test("in pieces of any size")
  func piecesOfAnySizeAreRead() throws {
    let profiles = try Profiles.quarry()
    let bytes = Array(Quarry.release.utf8)
    let whole = try Reading(bytes, profiles.profile).claims
    for size in [1, 2, 3, 64, 1000] {
      let reading = try Reading(bytes, profiles.profile, pieceByteCount: size)
      #expect(reading.claims == whole)
    }
  }
}
