import Facts
import Foundation
import Intake
import Ledger
import TestSupport
import Testing

@Suite("Tables of claims")
struct ClaimTableTests {
  /// What a table, read in pieces of so many bytes, holds.
  private func result(
    _ bytes: [UInt8],
    onlyEntity: String? = Quarry.entity,
    pieceByteCount: Int = .max
  ) throws -> (drafts: [Draft], skipped: ClaimTableImporter.Skipped) {
    let drafts = try EventLineReader.drafts(from: Array(Quarry.definitions.utf8), file: nil)
    let recorded = Filing(
      filing: "q-2",
      entity: Quarry.entity,
      published: .day(CivilDate(dayNumber: 15_000))
    )
    var known = KnownDefinitions.none.adding(drafts)
    known.filing = { $0 == "q-2" ? recorded : nil }
    var rest = bytes[...]
    let table = SourceFile(path: "claims.csv") {
      defer { rest = rest.dropFirst(pieceByteCount) }
      return rest.isEmpty ? nil : Array(rest.prefix(pieceByteCount))
    }
    let spool = DraftSpool()
    let skipped = try ClaimTableImporter { onlyEntity }.read(table, known: known) {
      try spool.append($0)
    }
    return (try spool.finish().all(), skipped)
  }

  private func result(
    _ text: String
  ) throws -> (drafts: [Draft], skipped: ClaimTableImporter.Skipped) {
    try result(Array(text.utf8))
  }

  private func lines(_ text: String) throws -> [String] {
    try result(text).drafts.map { String(decoding: $0.event.canonicalLine, as: UTF8.self) }
  }

  @Test("are read the same in pieces of any length", arguments: [1, 2, 5, 64])
  func piecesOfAnyLengthAreRead(pieceByteCount: Int) throws {
    let text =
      "\u{FEFF}value,filing,concept,unit,period,published,text\r\n"
      + "\"1,234\",q-3,quarry:Sales,USD,2011Q3,2011-11-04,\"a \"\"b\"\"\"\r\r\n"
      + "(6),q-3,quarry:Sales,USD,2011-9M,,\"x\"\n,,,,,,\n- -,q-3,quarry:Cash,USD,2011Q3,,"
    let whole = try result(text)
    let parted = try result(Array(text.utf8), pieceByteCount: pieceByteCount)
    #expect(parted.drafts == whole.drafts && whole.drafts.count == 4)
    #expect(whole.drafts.map(\.line) == [2, 2, 4, 6])
    #expect(parted.drafts.claims.first?.source?.text == "a \"b\"")
  }

  @Test("in UTF-16 of a spreadsheet are those in UTF-8", arguments: [1, 3, 64])
  func wideTablesAreRead(pieceByteCount: Int) throws {
    let text =
      "concept\tperiod\tunit\tvalue\tfiling\tpublished\ttext\r\n"
      + "quarry:Sales\t2011Q3\tUSD\t1,234\tq-3\t2011-11-04\t\u{20AC} \u{1F600}\r\n"
    let whole = try result(text)
    #expect(whole.drafts.count == 2)
    for isBig in [false, true] {
      let bytes = ([0xFEFF] + Array(text.utf16)).flatMap { unit -> [UInt8] in
        let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
        return isBig ? [high, low] : [low, high]
      }
      let wide = try result(bytes, pieceByteCount: pieceByteCount)
      #expect(wide.drafts == whole.drafts)
    }
  }

  @Test("tell of values far from their prior ones, and of filings that look mistyped")
  func doubtsAreTold() throws {
    let rows = [
      ("34,000", "34000000"), ("34,100,000", "34000000"), ("340,000,000", "34000000"),
      ("3,400,000", "34000000"), ("- -", "34000000"), ("34,000,000,000", "-34000000"), ("5", "0"),
    ].enumerated().map { index, row in
      "quarry:Sales,\(2001 + index)Q3,USD,\"\(row.0)\",q-3,2011-11-04,\(row.1)"
    }
    let skipped = try result(
      (["concept,period,unit,value,filing,published,prior value"] + rows).joined(separator: "\n")
    ).skipped
    let told = skipped.doubts.map { $0.prefix(30) }
    #expect(skipped.doubtCount == 5, "\(skipped.doubts)")
    #expect(
      told == [
        "line 2: 34000 is a 1000th of i", "line 2: \"q-3\" is no accession ",
        "line 4: 340000000 is 10 times ",
        "line 5: 3400000 is a 10th of i", "line 7: 34000000000 is 1000 ti",
      ]
    )
  }

  @Test("end with the row that is too long, or whose quotation mark nothing closes")
  func tooLongRowEndsTable() throws {
    let header = "concept,period,unit,value,filing\n"
    for (row, message) in [
      (String(repeating: "x,", count: 600_000), "claims.csv:2: the row is longer than 1048576"),
      ("\"" + String(repeating: "x\n", count: 600_000), "claims.csv:2: a quotation mark is opened"),
    ] {
      let error = #expect(throws: RefusedEvents.self) { try result(header + row) }
      #expect(error?.description.hasPrefix(message) == true)
    }
  }

  @Test("need five columns, in any order, and make filings and claims")
  func fiveColumnsAreNeeded() throws {
    let made = try lines(
      """
      Value,filing,concept,unit,period,published
      5,q-3,quarry:Sales,USD,2011Q3,2011-11-04
      6,q-3,quarry:Sales,USD,2011-9M,
      """
    )
    #expect(
      made == [
        #"{"entity":"cik:0000000042","filing":"q-3","published":"2011-11-04","type":"filing"}"#,
        #"{"concept":"quarry:Sales","entity":"cik:0000000042","filing":"q-3","period":"2011-07-01/2011-09-30","type":"statement-line","unit":"USD","value":"5"}"#,
        #"{"concept":"quarry:Sales","entity":"cik:0000000042","filing":"q-3","period":"2011-01-01/2011-09-30","type":"statement-line","unit":"USD","value":"6"}"#,
      ]
    )
  }

  @Test("take all that a claim has")
  func takesAllThatClaimHas() throws {
    let made = try lines(
      #"""
      sequence,type,entity,concept,dimensions,period,unit,value,decimals,qualifier,filing,published,recorded,line,column,text,status
      7,production,cik:0000000042,quarry:Stone,operating-unit=North;metal=gold,2011Q3,short-ton,50000,-3,approximately,q-2,,2012-01-01,12,30,"about ""50""",holds
      """#
    )
    #expect(
      made == [
        #"{"concept":"quarry:Stone","decimals":-3,"dimensions":{"metal":"gold","operating-unit":"North"},"entity":"cik:0000000042","filing":"q-2","period":"2011-07-01/2011-09-30","qualifier":"approximately","source":{"column":30,"line":12,"text":"about \"50\""},"type":"production","unit":"short-ton","value":"50000"}"#
      ]
    )
  }

  @Test(
    "read values as people write them",
    arguments: [
      ("1,234", "1234"), ("(1,234)", "-1234"), ("$1,234.50", "1234.50"), ("( 12 )", "-12"),
      ("-5", "-5"), ("\u{2212}5", "-5"), ("- -", nil), ("-", nil), ("\u{2014}", nil), ("nil", nil),
      (".5", "0.5"), ("0", "0"), ("(0)", "0"), ("$ 7", "7"),
    ] as [(String, String?)]
  )
  func readsValuesAsWritten(text: String, value: String?) throws {
    let made = try result(
      "concept,period,unit,filing,value\nquarry:Sales,2011Q3,USD,q-2,\"\(text)\""
    )
    #expect(made.drafts.claims.map { $0.figure.value?.description } == [value])
  }

  @Test(
    "read periods as people write them",
    arguments: [
      ("2011-09-30", "2011-09-30"), ("2011Q3", "2011-09-30"), ("Sept. 30, 2011", "2011-09-30"),
      ("September 30, 2011", "2011-09-30"), ("FY2011", "2011-12-31"),
    ]
  )
  func readsPeriodsAsWritten(text: String, period: String) throws {
    let made = try result("concept,period,unit,filing,value\nquarry:Cash,\"\(text)\",USD,q-2,1")
    #expect(made.drafts.claims.map(\.fact.period.description) == [period])
  }

  @Test("read durations with a stroke or with to")
  func readsDurationsAsWritten() throws {
    for text in ["2011-07-01/2011-09-30", "2011-07-01 to 2011-09-30", "2011-Q3", "2011q3"] {
      let made = try result("concept,period,unit,filing,value\nquarry:Sales,\(text),USD,q-2,1")
      #expect(made.drafts.claims.map(\.fact.period.description) == ["2011-07-01/2011-09-30"])
    }
  }

  @Test("skip and count rows without a value, and claims that were amended")
  func skipsAndCountsRows() throws {
    let made = try result(
      """
      concept,period,unit,filing,value,status,type
      quarry:Sales,2011Q3,USD,q-2,,,
      quarry:Sales,2011Q3,USD,q-2,1,corrected,statement-line
      quarry:Sales,2011Q3,USD,q-2,2,holds,correction
      quarry:Sales,2011Q4,USD,q-2,3,withdrawn,statement-line

      """
    )
    #expect(made.skipped.emptyCount == 1 && made.skipped.amendedCount == 2)
    #expect(
      made.drafts.claims.map { "\($0.kind) \($0.figure.value?.description ?? "")" } == [
        "statement-line 2"
      ]
    )
  }

  @Test("may be parted by tabs or semicolons, in UTF-8 or Windows-1252, with any line ends")
  func readsEverySeparatorAndEncoding() throws {
    let text = "concept,period,unit,filing,value,text\nquarry:Sales,2011Q3,USD,q-2,5,five\n"
    let plain = try lines(text)
    #expect(plain.count == 1)
    for other in [
      text.replacing(",", with: "\t"), text.replacing(",", with: ";"), "\u{FEFF}" + text,
      text.replacing("\n", with: "\r\n"), text.replacing("\n", with: "\r"), text + "\n\n",
    ] {
      #expect(try lines(other) == plain)
    }
    let escaped =
      "concept\tperiod\tunit\tfiling\tvalue\ttext\nquarry:Sales\t2011Q3\tUSD\tq-2\t\"1,005\"\ta\\\\b"
    #expect(try result(escaped).drafts.claims.map { $0.source?.text } == ["a\\b"])
    let windows =
      Array("concept,period,unit,filing,value\nquarry:Sales,2011Q3,USD,q-2,".utf8) + [0x97]
    #expect(try result(windows).drafts.claims.map(\.figure.value) == [nil])
  }

  @Test(
    "are refused with file, line and column",
    arguments: [
      ("concept,period,unit,filing,worth", "x", "1: \"worth\" is no column of a table of claims"),
      (
        "concept,period,unit,filing,valeu", "x",
        "1: \"valeu\" is no column of a table of claims; did you mean \"value\"?"
      ),
      ("concept,period,unit,filing", "x", "1: the column \"value\" is missing"),
      ("concept,period,unit,filing,value,value", "x", "1: the column \"value\" stands twice"),
      (
        "concept,period,unit,filing,value", "a,b,c,d,1,5",
        "2: the row has 6 fields, and the header 5"
      ),
      (
        "concept,period,unit,filing,value", "q:S,2011Q3,USD,q-2,12x",
        "2: column \"value\" is \"12x\"; it is no number"
      ),
      (
        "concept,period,unit,filing,value", "q:S,2011Q3,USD,q-2,\"1,23\"",
        "2: column \"value\" is \"1,23\"; it is no number"
      ),
      (
        "concept,period,unit,filing,value", "q:S,2011Q3,USD,q-2,1234567890123456789",
        "more than 18 digits"
      ),
      (
        "concept,period,unit,filing,value", "q:S,2011Q5,USD,q-2,1",
        "2: column \"period\" is \"2011Q5\"; write 2004-09-30"
      ),
      (
        "concept,period,unit,filing,value", "q:S,,USD,q-2,1",
        "2: column \"period\" is empty; fill it in"
      ),
      (
        "concept,period,unit,filing,value", ",2011Q3,USD,q-2,1",
        "2: column \"concept\" is empty; fill it in"
      ),
      (
        "concept,period,unit,filing,value", "q:S,2011Q3,USD,,1",
        "2: column \"filing\" is empty; fill it in"
      ),
      (
        "concept,period,unit,filing,value", "q:S,2011Q3,USD,q-9,1",
        "2: filing \"q-9\" is not recorded, and column \"published\" is empty"
      ),
      (
        "concept,period,unit,filing,value,published", "q:S,2011Q3,USD,q-9,1,soon",
        "2: column \"published\" is \"soon\"; write 2004-11-04"
      ),
      (
        "concept,period,unit,filing,value,published", "q:S,2011Q3,USD,q-2,1,2011-11-05",
        "2: column \"published\" is \"2011-11-05\"; filing q-2 was published 2011-01-26"
      ),
      (
        "concept,period,unit,filing,value,decimals", "q:S,2011Q3,USD,q-2,1,99",
        "2: column \"decimals\" is \"99\"; give a whole number from -18 to 18"
      ),
      (
        "concept,period,unit,filing,value,qualifier", "q:S,2011Q3,USD,q-2,1,some",
        "2: column \"qualifier\" is \"some\"; write one of: approximately"
      ),
      (
        "concept,period,unit,filing,value,dimensions", "q:S,2011Q3,USD,q-2,1,gold",
        "2: column \"dimensions\" is \"gold\"; write metal=gold"
      ),
      (
        "concept,period,unit,filing,value,line", "q:S,2011Q3,USD,q-2,1,7",
        "2: one of the columns \"line\" and \"column\" is empty"
      ),
      (
        "concept,period,unit,filing,value", "q:S,\"2011Q3,USD,q-2,1",
        "2: a quotation mark is opened and never closed"
      ),
    ]
  )
  func refusesWithFileLineAndColumn(header: String, row: String, message: String) throws {
    #expect {
      _ = try result(header + "\n" + row)
    } throws: { error in
      "\(error)".hasPrefix("claims.csv:") && "\(error)".contains(message)
    }
  }

  @Test("with several entities must say whose figures they are")
  func severalEntitiesMustBeNamed() throws {
    let text = "concept,period,unit,filing,value,published\nq:S,2011Q3,USD,q-9,1,2012-01-01"
    #expect {
      _ = try result(Array(text.utf8), onlyEntity: nil)
    } throws: { error in
      "\(error)".contains("claims.csv:2: column \"entity\" is empty, and the ledger does not hold")
    }
  }
}
