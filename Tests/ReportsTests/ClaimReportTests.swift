import Facts
import JSON
import Ledger
import Reports
import Testing

@Suite("A report of claims") struct ClaimReportTests {
  private static func claims() throws -> [ListedClaim] {
    let dimensions = try Dimensions("metal=gold;operating-unit=La Camorra")
    return [
      ListedClaim(
        sequence: 412,
        claim: Claim(
          kind: "production",
          filing: "F1",
          fact: Fact(
            entity: "cik:1",
            concept: "mine:MetalProduced",
            dimensions: dimensions,
            unit: "ozt",
            period: try #require(Period("2004-07-01/2004-09-30"))
          ),
          figure: Figure(value: try Amount("28290"), decimals: 0, qualifier: .approximately),
          source: Source(place: .init(line: 700, column: 33), text: "28,290")
        ),
        published: try #require(PublishedTime("2004-11-04T13:00:30Z")),
        recorded: try #require(Timestamp("2026-01-02T03:04:05Z")),
        status: .holds
      ),
      ListedClaim(
        sequence: 413,
        claim: Claim(
          kind: "statement-line",
          filing: "F1",
          fact: Fact(
            entity: "cik:1",
            concept: "x:Debt",
            dimensions: .none,
            unit: "USD",
            period: try #require(Period("2004-09-30"))
          ),
          figure: Figure(value: nil)
        ),
        published: try #require(PublishedTime("2004-11-04T13:00:30Z")),
        recorded: try #require(Timestamp("2026-01-02T03:04:05Z")),
        status: .restated
      ),
      ListedClaim(
        sequence: 414,
        claim: Claim(
          kind: "price",
          filing: "F1",
          fact: Fact(
            entity: "cik:1",
            concept: "x:Price",
            dimensions: .none,
            unit: "USD/lb",
            period: try #require(Period("2004-09-30"))
          ),
          figure: Figure(value: try Amount("-1234.50"), decimals: 2)
        ),
        published: try #require(PublishedTime("2004-11-04")),
        recorded: try #require(Timestamp("2026-01-02T03:04:05Z")),
        status: .holds
      ),
    ]
  }

  private func written(_ format: ReportFormat, _ claims: [ListedClaim]? = nil) throws -> String {
    let output = Output()
    var report = try ClaimReport(format) { output.bytes += $0 }
    for claim in try claims ?? Self.claims() { try report.append(claim) }
    try report.finish()
    return String(decoding: output.bytes, as: UTF8.self)
  }

  private final class Output {
    var bytes: [UInt8] = []
    var callCount = 0
  }

  @Test("in CSV has the header that outside programs rely on, and values in full units")
  func inCSVHasHeaderThatOutsideProgramsRelyOn() throws {
    #expect(
      try written(.csv) == """
        sequence,type,entity,concept,dimensions,period,unit,value,decimals,qualifier,filing,\
        published,recorded,line,column,text,status
        412,production,cik:1,mine:MetalProduced,metal=gold;operating-unit=La Camorra,\
        2004-07-01/2004-09-30,ozt,28290,0,approximately,F1,2004-11-04T13:00:30Z,\
        2026-01-02T03:04:05Z,700,33,"28,290",holds
        413,statement-line,cik:1,x:Debt,,2004-09-30,USD,nil,,,F1,2004-11-04T13:00:30Z,\
        2026-01-02T03:04:05Z,,,,restated
        414,price,cik:1,x:Price,,2004-09-30,USD/lb,-1234.50,2,,F1,2004-11-04,\
        2026-01-02T03:04:05Z,,,,holds

        """
    )
  }

  @Test("in JSON is an object of assay.facts/1; a dash is null, what is absent left out")
  func inJSONIsObjectOfAssayFacts1() throws {
    let root = try JSONParser().parse(try written(.json)).root
    #expect(root["schema"]?.string == "assay.facts/1")
    let claims = try #require(root["claims"]).elements.map { try JSONValue($0).text }
    #expect(claims.count == 3)
    #expect(
      claims[0] == #"{"sequence":412,"type":"production","entity":"cik:1","#
        + #""concept":"mine:MetalProduced","dimensions":{"metal":"gold","#
        + #""operating-unit":"La Camorra"},"period":"2004-07-01/2004-09-30","unit":"ozt","#
        + #""value":"28290","decimals":0,"qualifier":"approximately","filing":"F1","#
        + #""published":"2004-11-04T13:00:30Z","recorded":"2026-01-02T03:04:05Z","#
        + #""line":700,"column":33,"text":"28,290","status":"holds"}"#
    )
    #expect(claims[1].contains(#""unit":"USD","value":null,"filing""#))
    let lines = try written(.jsonl).split(separator: "\n").map(String.init)
    #expect(lines == claims)
  }

  @Test("without claims is still whole", arguments: [ReportFormat.json, .csv, .text, .jsonl])
  func withoutClaimsIsStillWhole(_ format: ReportFormat) throws {
    let text = try written(format, [])
    switch format {
    case .json: #expect(text == "{\"schema\":\"assay.facts/1\",\"claims\":[]}\n")
    case .jsonl: #expect(text == "")
    default: #expect(text.contains("concept"))
    }
  }

  @Test("in text is aligned, with separators and words")
  func inTextIsAlignedWithSeparatorsAndWords() throws {
    let expected = """
      entity  concept             dimensions                            period                              value  unit    decimals  filing  published             status
      cik:1   mine:MetalProduced  metal=gold;operating-unit=La Camorra  2004-07-01/2004-09-30  approximately 28,290  ozt            0  F1      2004-11-04T13:00:30Z  holds
      """
    let lines = try written(.text).split(separator: "\n")
    let words = { (line: Substring) in line.split(separator: " ") }
    let golden = expected.split(separator: "\n")
    #expect(words(lines[0]) == words(golden[0]))
    #expect(lines[2] == golden[1])
    #expect(lines[3].contains("                   nil  USD"))
    #expect(lines[4].contains("             -1,234.50  USD/lb         2"))
  }

  @Test("of many claims reaches the sink part by part")
  func ofManyClaimsReachesSinkPartByPart() throws {
    let claim = try Self.claims()[0]
    let output = Output()
    var report = try ClaimReport(.tsv) { bytes in
      output.callCount += 1
      output.bytes = bytes
    }
    for _ in 0..<5000 { try report.append(claim) }
    let callCountBefore = output.callCount
    try report.finish()
    #expect(callCountBefore > 5)
    #expect(output.bytes.last == UInt8(ascii: "\n"))
  }

  @Test("passes on what the sink throws")
  func passesOnWhatSinkThrows() throws {
    struct Full: Error {}
    let claim = try Self.claims()[0]
    var report = try ClaimReport(.html) { _ in throw Full() }
    try report.append(claim)
    #expect(throws: Full.self) { try report.finish() }
  }
}
