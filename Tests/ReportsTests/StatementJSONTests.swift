import Facts
import JSON
import Reports
import TestSupport
import Testing

@Suite("The JSON of a statement") struct StatementJSONTests {
  @Test("has the keys of assay.statement/1 in their order, and every status")
  func hasKeysInOrderAndEveryStatus() throws {
    let text = try SampleCompany.balanceSheet().rendered(as: .json)
    #expect(text.hasSuffix("}\n"))
    let root = try JSONParser().parse(text).root
    #expect(
      root.members.map(\.key) == [
        "schema", "statement", "title", "entity", "entityName", "layout", "currency", "asOf",
        "requestedAsOf",
        "knownAt",
        "recordedAt", "columns", "lines", "latestPublished", "latestFiling", "query",
        "factsChecksum",
      ]
    )
    #expect(root["schema"]?.string == "assay.statement/1")
    #expect(root["asOf"]?.string == "2004-09-30")
    #expect(root["requestedAsOf"]?.string == "2004-10-15")
    #expect(root["knownAt"]?.string == "2004-12-31")
    #expect(try part(root["recordedAt"]) == #"{"head":20,"root":"00ff"}"#)
    #expect(
      try part(root["columns"])
        == #"[{"period":"2004-09-30","label":"Sept. 30, 2004"},"#
        + #"{"period":"2003-12-31","label":"Dec. 31, 2003"}]"#
    )
    let lines = try #require(root["lines"]).elements.map { try part($0) }
    #expect(
      lines == [
        #"{"label":"ASSETS","depth":0}"#,
        line("Cash", 1, "x:Cash")
          + #"{"status":"value","value":"71607000","decimals":-3,"sequence":4,"filing":"F1"},"#
          + #"{"status":"value","value":"-105387000","decimals":-3,"sequence":5,"filing":"F1"}]}"#,
        line("Inventories, at the lower of cost and market value, net", 1, "x:Inventories")
          + #"{"status":"value","value":"17866000","decimals":-3,"qualifier":"approximately","#
          + #""sequence":6,"filing":"F1"},"#
          + #"{"status":"value","value":"6100000","decimals":-5,"sequence":7,"filing":"F1"}]}"#,
        line("Receivables", 1, "x:Receivables")
          + #"{"status":"nil","sequence":8,"filing":"F1"},"#
          + #"{"status":"value","value":"0","decimals":-3,"sequence":9,"filing":"F1"}]}"#,
        line("Allowance", 1, "x:Allowance", #""negated":true,"#)
          + #"{"status":"value","value":"118000","decimals":-3,"sequence":10,"filing":"F1"},"#
          + #"{"status":"not-yet-known","firstPublished":"2005-02-22T13:00:00Z"}]}"#,
        line("Land", 1, "x:Land")
          + #"{"status":"conflict","claims":["#
          + #"{"value":"5000000","decimals":-3,"sequence":11,"filing":"F1"},"#
          + #"{"value":"6000000","decimals":-3,"sequence":12,"filing":"F1"}]},"#
          + #"{"status":"not-reported"}]}"#,
        line("", 0, "x:Assets")
          + #"{"status":"value","value":"90000000","decimals":-3,"sequence":13,"filing":"F1"},"#
          + #"{"status":"value","value":"12000000","decimals":-3,"sequence":14,"filing":"F1"}]}"#,
        #"{"label":"Gold, \"fine\"","depth":0,"concept":"x:Gold","dimensions":{"metal":"gold"},"#
          + #""unit":"ozt","cells":["#
          + #"{"status":"value","value":"154124","decimals":0,"sequence":15,"filing":"F1"},"#
          + #"{"status":"not-reported"}]}"#,
      ]
    )
  }

  private func part(_ node: JSONNode?) throws -> String { try JSONValue(#require(node)).text }

  private func line(
    _ label: String,
    _ depth: Int,
    _ concept: String,
    _ more: String = ""
  ) -> String {
    #"{"label":"\#(label)","depth":\#(depth),"concept":"\#(concept)","dimensions":{},"#
      + #""unit":"USD",\#(more)"cells":["#
  }

  @Test("says null for a known-at that bounds nothing, and has no requested as-of of its own")
  func unboundedTimesAreNull() throws {
    let report = try SampleCompany.log().report("balance-sheet", of: SampleCompany.entity)
    let root = try JSONParser().parse(report.rendered(as: .json)).root
    #expect(root["knownAt"]?.isNull == true)
    #expect(root["requestedAsOf"] == nil)
    #expect(root["latestPublished"]?.string == "2005-02-22T13:00:00Z")
    #expect(root["latestFiling"]?.string == "F2")
  }

  @Test("has headings of columns, and which end of a column an instant is taken from")
  func hasHeadingsAndEndsOfInstants() throws {
    let log = try TestLog(lines: [
      #"{"type":"statement","statement":"cf","title":"CF","columns":[{"span":"ytd"}],"lines":["#
        + #"{"label":"Increase","concept":"x:Increase"},"#
        + #"{"label":"Opening","concept":"x:Cash","instant":"start"}]}"#,
      #"{"type":"filing","filing":"F1","entity":"test:1","published":"2004-11-04"}"#,
      #"{"type":"line","filing":"F1","entity":"test:1","concept":"x:Increase","period":"2004-01-01/2004-09-30","unit":"USD","value":"1"}"#,
      #"{"type":"line","filing":"F1","entity":"test:1","concept":"x:Cash","period":"2003-12-31","unit":"USD","value":"2"}"#,
    ])
    let report = try log.report("cf", of: "test:1")
    let root = try JSONParser().parse(report.rendered(as: .json)).root
    #expect(
      try part(root["columns"])
        == #"[{"period":"2004-01-01/2004-09-30","label":"Nine Months Ended Sept. 30, 2004","#
        + #""heading":"Nine Months Ended"}]"#
    )
    #expect(
      try part(root["lines"]?.elements.map { $0 }.last)
        == #"{"label":"Opening","depth":0,"concept":"x:Cash","dimensions":{},"unit":"USD","#
        + #""instant":"start","cells":[{"status":"value","value":"2","sequence":3,"filing":"F1"}]}"#
    )
    #expect(
      try report.rendered(as: .csv).contains(
        "x:Cash,,USD,2003-12-31,value,2,,,3,F1,test:1,2004-11-04,,,,,,\n"
      )
    )
  }

  @Test("in lines has one object for each cell")
  func jsonLines() throws {
    let lines = try SampleCompany.balanceSheet().rendered(as: .jsonl).split(separator: "\n")
    #expect(lines.count == 14)
    #expect(
      lines[0] == #"{"statement":"balance-sheet","entity":"test:1","label":"Cash","depth":1,"#
        + #""concept":"x:Cash","dimensions":{},"unit":"USD","period":"2004-09-30","#
        + #""status":"value","value":"71607000","decimals":-3,"sequence":4,"filing":"F1"}"#
    )
  }
}

@Suite("The facts checksum") struct ChecksumTests {
  @Test("is over one line for each cell, in reading order, empty for what a cell has not")
  func hasOneLineForEachCell() throws {
    let bytes = try SampleCompany.balanceSheet().statement.checksumBytes
    let expected = [
      "value|4|71607000|-3|F1", "value|5|-105387000|-3|F1", "value|6|17866000|-3|F1",
      "value|7|6100000|-5|F1", "nil|8|||F1", "value|9|0|-3|F1", "value|10|118000|-3|F1",
      "not-yet-known||||", "conflict|11,12|||", "not-reported||||", "value|13|90000000|-3|F1",
      "value|14|12000000|-3|F1", "value|15|154124|0|F1", "not-reported||||",
    ].map { $0.replacing("|", with: "\t") + "\n" }
    #expect(String(decoding: bytes, as: UTF8.self) == expected.joined())
  }
}
