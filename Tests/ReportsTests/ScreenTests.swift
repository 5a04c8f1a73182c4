import Facts
import Platform
import Reports
import Testing

@Suite("Plain text on a screen")
struct ScreenTests {
  private static let head = TableHead(
    title: "Figures",
    columns: [
      .init("sequence", .right), .init("caption"), .init("value", .right, isGrouped: true),
      .init("published"), .init("remark"),
    ]
  )

  private static func rows() throws -> [[Cell]] {
    let captions = [
      "Cash", "Short-term investments and certificates of deposit", "", "Naïve  blanks − 7 (net)",
      String(repeating: "long", count: 20), "approximately $ 3,000 of 2,000 ounces",
    ]
    return try captions.enumerated().map { index, caption in
      [
        .count(index), .text(caption), .figure(Figure(value: try Amount("71607000"))),
        .time(.day(try #require(CivilDate("2004-11-04")))),
        .text("line \(index), column 58: \"$ 71,607\""),
      ]
    }
  }

  private func text(_ screen: Screen) throws -> String {
    var bytes: [UInt8] = []
    var writer = try TableWriter(Self.head, as: .text.on(screen)) { bytes += $0 }
    for row in try Self.rows() { try writer.append(row) }
    try writer.finish([Note("a note")])
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("every width has every word, and breaks none", arguments: 1...160)
  func everyWidthHasEveryWord(width: Int) throws {
    func words(_ text: String) -> [Substring: Int] {
      let words = text.split(whereSeparator: \.isWhitespace)
        .filter { !$0.allSatisfy { $0 == "-" } }
      return Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
    }
    let wide = try text(.none)
    let narrow = try text(Screen(isStyled: false, columnCount: width))
    #expect(words(narrow) == words(wide))
    let lines = narrow.split(separator: "\n")
    #expect(!lines.contains { $0.last == " " })
    // A number stays with what stands before it.
    #expect(lines.count { $0.contains("\"$ 71,607\"") } == 6)
    #expect(lines.count { $0.contains("approximately $ 3,000") } == 1)
    guard width >= 84 else { return }
    #expect(lines.allSatisfy { $0.count <= width }, "\(narrow)")
  }

  @Test("a table that fits is the same as in a file")
  func wideScreensChangeNothing() throws {
    let wide = try text(.none)
    let width = wide.split(separator: "\n").map(\.count).max() ?? 0
    #expect(try text(Screen(isStyled: false, columnCount: width)) == wide)
    #expect(try text(Screen(isStyled: false, columnCount: width - 1)) != wide)
  }

  @Test("no other format knows of screens")
  func otherFormatsAreTheSame() {
    for format in ReportFormat.all where format != .text {
      #expect(format.on(Screen(isStyled: true, columnCount: 10)) == format)
    }
  }

  @Test("titles stand between marks, which are all that is added")
  func titlesStandBetweenMarks() throws {
    var bytes: [UInt8] = []
    let format = ReportFormat.text.on(Screen(isStyled: true, columnCount: nil))
    var writer = try TableWriter(Self.head, as: format) { bytes += $0 }
    for row in try Self.rows() { try writer.append(row) }
    try writer.finish([Note("a note")])
    #expect(bytes.count { $0 == TextStyle.title.mark } == 5)
    let plain = bytes.filter { $0 < TextStyle.title.mark }
    #expect(String(decoding: plain, as: UTF8.self) == (try text(.none)))
  }
}
