import Facts
import Foundation
import JSON
import Reports
import Testing

/// One kind of cell, and what each format writes of it.
struct CellSample: CustomTestStringConvertible, Sendable {
  let name: String
  let cell: Cell
  let isGrouped: Bool
  let text: String
  let csv: String
  let tsv: String
  let json: String
  let markdown: String
  let html: String

  var testDescription: String { name }

  init(
    _ name: String,
    _ cell: Cell,
    isGrouped: Bool = false,
    text: String,
    csv: String? = nil,
    tsv: String? = nil,
    json: String,
    markdown: String? = nil,
    html: String? = nil
  ) {
    self.name = name
    self.cell = cell
    self.isGrouped = isGrouped
    self.text = text
    self.csv = csv ?? text
    self.tsv = tsv ?? text
    self.json = json
    self.markdown = markdown ?? text
    self.html = html ?? text
  }
}

extension CellSample {
  private static func amount(_ text: String) -> Amount? { try? Amount(text) }

  static let all: [CellSample] = words + figures + times + others

  private static let words = [
    CellSample("nothing", .none, text: "", json: "null"),
    CellSample("an empty text", .text(""), text: "", json: #""""#),
    CellSample(
      "quotes and commas",
      .text(#"8-K, "old""#),
      text: #"8-K, "old""#,
      csv: #""8-K, ""old""""#,
      json: #""8-K, \"old\"""#,
      html: "8-K, &quot;old&quot;"
    ),
    CellSample(
      "punctuation",
      .text(#"a|b <i> & c\d *_`~[]'"#),
      text: #"a|b <i> & c\d *_`~[]'"#,
      tsv: #"a|b <i> & c\\d *_`~[]'"#,
      json: #""a|b <i> & c\\d *_`~[]'""#,
      markdown: #"a\|b \<i\> & c\\d \*\_\`\~\[\]'"#,
      html: #"a|b &lt;i&gt; &amp; c\d *_`~[]&#39;"#
    ),
    CellSample(
      "control characters",
      .text("a\tb\rc\u{1}"),
      text: "a\tb\rc\u{1}",
      csv: "\"a\tb\rc\u{1}\"",
      tsv: "a\\tb\\rc\u{1}",
      json: #""a\tb\rc\u0001""#,
      markdown: "a\tb c\u{1}"
    ),
    CellSample("other scripts", .text("Mañana 日本 🜚"), text: "Mañana 日本 🜚", json: #""Mañana 日本 🜚""#),
  ]

  private static let figures = [
    CellSample("a figure", Cell(amount("71607000")), text: "71607000", json: #""71607000""#),
    CellSample(
      "a figure for reading",
      .figure(Figure(value: amount("-1234567.50"), decimals: 2, qualifier: .moreThan)),
      isGrouped: true,
      text: "more than -1,234,567.50",
      csv: "-1234567.50",
      tsv: "-1234567.50",
      json: #""-1234567.50""#
    ),
    CellSample(
      "the longest figure",
      Cell(amount("999999999999999999")),
      text: "999999999999999999",
      json: #""999999999999999999""#
    ),
    CellSample("zero", Cell(amount("0.00")), text: "0.00", json: #""0.00""#),
    CellSample("a dash", .figure(Figure(value: nil)), text: "nil", json: "null"),
    CellSample("no figure", Cell(Amount?.none), text: "", json: "null"),
    CellSample("a count", .count(-3), isGrouped: true, text: "-3", json: "-3"),
    CellSample("a large count", Cell(UInt64.max), text: "\(Int.max)", json: "\(Int.max)"),
    CellSample("no count", Cell(Int?.none), text: "", json: "null"),
  ]

  private static let times = [
    CellSample(
      "a moment",
      Cell(Timestamp("2004-11-04T08:00:30-05:00")),
      text: "2004-11-04T13:00:30Z",
      json: #""2004-11-04T13:00:30Z""#
    ),
    CellSample(
      "a day",
      PublishedTime("2004-11-04").map { .time($0) } ?? .none,
      text: "2004-11-04",
      json: #""2004-11-04""#
    ),
    CellSample("no time", Cell(Timestamp?.none), text: "", json: "null"),
    CellSample(
      "a period",
      Period("2004-07-01/2004-09-30").map { .period($0) } ?? .none,
      text: "2004-07-01/2004-09-30",
      json: #""2004-07-01/2004-09-30""#
    ),
  ]

  private static let others = [
    CellSample("no dimensions", .dimensions(.none), text: "", json: "{}"),
    CellSample(
      "dimensions",
      .dimensions(Dimensions(canonicalText: "metal=gold;operating-unit=La, \"Camorra\"")),
      text: "metal=gold;operating-unit=La, \"Camorra\"",
      csv: #""metal=gold;operating-unit=La, ""Camorra""""#,
      json: #"{"metal":"gold","operating-unit":"La, \"Camorra\""}"#,
      html: "metal=gold;operating-unit=La, &quot;Camorra&quot;"
    ),
    CellSample(
      "a list",
      .list([.count(1), .count(2), .text("a,b")]),
      text: "1 2 a,b",
      csv: "\"1 2 a,b\"",
      json: #"[1,2,"a,b"]"#
    ),
    CellSample("an empty list", .list([]), text: "", json: "[]"),
    CellSample(
      "a link",
      .link("a_b", address: "https://x.y/?a=1&b=<2>|"),
      text: "a_b",
      json: #""a_b""#,
      markdown: #"[a\_b](<https://x.y/?a=1&b=%3C2%3E%7C>)"#,
      html: #"<a href="https://x.y/?a=1&amp;b=&lt;2&gt;|">a_b</a>"#
    ),
  ]
}

@Suite("Each format writes each kind of cell") struct FormatTests {
  private func rendered(_ sample: CellSample, as format: ReportFormat) throws -> String {
    var table = Table(
      TableHead(
        title: "T",
        shape: .init("assay.t/1"),
        columns: [.init("x"), .init("y", isGrouped: sample.isGrouped), .init("z")]
      )
    )
    table.append([.text("<"), sample.cell, .text(">")])
    return try table.rendered(as: format)
  }

  @Test("in text as it is", arguments: CellSample.all)
  func textWritesCell(_ sample: CellSample) throws {
    let row = "<  \(sample.text.isEmpty ? " " : sample.text)  >\n"
    #expect(try rendered(sample, as: .text).hasSuffix("\n" + row))
  }

  @Test("in CSV, quoted where RFC 4180 wants it", arguments: CellSample.all)
  func csvWritesCell(_ sample: CellSample) throws {
    #expect(try rendered(sample, as: .csv) == "x,y,z\n<,\(sample.csv),>\n")
  }

  @Test("in TSV on one line", arguments: CellSample.all)
  func tsvWritesCell(_ sample: CellSample) throws {
    #expect(try rendered(sample, as: .tsv) == "x\ty\tz\n<\t\(sample.tsv)\t>\n")
  }

  @Test("in JSON as number, string, array, object or null", arguments: CellSample.all)
  func jsonWritesCell(_ sample: CellSample) throws {
    let row = #"{"x":"<","y":\#(sample.json),"z":">"}"#
    let json = try rendered(sample, as: .json)
    #expect(json == "{\"schema\":\"assay.t/1\",\"rows\":[\n\(row)\n]}\n")
    #expect(try rendered(sample, as: .jsonl) == row + "\n")
    _ = try JSONSerialization.jsonObject(with: Data(json.utf8))
    #expect(try JSONParser().parse(row).root["x"]?.string == "<")
  }

  @Test("in Markdown without any effect of its punctuation", arguments: CellSample.all)
  func markdownWritesCell(_ sample: CellSample) throws {
    #expect(
      try rendered(sample, as: .markdown)
        == "| x | y | z |\n| --- | --- | --- |\n| \\< | \(sample.markdown) | \\> |\n"
    )
  }

  @Test("in HTML without any effect of its punctuation", arguments: CellSample.all)
  func htmlWritesCell(_ sample: CellSample) throws {
    // Days and periods are not broken over lines.
    let isTime = ["a moment", "a day", "a period"].contains(sample.name)
    let start = isTime ? "<td class=\"word\">" : "<td>"
    #expect(
      try rendered(sample, as: .html).contains(
        "<tr><td>&lt;</td>\(start)\(sample.html)</td><td>&gt;</td></tr>"
      )
    )
  }
}
