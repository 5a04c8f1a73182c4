import Reports
import Testing

/// What a writer wrote.
final class Output {
  var bytes: [UInt8] = []
}

@Suite("A table") struct TableTests {
  private var table: Table {
    var table = Table(title: "Counts <1>", columns: [.init("type"), .init("count", .right)])
    table.append(["filing, \"old\"", "7"])
    table.append(["a|b\tc\\d", "1,024"])
    return table
  }

  @Test("in text is aligned to its widest texts")
  func inTextIsAlignedToItsWidestTexts() throws {
    var table = Table(title: "Counts", columns: [.init("type"), .init("count", .right)])
    table.append(["filing", "7"])
    table.append(["statement-line", "1,024"])
    #expect(
      try table.rendered(as: .text) == """
        type            count
        --------------  -----
        filing              7
        statement-line  1,024

        """
    )
  }

  @Test("in CSV quotes what RFC 4180 wants quoted, and only that")
  func inCSVQuotesWhatRFC4180WantsQuoted() throws {
    #expect(
      try table.rendered(as: .csv)
        == "type,count\n\"filing, \"\"old\"\"\",7\na|b\tc\\d,\"1,024\"\n"
    )
  }

  @Test("in TSV escapes tabs and backslashes")
  func inTSVEscapesTabsAndBackslashes() throws {
    #expect(
      try table.rendered(as: .tsv) == "type\tcount\nfiling, \"old\"\t7\na|b\\tc\\\\d\t1,024\n"
    )
  }

  @Test("in Markdown keeps bars inside their cell")
  func inMarkdownKeepsBarsInsideTheirCell() throws {
    #expect(
      try table.rendered(as: .markdown)
        == "| type | count |\n| --- | ---: |\n| filing, \"old\" | 7 |\n"
        + "| a\\|b\tc\\\\d | 1,024 |\n"
    )
  }

  @Test("in HTML escapes everything")
  func inHTMLEscapesEverything() throws {
    let html = try table.rendered(as: .html)
    #expect(html.contains("<title>Counts &lt;1&gt;</title>"))
    #expect(
      html.contains(#"<tr><td>filing, &quot;old&quot;</td><td class="figure">7</td></tr>"#)
    )
  }

  @Test("in JSON is an object with rows, in JSONL an object a row")
  func inJSONIsObjectWithRows() throws {
    let rows = [
      #"{"type":"filing, \"old\"","count":"7"}"#, #"{"type":"a|b\tc\\d","count":"1,024"}"#,
    ]
    #expect(try table.rendered(as: .jsonl) == rows.map { $0 + "\n" }.joined())
    #expect(
      try table.rendered(as: .json)
        == "{\"schema\":\"Counts <1>\",\"rows\":[\n" + rows.joined(separator: ",\n") + "\n]}\n"
    )
  }

  @Test("without rows still has its header")
  func withoutRowsStillHasItsHeader() throws {
    let table = Table(title: "T", columns: [.init("a"), .init("b")])
    #expect(try table.rendered(as: .text) == "a  b\n-  -\n")
    #expect(try table.rendered(as: .csv) == "a,b\n")
    #expect(try table.rendered(as: .json) == "{\"schema\":\"T\",\"rows\":[]}\n")
  }

  @Test("written row by row takes its widths from the first rows and cuts nothing later")
  func widthsComeFromFirstRowsAndCutNothing() throws {
    var head = TableHead(title: "T", columns: [.init("a"), .init("b")])
    head.sampleRowCount = 1
    let output = Output()
    var writer = try TableWriter(head, as: .text) { output.bytes += $0 }
    try writer.append([.text("xx"), .text("y")])
    try writer.append([.text("wider"), .text("z")])
    try writer.finish()
    #expect(String(decoding: output.bytes, as: UTF8.self) == "a   b\n--  -\nxx  y\nwider  z\n")
  }

  @Test(
    "takes its format from a name or from a file's ending",
    arguments: [
      ("text", "a.txt", ReportFormat.text), ("csv", "x/a.csv", .csv), ("tsv", "a.b.tsv", .tsv),
      ("json", "a.json", .json), ("jsonl", "a.ndjson", .jsonl),
      ("Markdown", "README.md", .markdown),
      ("html", "a.HTM", .html),
    ]
  )
  func takesItsFormatFromNameOrFromFilesEnding(
    _ name: String,
    _ fileName: String,
    _ format: ReportFormat
  ) {
    #expect(ReportFormat(name: name) == format)
    #expect(ReportFormat(fileName: fileName) == format)
  }

  @Test(
    "refuses names and endings that are no format",
    arguments: ["xml", "", ".csv", "a/b", "a."]
  )
  func noFormat(_ name: String) {
    #expect(ReportFormat(name: name) == nil)
    #expect(ReportFormat(fileName: name) == nil)
  }
}
