import Testing

@testable import Reports

/// A format as `Sources/README.md` says how to write one: a stroke between two cells.
private struct StrokeFormat: TableFormat {
  static let name = "strokes"
  static let otherNames = ["str"]
  static let isForReading = false

  private let head: TableHead

  init(_ head: TableHead) { self.head = head }

  mutating func begin(_ bytes: inout [UInt8]) {
    append(Table.Row(head.columns.map { .text($0.key) }), to: &bytes)
  }

  mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
    for (index, cell) in row.cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: "|")) }
      cell.appendText(to: &bytes, isGrouped: false)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func end(_ notes: [Note], to bytes: inout [UInt8]) {
    for note in notes { bytes += Array("\(note.line ?? "")\n".utf8) }
  }
}

/// A document of one table.
private struct Sample: Document {
  let rows: Table
  var notes: [Note] { [Note("for people")] }
  var markdown: [Block] { [.table(rows)] }
  var page: [Block] { markdown }
}

@Suite("A new format")
struct NewFormatTests {
  @Test("needs one type to write every table and every document")
  func needsOneType() throws {
    let format = ReportFormat(StrokeFormat.self)
    var table = Table(
      TableHead(
        title: "T",
        shape: .init("assay.t/1"),
        columns: [.init("name"), .init("value", .right)]
      )
    )
    table.append([.text("Cash"), .count(7)])
    table.append([.text("None"), .none])
    let rows = "name|value\nCash|7\nNone|\n"
    #expect(try table.rendered(as: format) == rows)
    #expect(try Sample(rows: table).rendered(as: format) == rows + "for people\n")
    #expect(format.name == "strokes" && !format.isForReading)
  }
}
