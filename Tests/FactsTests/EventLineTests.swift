import Facts
import JSON
import Testing

@Suite("An event line") struct EventLineTests {
  /// A line of every type with every field it can have, in canonical form.
  static let fullLines = [
    #"{"by":"assay 1.0","count":3,"recorded":"2026-01-02T03:04:05.678901Z","type":"batch"}"#,
    #"{"entity":"cik:0000719413","fiscalYearEnd":"12-31","name":"Hecla Mining Company","type":"entity"}"#,
    #"{"actual":"mine:MetalProduced","additive":true,"balance":"debit","concept":"mine:MetalForecast","dataType":"mass","description":"What is to come.","kind":"guidance","label":"Forecast","periodType":"duration","type":"concept"}"#,
    #"{"document":{"bytes":48048,"name":"hecla.txt","sha256":"b33e40b1ba32d07cecc19856e37063bc8a588011d93f72e817e0543508958e4a"},"entity":"cik:0000719413","filing":"0001157523-04-010335","fiscalPeriod":"Q3","fiscalYear":2004,"form":"8-K EX-99.1","published":"2004-11-04T13:00:30Z","type":"filing"}"#,
    #"{"concept":"mine:MetalProduced","decimals":0,"dimensions":{"metal":"gold","operating-unit":"La Camorra"},"entity":"cik:0000719413","filing":"0001157523-04-010335","period":"2004-07-01/2004-09-30","qualifier":"approximately","source":{"column":33,"line":700,"text":"28,290"},"type":"production","unit":"ozt","value":"28290"}"#,
    #"{"decimals":-3,"event":"b33e40b1ba32d07cecc19856e37063bc8a588011d93f72e817e0543508958e4a","qualifier":"low","reason":"a slip of the pen","source":{"column":33,"line":700,"text":"28,290"},"type":"correction","value":"-0.50"}"#,
    #"{"event":"b33e40b1ba32d07cecc19856e37063bc8a588011d93f72e817e0543508958e4a","reason":"typed twice","type":"withdrawal"}"#,
    #"{"caption":"(in thousands)","columns":[{"span":"instant"},{"at":"fiscal-year-end","span":"instant"},{"span":"quarter","years":-1},{"span":"half"},{"span":"ytd"},{"span":"year"}],"entity":"cik:0000719413","lines":[{"dimensions":{"metal":"gold"},"label":"GOLD"},{"alternatives":["x:B","x:C"],"concept":"x:A","currency":true,"depth":2,"dimensions":{"metal":"gold"},"instant":"start","label":"","negated":true,"optional":true,"places":2,"qualifier":"high","scale":0,"subtotal":true,"total":true,"unit":"ozt"}],"places":1,"scale":3,"statement":"units","title":"Units","type":"statement","unit":"ozt"}"#,
    #"{"aspects":"of-total","check":"f/role/x:A","filing":"f","items":[{"concept":"x:B"},{"concept":"x:C","weight":-1}],"kind":"foot","title":"A","total":{"concept":"x:A"},"type":"check"}"#,
    #"{"check":"cost","divisor":[{"concept":"x:C","instant":"end"}],"entity":"cik:0000719413","items":[{"concept":"x:B","dimensions":{"metal":"gold"},"multiplier":[{"concept":"x:D","unit":"ozt"}],"weight":-1}],"kind":"ratio","multiplier":[{"unit":"pure","value":"0.50"}],"title":"Cost","total":{"concept":"x:A","instant":"start","unit":"USD/ozt"},"type":"check"}"#,
    #"{"entity":"cik:0000719413","form":"8-K EX-99.1","labels":{"OTHER * UNIT":"OTHER UNIT"},"profile":"hecla","tables":[{"caption":"(in thousands)","columns":"above","statement":"production","title":"* production *"},{"statement":"hedges"}],"type":"profile"}"#,
    #"{"caption":"(in thousands)","columns":[{"span":"ytd"}],"lines":[{"concept":"x:A","label":"A"}],"places":1,"scale":3,"title":"Units","type":"layout","unit":"ozt"}"#,
    #"{"filing":"F","layout":"b33e40b1ba32d07cecc19856e37063bc8a588011d93f72e817e0543508958e4a","role":"http://x.com/role/Balance","statement":"balance-sheet","title":"Balance Sheets","type":"presentation"}"#,
  ]

  @Test("of every type, with every field, is its own canonical line", arguments: fullLines)
  func fullLine(line: String) throws {
    #expect(try canonical(line) == line)
  }

  @Test(
    "of every type, with the fewest fields, is its own canonical line",
    arguments: [
      #"{"by":"a","count":1,"recorded":"2026-01-02T03:04:05Z","type":"batch"}"#,
      #"{"entity":"e","name":"n","type":"entity"}"#,
      #"{"concept":"x:A","kind":"line","type":"concept"}"#,
      #"{"entity":"e","filing":"F","published":"2004-11-04","type":"filing"}"#,
      #"{"document":{"name":"a"},"entity":"e","filing":"F","published":"2004-11-04","type":"filing"}"#,
      #"{"accepted":"2004-11-04T08:00:30-05:00","documents":[{"bytes":1,"name":"a","sequence":1,"type":"8-K"},{"name":"b"}],"entities":["e","g"],"entity":"e","filing":"F","published":"2004-11-04","type":"filing"}"#,
      #"{"accepted":"2004-11-04T08:00:30+00:00","documents":[{"name":"b"}],"entities":["e"],"filing":"F","reason":"r","type":"correction"}"#,
      #"{"concept":"x:A","entity":"e","filing":"F","period":"2004-09-30","source":{"column":2,"document":"a","line":1,"text":"7"},"type":"line","unit":"USD","value":"7"}"#,
      #"{"concept":"x:A","entity":"e","filing":"F","period":"2004-09-30","source":{"document":"a","text":"7"},"type":"line","unit":"USD","value":"7"}"#,
      #"{"concept":"x:A","entity":"e","filing":"F","period":"2004-09-30","type":"line","unit":"USD","value":null}"#,
      #"{"event":"b33e40b1ba32d07cecc19856e37063bc8a588011d93f72e817e0543508958e4a","reason":"r","type":"correction","value":null}"#,
      #"{"columns":[{"span":"ytd"}],"lines":[{"label":"A"}],"statement":"s","title":"t","type":"statement"}"#,
      #"{"check":"c","kind":"equal","title":"t","type":"check"}"#,
      #"{"entity":"e","profile":"p","tables":[{"statement":"s"}],"type":"profile"}"#,
      #"{"layout":"list","lines":[{"label":"A"}],"statement":"s","title":"t","type":"statement"}"#,
      #"{"columns":[{"span":"ytd"}],"lines":[{"label":"A"}],"title":"t","type":"layout"}"#,
      #"{"filing":"F","layout":"b33e40b1ba32d07cecc19856e37063bc8a588011d93f72e817e0543508958e4a","role":"r","type":"presentation"}"#,
    ]
  )
  func shortLine(line: String) throws {
    #expect(try canonical(line) == line)
  }

  @Test("of the design, as written there, is read and has sorted keys")
  func designExample() throws {
    let written = #"""
      {"type":"production","filing":"0001157523-04-010335","entity":"cik:0000719413","concept":"mine:MetalProduced","dimensions":{"metal":"gold","operating-unit":"La Camorra"},"period":"2004-07-01/2004-09-30","unit":"ozt","value":"28290","decimals":0,"source":{"line":700,"column":33,"text":"28,290"}}
      """#
    let expected = #"""
      {"concept":"mine:MetalProduced","decimals":0,"dimensions":{"metal":"gold","operating-unit":"La Camorra"},"entity":"cik:0000719413","filing":"0001157523-04-010335","period":"2004-07-01/2004-09-30","source":{"column":33,"line":700,"text":"28,290"},"type":"production","unit":"ozt","value":"28290"}
      """#
    #expect(try canonical(written) == expected)
    let fact = Fact(
      entity: "cik:0000719413",
      concept: "mine:MetalProduced",
      dimensions: try Dimensions("metal=gold;operating-unit=La Camorra"),
      unit: "ozt",
      period: try #require(Period("2004-07-01/2004-09-30"))
    )
    let claim = Claim(
      kind: "production",
      filing: "0001157523-04-010335",
      fact: fact,
      figure: Figure(value: try Amount("28290"), decimals: 0),
      source: Source(place: Source.Place(line: 700, column: 33), text: "28,290")
    )
    #expect(try event(written) == .claim(claim))
  }

  @Test(
    "says what is usual by leaving it out",
    arguments: [
      ("claim", #""dimensions":{},"#, ""), ("claim", #""decimals":-0,"#, #""decimals":0,"#),
      ("statement", #""unit":"USD","#, ""), ("statement", #""scale":0,"places":0,"#, ""),
      ("statement", #""layout":"columns","#, ""), ("line", #""depth":0,"negated":false,"#, ""),
      ("line", #""currency":false,"subtotal":false,"total":false,"optional":false,"#, ""),
      ("line", #""alternatives":[],"dimensions":{},"#, ""), ("column", #""years":0,"#, ""),
    ]
  )
  func saysWhatIsUsualByLeavingItOut(place: String, written: String, kept: String) throws {
    func line(_ text: String) -> String {
      func here(_ name: String) -> String { place == name ? text : "" }
      guard place != "claim" else {
        return #"{"concept":"x:A",\#(text)"entity":"e","filing":"F","period":"2004-09-30","#
          + #""type":"line","unit":"USD","value":"1"}"#
      }
      return #"{"columns":[{\#(here("column"))"span":"ytd"}],\#(here("statement"))"#
        + #""lines":[{\#(here("line"))"concept":"x:A","label":"A"}],"statement":"s","title":"t","#
        + #""type":"statement"}"#
    }
    #expect(try canonical(line(written)) == line(kept))
  }

  @Test(
    "keeps every text byte for byte",
    arguments: [
      "é", "e\u{301}", "漢字", "😀", "a\\\"b", "\u{2028}", "</script>", "a  b", "\u{301}x", "\u{FEFF}",
      "=\u{338}", ";\u{301}", "\u{10FFFF}",
    ]
  )
  func keepsEveryTextByteForByte(text: String) throws {
    var quoted: [UInt8] = []
    quoted.appendJSONString(text)
    let json = String(decoding: quoted, as: UTF8.self)
    let line =
      #"{"concept":\#(json),"entity":\#(json),"filing":\#(json),"period":"2004-09-30","#
      + #""source":{"text":\#(json)},"type":"line","unit":\#(json),"value":"1"}"#
    #expect(try Array(canonical(line).utf8) == Array(line.utf8))
    guard !text.utf8.contains(UInt8(ascii: ";")) else { return }
    let inDimensions =
      #"{"concept":"x:A","dimensions":{"a":\#(json)},"entity":"e","filing":"F","#
      + #""period":"2004-09-30","type":"line","unit":"USD","value":"1"}"#
    #expect(try Array(canonical(inDimensions).utf8) == Array(inDimensions.utf8))
  }

  @Test("has its times in UTC, from whatever zone")
  func hasItsTimesInUTCFromWhateverZone() throws {
    let line =
      #"{"entity":"e","filing":"F","published":"2004-11-04T08:00:30-05:00","type":"filing"}"#
    #expect(try canonical(line).contains(#""published":"2004-11-04T13:00:30Z""#))
  }

  @Test("with the largest size that JSON has room for is written")
  func largestSize() async throws {
    let line =
      #"{"document":{"bytes":9007199254740991,"name":"a"},"entity":"e","filing":"F","published":"2004-11-04","type":"filing"}"#
    #expect(try canonical(line) == line)
    let larger = line.replacing("9007199254740991", with: "9007199254740992")
    #expect(try refusal(of: larger)?.message == #""bytes" is 9007199254740992"#)
  }

  @Test("names what it defines")
  func definitionNames() throws {
    let names = try Self.fullLines.map {
      try event($0).definitionName.map { "\($0.type) \($0.qualifiedName)" }
    }
    #expect(
      names == [
        nil, "entity cik:0000719413", "concept mine:MetalForecast", nil, nil, nil, nil,
        "statement units@cik:0000719413", "check f/role/x:A",
        "check cost@cik:0000719413", "profile hecla", nil, nil,
      ]
    )
    #expect(DefinitionName(statement: "units", entity: nil).qualifiedName == "units")
    #expect(
      DefinitionName(statement: "units", entity: "x:1")
        != DefinitionName(statement: "units", entity: "x:2")
    )
  }

  @Test("has a type")
  func hasType() throws {
    let types = try Self.fullLines.map { try event($0).type }
    #expect(
      types == [
        "batch", "entity", "concept", "filing", "production", "correction", "withdrawal",
        "statement", "check", "check", "profile", "layout", "presentation",
      ]
    )
    #expect(Set(types).subtracting(Event.reservedTypes) == ["production"])
  }
}
