import Reports
import TestSupport
import Testing

/// One table of Hecla's release of 2004-11-04: where it stands, and the statement that prints it.
struct ReleaseTable: CustomTestStringConvertible {
  let statement: String
  let lines: ClosedRange<Int>
  let columnCount: Int
  let rowCount: Int

  var testDescription: String { statement }

  static let all = [
    ReleaseTable(statement: "highlights", lines: 305...373, columnCount: 4, rowCount: 29),
    ReleaseTable(statement: "nongaap-cash-flow", lines: 403...412, columnCount: 4, rowCount: 4),
    ReleaseTable(statement: "operations", lines: 441...505, columnCount: 4, rowCount: 25),
    ReleaseTable(statement: "nongaap-income", lines: 523...533, columnCount: 4, rowCount: 5),
    ReleaseTable(statement: "balance-sheet", lines: 559...616, columnCount: 2, rowCount: 32),
    ReleaseTable(statement: "cash-flow", lines: 627...682, columnCount: 2, rowCount: 30),
    ReleaseTable(statement: "production", lines: 692...768, columnCount: 4, rowCount: 47),
    ReleaseTable(statement: "cost-reconciliation", lines: 810...924, columnCount: 4, rowCount: 45),
  ]
}

/// A row as printed: everything in words since the row before, and the figures.
struct PrintedRow: Equatable, CustomStringConvertible {
  var caption: String
  var figures: [String]

  var description: String { "\(caption): \(figures.joined(separator: " "))" }

  /// The rows of a printed table: figures are what ends a line, as many as there are columns.
  static func rows(in lines: some Sequence<String>, columnCount: Int) -> [PrintedRow] {
    var rows: [PrintedRow] = []
    var caption: [Substring] = []
    for line in lines {
      let words = line.replacing("$", with: " ").replacing("- -", with: "--")
        .split(separator: " ")
      let isRule = words.contains { $0.count > 2 && $0.allSatisfy { "-=".contains($0) } }
      guard !isRule else { continue }
      let figures = words.suffix(columnCount)
      if figures.count == columnCount, figures.allSatisfy(isFigure) {
        caption += words.dropLast(columnCount)
        rows.append(
          PrintedRow(
            caption: caption.map(String.init).joined(separator: " ").withoutNotes,
            figures: figures.map(String.init)
          )
        )
        caption = []
      } else {
        caption += words
      }
    }
    return rows
  }

  private static func isFigure(_ word: Substring) -> Bool {
    word == "--"
      || word.contains(where: \.isNumber) && word.allSatisfy { "0123456789.,()".contains($0) }
  }
}

extension String {
  /// The caption without footnote marks, and without the share that the layout leaves out.
  fileprivate var withoutNotes: String {
    var text = replacing("29.73% ", with: "")
    for note in 1...5 { text = text.replacing(" (\(note))", with: "") }
    return text
  }
}

private let releaseLines = Repository.lines("../shared/data/release/hecla-2004-q3-ex99.txt")

@Suite("Statements filled from the events of Hecla's release") struct ReleaseTests {
  @Test(
    "print the captions and figures of its tables, row by row",
    .enabled(if: releaseLines != nil, "the release is not at ../shared/data/release"),
    arguments: ReleaseTable.all
  )
  func tablesPrintCaptionsAndFigures(_ table: ReleaseTable) throws {
    let document = try #require(releaseLines)
    let expected = PrintedRow.rows(
      in: document[table.lines.lowerBound - 1..<table.lines.upperBound],
      columnCount: table.columnCount
    )
    let text = try Repository.log()
      .report(table.statement, of: "cik:0000719413", asOf: "2004-09-30").rendered(as: .text)
    let blocks = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // The dates end the column headings, the receipt follows the last row.
    let start = try #require(blocks.firstIndex { $0.hasSuffix("  2003") }) + 1
    let end = try #require(blocks.firstIndex { $0.hasPrefix("query  ") })
    let printed = PrintedRow.rows(in: blocks[start..<end], columnCount: table.columnCount)
    #expect(expected.count == table.rowCount)
    #expect(printed.count == expected.count)
    for (row, expected) in zip(printed, expected) { #expect(row == expected) }
  }

  @Test("centre a heading over the columns that share it, and dates in two lines")
  func headingsAreCentred() throws {
    let report = try Repository.log()
      .report("operations", of: "cik:0000719413", asOf: "2004-09-30")
    let lines = try report.rendered(as: .text).split(separator: "\n").map(String.init)
    let first = try #require(lines.firstIndex { $0.contains("Third Quarter Ended") })
    #expect(
      lines[first...(first + 3)] == [
        "                                     Third Quarter Ended    Nine Months Ended",
        "                                     Sept. 30,  Sept. 30,  Sept. 30,  Sept. 30,",
        "                                       2004       2003       2004       2003",
        "Sales of products                    $  33,718  $  28,079  $ 102,080  $  84,723",
      ]
    )
  }

  @Test("print no second rule directly under a double one")
  func noSecondRuleUnderDoubleOne() throws {
    let report = try Repository.log()
      .report("balance-sheet", of: "cik:0000719413", asOf: "2004-09-30")
    let lines = try report.rendered(as: .text).split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    for (line, next) in zip(lines, lines.dropFirst()) where line.contains("====") {
      #expect(next.isEmpty)
    }
    #expect(lines.count { $0.contains("====") } == 3)
    #expect(lines.count { $0.contains("----") } == 6)
  }

  @Test("fit into 80 columns", arguments: ReleaseTable.all)
  func tablesFitInto80Columns(_ table: ReleaseTable) throws {
    let text = try Repository.log()
      .report(table.statement, of: "cik:0000719413", asOf: "2004-09-30").rendered(as: .text)
    let widest = text.split(separator: "\n").map(\.count).max() ?? 0
    #expect(widest <= 80)
  }
}
