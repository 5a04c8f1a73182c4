import Facts
import Testing

/// A line, what is said against it and what is said to be right: parts of both.
typealias Refusal = (line: String, message: String, remedy: String)

/// A line of a claim with `fields` in the place of those of their names, or added.
private func claim(_ fields: String..., without removed: String? = nil) -> String {
  let usual = [
    ("type", #""line""#), ("filing", #""F""#), ("entity", #""e""#), ("concept", #""x:A""#),
    ("period", #""2004-09-30""#), ("unit", #""USD""#), ("value", #""1""#),
  ]
  let kept = usual.filter { name, _ in
    name != removed && !fields.contains { $0.hasPrefix("\"\(name)\":") }
  }
  return "{" + (kept.map { "\"\($0)\":\($1)" } + fields).joined(separator: ",") + "}"
}

private let hash = String(repeating: "0123456789abcdef", count: 4)

@Suite("A refused event line") struct RefusalTests {
  @Test(
    "with fields that are no texts, names or numbers says which, and what would be right",
    arguments: [
      ("[]", "event is not a JSON object", #"write {"type":…}"#),
      ("7", "event is not a JSON object", #"write {"type":…}"#),
      ("{}", #"event has no "type""#, "add the field"),
      (#"{"type":7}"#, #""type" is not a text"#, "write it in quotation marks"),
      (#"{"type":""}"#, #""type" is """#, "give a name of 1 to 4,096 bytes"),
      (claim(without: "entity"), #"line has no "entity""#, "add the field"),
      (claim(without: "concept"), #"line has no "concept""#, "add the field"),
      (claim(without: "unit"), #"line has no "unit""#, "add the field"),
      (claim(without: "filing"), #"line has no "filing""#, "add the field"),
      (claim(without: "period"), #"line has no "period""#, "add the field"),
      (claim(without: "value"), #"line has no "value""#, "add the field"),
      (
        claim(#""perod":"2004-09-30""#, without: "period"), #"line has no "period""#,
        #"is "perod" meant to be it?"#
      ),
      (
        #"{"type":"batch","recorded":"2026-01-02T03:04:05Z","by":"a","counts":1}"#,
        #"batch has no "count""#, #"is "counts" meant to be it?"#
      ),
      (claim(#""entity":null"#), #""entity" is not a text"#, "write it in quotation marks"),
      (claim(#""unit":"US\nD""#), #""unit" holds a control character"#, "take it out"),
      (claim(#""unit":"US\u007fD""#), #""unit" holds a control character"#, "take it out"),
      (claim(#""unit":" USD""#), #""unit" is " USD""#, "without spaces around it"),
      (claim(#""unit":"USD ""#), #""unit" is "USD ""#, "without spaces around it"),
      (
        claim("\"unit\":\"\(String(repeating: "u", count: 4097))\""),
        #""unit" is "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu""#, "1 to 4,096 bytes"
      ),
      (claim(#""decimals":19"#), #""decimals" is 19"#, "a whole number from -18 to 18"),
      (claim(#""decimals":-19"#), #""decimals" is -19"#, "a whole number from -18 to 18"),
      (claim(#""decimals":1.5"#), #""decimals" is 1.5"#, "a whole number from -18 to 18"),
      (claim(#""decimals":1e1"#), #""decimals" is 1e1"#, "a whole number from -18 to 18"),
      (claim(#""decimals":"0""#), #""decimals" is 0"#, "a whole number from -18 to 18"),
      (claim(#""decimals":null"#), #""decimals" is no number"#, "a whole number"),
      (
        claim(#""decimals":99999999999999999999"#), #""decimals" is 99999999999999999999"#,
        "a whole number from -18 to 18"
      ),
      (
        #"{"type":"batch","recorded":"2026-01-02T03:04:05Z","by":"a"}"#, #"batch has no "count""#,
        "add the field"
      ),
      (
        #"{"type":"concept","concept":"x:A","kind":"line","additive":"yes"}"#,
        #""additive" is neither true nor false"#, "write true or false"
      ),
      (
        #"{"type":"concept","concept":"x:A","kind":"line","balance":"left"}"#,
        #""balance" is "left""#, "write one of: debit, credit"
      ),
      (
        claim(#""qualifier":"about""#), #""qualifier" is "about""#,
        "write one of: approximately, more-than, less-than, low, high"
      ),
      (claim(#""source":[]"#), "source is not a JSON object", "write {"),
    ] as [Refusal]
  )
  func namesFieldOfWrongKind(refusal expected: Refusal) throws { try check(expected) }

  @Test(
    "of a claim says what is wrong with its period, value, dimensions or place",
    arguments: [
      (claim(#""period":"2004Q3""#), #""period" is "2004Q3""#, "write 2004-09-30, or 2004-07-01/"),
      (claim(#""period":"2004-09-31""#), #""period" is "2004-09-31""#, "write 2004-09-30"),
      (
        claim(#""period":"2004-09-30/2004-07-01""#), #""period" is "2004-09-30/2004-07-01""#,
        "with the earlier day first"
      ),
      (
        claim(#""value":28290"#), #""value" is not a text"#,
        "the number in quotation marks, or null"
      ),
      (claim(#""value":"28,290""#), #"value "28,290" is not a plain decimal"#, "as in -1234.50"),
      (claim(#""value":"- -""#), #"value "- -" is not a plain decimal"#, "write digits"),
      (claim(#""value":"""#), #"value "" is not a plain decimal"#, "write digits"),
      (
        claim(#""value":"1234567890123456789""#),
        #"value "1234567890123456789" has more than 18 digits"#, "at most 18 significant digits"
      ),
      (
        claim(#""value":null"#, #""decimals":0"#), "a dash has neither decimals nor a qualifier",
        "take them out, or give the value"
      ),
      (
        claim(#""value":null"#, #""qualifier":"low""#),
        "a dash has neither decimals nor a qualifier", "take them out"
      ),
      (
        claim(#""dimensions":"metal=gold""#), #""dimensions" is no object"#,
        #"write {"metal":"gold"}"#
      ),
      (claim(#""dimensions":{"metal":7}"#), #""metal" is not a text"#, "in quotation marks"),
      (
        claim(#""dimensions":{"metal":""}"#), #"dimension "metal=" cannot be used"#,
        "give a name and a value, without ; and without = in the name"
      ),
      (claim(#""dimensions":{"a=b":"c"}"#), #"dimension "a=b=c" cannot be used"#, "without ="),
      (claim(#""dimensions":{"a":"b;c"}"#), #"dimension "a=b;c" cannot be used"#, "without ;"),
      (
        claim(#""dimensions":{"\u00e9":"1","e\u0301":"2"}"#), "stands twice",
        "keep one"
      ),
      (claim(#""source":{}"#), #""source" is empty"#, "leave it out"),
      (
        claim(#""source":{"line":3,"text":"1"}"#), #""source" has a line or a column without"#,
        "give both or neither"
      ),
      (
        claim(#""source":{"column":3}"#), #""source" has a line or a column without the other"#,
        "give both or neither"
      ),
      (claim(#""source":{"line":0,"column":1}"#), #""line" is 0"#, "from 1 to 4294967295"),
      (
        claim("\"source\":{\"text\":\"\(String(repeating: "9", count: 256))\"}"),
        "the printed text is longer than 255 bytes", "give the figure only"
      ),
    ] as [Refusal]
  )
  func namesFaultOfClaim(refusal expected: Refusal) throws { try check(expected) }

  @Test(
    "of a definition, filing, batch or amendment says what is wrong",
    arguments: [
      (
        #"{"type":"batch","recorded":"2026-01-02","count":1,"by":"a"}"#,
        #""recorded" is "2026-01-02""#, "write a time as 2004-11-04T13:00:30Z"
      ),
      (
        #"{"type":"batch","recorded":"2026-01-02T03:04:05Z","count":0,"by":"a"}"#,
        #""count" is 0"#, "a whole number from 1 to 2147483647"
      ),
      (
        #"{"type":"entity","entity":"e","name":"n","fiscalYearEnd":"31-12"}"#,
        #""fiscalYearEnd" is "31-12""#, "write it as 12-31"
      ),
      (
        #"{"type":"concept","concept":"x:A","kind":"filing"}"#,
        #""kind" is "filing", which is not a type of claim"#, "statement-line or production"
      ),
      (
        #"{"type":"concept","concept":"Assets","kind":"line"}"#,
        #"concept "Assets" has no prefix"#, "write PREFIX:NAME, as in us-gaap:Assets"
      ),
      (
        #"{"type":"filing","filing":"F","entity":"e","published":"Nov. 4, 2004"}"#,
        #""published" is "Nov. 4, 2004""#, "or a day as 2004-11-04"
      ),
      (
        #"{"type":"filing","filing":"F","entity":"e","published":"2004-11-04","fiscalYear":0}"#,
        #""fiscalYear" is 0"#, "a whole number from 1 to 9999"
      ),
      (
        #"{"type":"filing","filing":"F","entity":"e","published":"2004-11-04","document":"a.txt"}"#,
        "document is not a JSON object", "write {"
      ),
      (
        #"{"type":"filing","filing":"F","entity":"e","published":"2004-11-04","document":{"name":"a","bytes":-1}}"#,
        #""bytes" is -1"#, "a whole number from 0 to 9007199254740991"
      ),
      (
        #"{"type":"filing","filing":"F","entity":"e","published":"2004-11-04","document":{"name":"a","sha256":"abc"}}"#,
        #""sha256" is "abc""#, "64 lower-case hexadecimal digits"
      ),
      (
        #"{"type":"withdrawal","reason":"r","event":"412"}"#, #""event" is "412""#,
        "64 lower-case hexadecimal digits"
      ),
      (
        "{\"type\":\"withdrawal\",\"reason\":\"r\",\"event\":\"\(hash.uppercased())\"}",
        "\"event\" is \"\(hash.uppercased())\"", "64 lower-case hexadecimal digits"
      ),
      (
        "{\"type\":\"withdrawal\",\"reason\":\"\",\"event\":\"\(hash)\"}",
        #""reason" is """#, "give a name"
      ),
      (
        "{\"type\":\"withdrawal\",\"reason\":\"r\",\"event\":\"\(hash)\",\"value\":\"1\"}",
        #"withdrawal has an unknown field "value""#,
        "the fields are: batch, event, filing, reason, type"
      ),
      (
        "{\"type\":\"correction\",\"reason\":\"r\",\"event\":\"\(hash)\"}",
        #"correction has no "value""#, "add the field"
      ),
    ] as [Refusal]
  )
  func namesFaultOfOtherEvents(refusal expected: Refusal) throws { try check(expected) }

  @Test(
    "with a field that nobody knows suggests the one meant, or lists them all",
    arguments: [
      (claim(#""vlaue":"2""#), #"line has an unknown field "vlaue""#, #"did you mean "value"?"#),
      (
        claim(#""decimal":0"#), #"line has an unknown field "decimal""#,
        #"did you mean "decimals"?"#
      ),
      (claim(#""Unit":"x""#), #"line has an unknown field "Unit""#, #"did you mean "unit"?"#),
      (
        claim(#""colour":"red""#), #"line has an unknown field "colour""#,
        "the fields are: concept, decimals, dimensions, entity, filing, period, qualifier, source, "
          + "type, unit, value"
      ),
      (
        claim(#""source":{"text":"1","row":1}"#), #"source has an unknown field "row""#,
        "the fields are: column, document, line, text"
      ),
      (
        #"{"type":"entity","entity":"e","name":"n","fiscalYearEnds":"12-31"}"#,
        #"entity has an unknown field "fiscalYearEnds""#, #"did you mean "fiscalYearEnd"?"#
      ),
      (
        #"{"type":"concept","concept":"x:A","kind":"line","dataTyp":"mass"}"#,
        #"concept has an unknown field "dataTyp""#, #"did you mean "dataType"?"#
      ),
      (
        #"{"type":"filing","filing":"F","entity":"e","published":"2004-11-04","from":"8-K"}"#,
        #"filing has an unknown field "from""#, #"did you mean "form"?"#
      ),
      (
        #"{"type":"filing","filing":"F","entity":"e","published":"2004-11-04","document":{"name":"a","byte":1}}"#,
        #"document has an unknown field "byte""#, #"did you mean "bytes"?"#
      ),
      (
        #"{"type":"batch","recorded":"2026-01-02T03:04:05Z","count":1,"by":"a","counts":2}"#,
        #"batch has an unknown field "counts""#, #"did you mean "count"?"#
      ),
    ] as [Refusal]
  )
  func unknownFields(refusal expected: Refusal) throws { try check(expected) }
}

@Suite("A refused layout or presentation line") struct PresentationRefusalTests {
  private static func presentation(_ fields: String) -> String {
    #"{"type":"presentation","filing":"f","role":"r",\#(fields)}"#
  }

  private static let hash = #""layout":"\#(String(repeating: "0", count: 64))""#

  @Test(
    "says which field is wrong",
    arguments: [
      (presentation(#""layout":"x""#), #""layout" is "x""#, "64 lower-case hexadecimal digits"),
      (presentation(#""title":"t""#), #"presentation has no "layout""#, "add the field"),
      (presentation(hash + #","statement":"a@b""#), #""statement" is "a@b""#, "without @"),
      (
        presentation(hash + #","entity":"e""#), #"presentation has an unknown field "entity""#,
        "filing"
      ),
      (
        #"{"type":"layout","statement":"s","title":"t","lines":[{"label":"l"}]}"#,
        #"layout has an unknown field "statement""#, "title"
      ),
      (
        #"{"type":"layout","title":"t","lines":[{"label":"l"}]}"#,
        "the layout lacks lines or columns", "columns unless its layout is list"
      ),
    ]
  )
  func saysWhichFieldIsWrong(line: String, message: String, remedy: String) throws {
    let refused = try FactsTests.refusal(of: line)
    #expect(refused?.message.contains(message) == true, "\(refused?.message ?? "")")
    #expect(refused?.remedy.contains(remedy) == true, "\(refused?.remedy ?? "")")
  }
}

@Suite("A refused statement line") struct StatementRefusalTests {
  /// A line of a statement, with these fields in the place of its own.
  private static func statement(
    _ more: String = "",
    columns: String = #"[{"span":"ytd"}]"#,
    lines: String = #"[{"label":"A"}]"#
  ) -> String {
    let fields = [columns.isEmpty ? "" : "\"columns\":\(columns)", "\"lines\":\(lines)", more]
    return #"{"type":"statement","statement":"s","title":"t","#
      + fields.filter { !$0.isEmpty }.joined(separator: ",") + "}"
  }

  private static func line(_ fields: String) -> String {
    statement(lines: #"[{"label":"A",\#(fields)}]"#)
  }

  @Test(
    "says which part of the layout is wrong",
    arguments: [
      (statement(lines: "{}"), #""lines" is no list"#, "write [ … ]"),
      (statement(columns: "7"), #""columns" is no list"#, "write [ … ]"),
      (
        statement(lines: "[]"), #"statement "s" lacks lines or columns"#,
        "unless its layout is list"
      ),
      (statement(columns: ""), #"statement "s" lacks lines or columns"#, "give lines, and columns"),
      (statement(columns: "[]"), #"statement "s" lacks lines or columns"#, "give lines, and"),
      (statement(#""layout":"list""#), #"statement "s" lacks lines or columns"#, "give lines, and"),
      (statement(#""layout":"grid""#), #""layout" is "grid""#, "write one of: columns, list"),
      (statement(#""scale":13"#), #""scale" is 13"#, "a whole number from -6 to 12"),
      (statement(#""places":9"#), #""places" is 9"#, "a whole number from 0 to 8"),
      (statement(#""caption":"""#), #""caption" is """#, "give a name"),
      (statement(#""titel":"x""#), #"unknown field "titel""#, #"did you mean "title"?"#),
      (statement(columns: "[7]"), "column of a statement is not a JSON object", "write {"),
      (statement(columns: "[{}]"), #"a column has no "span""#, "add the field"),
      (
        statement(columns: #"[{"span":"month"}]"#), #""span" is "month""#,
        "write one of: instant, quarter, half, ytd, year"
      ),
      (
        statement(columns: #"[{"span":"ytd","years":1}]"#), #""years" is 1"#,
        "a whole number from -50 to 0"
      ),
      (
        statement(columns: #"[{"span":"instant","at":"year-end"}]"#),
        #"a column is "at" "year-end""#, "write fiscal-year-end, for an instant"
      ),
      (
        statement(columns: #"[{"span":"ytd","at":"fiscal-year-end"}]"#),
        #"a column is "at" "fiscal-year-end""#, "for an instant"
      ),
      (
        statement(columns: #"[{"span":"ytd","year":0}]"#),
        #"column of a statement has an unknown field "year""#, #"did you mean "years"?"#
      ),
      (statement(lines: "[7]"), "line of a statement is not a JSON object", "write {"),
      (statement(lines: "[{}]"), #"line of a statement has no "label""#, "add the field"),
      (line(#""depth":10"#), #""depth" is 10"#, "a whole number from 0 to 9"),
      (line(#""negated":1"#), #""negated" is neither true nor false"#, "write true or false"),
      (line(#""instant":"middle""#), #""instant" is "middle""#, "write one of: start, end"),
      (line(#""unit":"ozt""#), #"line "A" has no concept"#, "add the field"),
      (line(#""scale":3"#), #"line "A" has no concept"#, "add the field"),
      (line(#""alternatives":["x:B"]"#), #"line "A" has no concept"#, "add the field"),
      (
        line(#""concept":"x:A","alternatives":"x:B""#), #""alternatives" is no list of concepts"#,
        #"write ["…"]"#
      ),
      (
        line(#""concept":"x:A","alternatives":[""]"#), #""alternatives" is no list of concepts"#,
        #"write ["…"]"#
      ),
      (
        line(#""concept":"x:A","alternatives":[7]"#), #""alternatives" is no list of concepts"#,
        #"write ["…"]"#
      ),
      (
        line(#""total":true,"subtotals":true"#),
        #"line of a statement has an unknown field "subtotals""#, #"did you mean "subtotal"?"#
      ),
    ] as [Refusal]
  )
  func saysWhichPartOfLayoutIsWrong(refusal expected: Refusal) throws { try check(expected) }

  @Test("keeps the name of an issuer apart from the statement's")
  func keepsNameOfIssuerApartFromStatements() throws {
    let line = Self.statement().replacing(#""statement":"s""#, with: #""statement":"s@e""#)
    #expect(try refusal(of: line)?.message == #""statement" is "s@e""#)
  }
}

/// Expects that the line is refused as the table says.
func check(
  _ expected: Refusal,
  _ location: SourceLocation = #_sourceLocation
) throws {
  let refusal = try #require(try refusal(of: expected.line), "\(expected.line) is no event")
  let isRight =
    refusal.message.contains(expected.message) && refusal.remedy.contains(expected.remedy)
  #expect(isRight, "said: \(refusal)", sourceLocation: location)
}
