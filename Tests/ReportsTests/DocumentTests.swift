import JSON
import Reports
import Testing

/// A statement of two lines, with everything that a document can have.
private struct Sample: Document {
  var hasObject = false

  var rows: Table {
    var table = Table(
      TableHead(
        title: "Assets <1>",
        shape: .init("assay.sample/1", rowsKey: "lines", omitsAbsent: true),
        columns: [.init("label"), .init("value", .right, title: "At the\nend", isGrouped: true)]
      )
    )
    table.hasCaptions = true
    table.append(Table.Row([.text("ASSETS"), .none], role: .heading))
    table.append(Table.Row([.text("Cash"), .count(7)], depth: 1))
    table.append(Table.Row([.text("Sum"), .count(8)], role: .subtotal, depth: 1))
    table.append(
      Table.Row([.text("Total"), .printed("$ 9", evidence: "event \"3\"")], role: .total)
    )
    return table
  }

  var notes: [Note] {
    [Note("for people"), Note("count", .integer(2), line: "two"), Note("hidden", .null)]
  }

  var markdown: [Block] {
    [
      .heading("Hecla_1", level: 2), .caption("(in *thousands*)"), .lines([]),
      .notice("not yet known"), .items([("head", "12"), ("", "more")]), .table(rows),
    ]
  }

  var page: [Block] { markdown }

  var object: JSONValue? { hasObject ? .object([("schema", .string("assay.own/1"))]) : nil }

  var records: [JSONValue]? { hasObject ? [.integer(1), .integer(2)] : nil }
}

@Suite("A document") struct DocumentTests {
  @Test("in text has its rows and the lines of its notes")
  func textHasRowsAndNotes() throws {
    #expect(
      try Sample().rendered(as: .text) == """
        label   At the end
        ------  ----------
        ASSETS
        Cash             7
        Sum              8
        Total          $ 9
        for people
        two

        """
    )
  }

  @Test("in Markdown has its parts with blank lines between, totals strong and depths shown")
  func markdownHasParts() throws {
    #expect(
      try Sample().rendered(as: .markdown) == """
        ## Hecla\\_1

        (in \\*thousands\\*)

        **not yet known**

        - head: 12
        - more

        | label | At the end |
        | --- | ---: |
        | **ASSETS** |  |
        | &emsp;Cash | 7 |
        | &emsp;Sum | 8 |
        | **Total** | **$ 9** |

        """
    )
  }

  @Test("in HTML is a page whose rows are named, ruled and lead to their evidence")
  func htmlIsAPage() throws {
    let html = try Sample().rendered(as: .html)
    for part in [
      "<title>Assets &lt;1&gt;</title>", "<h2>Hecla_1</h2>",
      "<p class=\"caption\">(in *thousands*)</p>", "<p class=\"notice\">not yet known</p>",
      "<dt>head</dt><dd>12</dd>", "<th scope=\"col\">label</th>",
      "<th scope=\"col\" class=\"figure\">At the<br>end</th>",
      "<tr class=\"heading\"><th scope=\"row\" style=\"padding-left: 0.5rem\" colspan=\"2\">ASSETS<",
      "<tr><th scope=\"row\" style=\"padding-left: 2.0rem\">Cash</th><td class=\"figure\">7</td></tr>",
      "<tr class=\"subtotal\">", "<tr class=\"total\">",
      "<td class=\"figure\" title=\"event &quot;3&quot;\">$ 9</td>",
    ] {
      #expect(html.contains(part), "\(part)")
    }
  }

  @Test("a page has long tables in parts with headings", arguments: [100, 101, 250])
  func longTablesAreParts(rowCount: Int) throws {
    struct Long: Document {
      let rows: Table
    }
    var table = Table(title: "Numbers", columns: [.init("number", .right)])
    for number in 1...rowCount { table.append(Table.Row([.count(number)])) }
    let html = try Long(rows: table).rendered(as: .html)
    let partCount = (rowCount + 99) / 100
    #expect(html.matches(of: /<thead>/).count == partCount)
    #expect(html.contains("id=\"row-101\"") == (rowCount > 100))
    #expect(html.contains("<main>") && html.contains("</main>"))
    let cells = html.matches(of: /<td class="figure">(\d+)<\/td>/).compactMap { Int($0.1) }
    #expect(cells == Array(1...rowCount))
  }

  @Test("in JSON has the rows in their shape and the members of its notes")
  func jsonHasRowsAndMembers() throws {
    #expect(
      try Sample().rendered(as: .json) == """
        {"schema":"assay.sample/1","lines":[
        {"label":"ASSETS"},
        {"label":"Cash","value":7},
        {"label":"Sum","value":8},
        {"label":"Total","value":"$ 9"}
        ],"count":2,"hidden":null}

        """
    )
    #expect(
      try Sample().rendered(as: .jsonl).hasPrefix("{\"label\":\"ASSETS\"}\n{\"label\":\"Cash\",")
    )
  }

  @Test("has an object and records of its own where it says so")
  func ownObjectIsWritten() throws {
    let sample = Sample(hasObject: true)
    #expect(try sample.rendered(as: .json) == "{\"schema\":\"assay.own/1\"}\n")
    #expect(try sample.rendered(as: .jsonl) == "1\n2\n")
    #expect(try sample.rendered(as: .csv) == "label,value\nASSETS,\nCash,7\nSum,8\nTotal,$ 9\n")
  }

  @Test("is written by every format that there is, each under a name of its own")
  func everyFormatWritesDocument() throws {
    let names = ReportFormat.all.map(\.name)
    #expect(Set(names).count == names.count)
    for format in ReportFormat.all {
      #expect(try !Sample().bytes(as: format).isEmpty)
      #expect(ReportFormat(name: format.name) == format)
    }
    #expect(ReportFormat.names == "text, csv, tsv, json, jsonl, markdown, html, svg or xlsx")
  }
}
