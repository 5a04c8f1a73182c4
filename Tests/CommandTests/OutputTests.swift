import Foundation
import TestSupport
import Testing

@Suite("What the command prints")
struct OutputTests {
  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  private static let header =
    "sequence,type,entity,concept,dimensions,period,unit,value,decimals,qualifier,filing,"
    + "published,recorded,line,column,text,status"

  @Test("every claim as CSV, with the columns that outside programs rely on")
  func claimsCSVKeepsItsShape() throws {
    let outcome = try assay.run("facts", "--all", "-O", "csv")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(outcome.output.lines.first == Self.header)
    let rows = outcome.output.csv
    #expect(rows.count == 1 + 744 + 117 + 40)
    #expect(rows.allSatisfy { $0.count == 17 })
    let cash = try #require(rows.first { $0[13] == "562" && $0[15] == "71,607" })
    #expect(cash[3] == "us-gaap:CashAndCashEquivalentsAtCarryingValue")
    #expect(cash[7...8] == ["71607000", "-3"] && cash[15] == "71,607" && cash[16] == "holds")
    let dash = try #require(rows.first { $0[13] == "573" && $0[15] == "- -" })
    #expect(dash[7...8] == ["nil", ""])
  }

  @Test(
    "each claim's text stands in the document at its line and column",
    .enabled(if: Package.hasData, "there is no ../shared/data beside the package")
  )
  func claimTextsStandAtTheirPlaces() throws {
    let document = try String(contentsOf: Package.release, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map { Array($0) }
    let rows = try assay.run("facts", "--all", "-O", "csv").output.csv.dropFirst()
    var count = 0
    for row in rows where row[10] == "0001157523-04-010335" {
      let (line, column) = (try #require(Int(row[13])), try #require(Int(row[14])))
      let text = Array(row[15])
      let start = column - text.count
      #expect(start >= 0 && Array(document[line - 1][start..<column]) == text, "\(row)")
      count += 1
    }
    #expect(count == 744 + 117)
  }

  @Test("a statement as JSON has the shape that outside programs rely on")
  func statementJSONKeepsItsShape() throws {
    let outcome = try assay.run("bs", "--as-of", "2004-09-30", "-O", "json")
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
    )
    #expect(json["schema"] as? String == "assay.statement/1")
    #expect(json["statement"] as? String == "balance-sheet")
    #expect(json["entity"] as? String == "cik:0000719413")
    #expect(json["asOf"] as? String == "2004-09-30")
    #expect(json["knownAt"] is NSNull)
    let recorded = try #require(json["recordedAt"] as? [String: Any])
    let head = try assay.head()
    #expect((recorded["root"] as? String)?.count == 64 && recorded["head"] as? Int == head)
    #expect((json["factsChecksum"] as? String)?.count == 64)
    let columns = try #require(json["columns"] as? [[String: Any]])
    #expect(columns.map { $0["label"] as? String } == ["Sept. 30, 2004", "Dec. 31, 2003"])
    let lines = try #require(json["lines"] as? [[String: Any]])
    #expect(lines[0]["label"] as? String == "ASSETS" && lines[0]["cells"] == nil)
    let cash = try #require(lines.first { $0["label"] as? String == "Cash and cash equivalents" })
    #expect(cash["unit"] as? String == "USD" && cash["depth"] as? Int == 1)
    let cells = try #require(cash["cells"] as? [[String: Any]])
    #expect(cells.map { $0["value"] as? String } == ["71607000", "105387000"])
    #expect(cells.map { $0["decimals"] as? Int } == [-3, -3])
    #expect(cells.allSatisfy { $0["status"] as? String == "value" })
    #expect(cells.allSatisfy { $0["sequence"] is Int && $0["filing"] is String })
  }

  @Test(
    "a figure is known from the second it was published",
    arguments: [
      ("2004-11-03", "not-yet-known"), ("2004-11-04T13:00:29Z", "not-yet-known"),
      ("2004-11-04T13:00:30Z", "value"), ("2004-11-04T08:00:30-05:00", "value"),
      ("2004-11-04", "value"),
    ]
  )
  func figureIsKnownFromSecondItWasPublished(at time: String, status: String) throws {
    let outcome = try assay.run(
      "bs",
      "--as-of",
      "2004-09-30",
      "--known-at",
      time,
      "-O",
      "csv"
    )
    let assets = try #require(outcome.output.csv.first { $0[1] == "Total assets" })
    #expect(assets[7] == status)
  }

  @Test("a statement of the future says that it is not yet known")
  func notYetKnown() throws {
    let outcome = try assay.run("bs", "--known-at", "2004-11-03")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("This statement was not yet known on 2004-11-03"))
    #expect(!outcome.output.contains("71,607"))
  }

  @Test("a date between two reporting dates answers with the one before, and says so")
  func dateBetweenTwoReportingDatesAnswersWithOneBefore() throws {
    let outcome = try assay.run("bs", "--as-of", "2004-10-15")
    #expect(
      outcome.output.contains(
        "as of 2004-10-15: the latest reporting date before it is 2004-09-30"
      )
    )
    #expect(outcome.output.contains("$ 283,228"))
  }

  @Test("export, append, export gives the same bytes")
  func exportAppendExportGivesSameBytes() throws {
    let outcome = try assay.shell(
      """
      assay export -o a.jsonl && assay -h >/dev/null && assay append a.jsonl -f b.assay \
      && assay export -f b.assay | cmp - a.jsonl && cat a.jsonl | assay append - -f c.assay \
      && assay export -f c.assay | cmp - a.jsonl && echo same
      """
    )
    #expect(outcome.output.lines.last == "same")
  }

  @Test("the leaf hash of a line can be made with a shell")
  func leafHash() throws {
    let outcome = try assay.shell(
      """
      line="$(assay export | sed -n 200p)"; printf '\\0%s' "$line" | sha256sum | cut -c1-64
      assay history MetalProduced metal=silver FY2004 -O csv | tail -1
      """
    )
    let json = try assay.run("history", "MetalProduced", "metal=silver", "FY2004", "-O", "csv")
    let row = try #require(json.output.csv.last)
    let sequence = try #require(Int(row[18]))
    let shell = try assay.shell(
      "printf '\\0%s' \"$(assay export | sed -n \(sequence + 1)p)\" | sha256sum | cut -c1-64"
    )
    #expect(outcome.status == 0)
    #expect(shell.output.lines == [row[20]])
  }

  @Test("replay prints what the index does")
  func replayPrintsWhatIndexDoes() throws {
    for name in ["balance-sheet", "highlights", "cost-reconciliation", "guidance"] {
      let indexed = try assay.run("statement", name, "--as-of", "2004-09-30")
      let replayed = try assay.run("replay", name, "--as-of", "2004-09-30")
      #expect(indexed.output == replayed.output && indexed.status == 0)
      #expect(replayed.errors.contains("folded \(try assay.head()) events"))
    }
  }

  @Test("the same in every time zone")
  func timeZones() throws {
    let zones = ["UTC", "America/Denver", "Asia/Kathmandu", "Pacific/Kiritimati", "Europe/Berlin"]
    let outputs = try Set(
      zones.map { zone in
        try assay.run("bs", "--known-at", "2004-11-04", environment: ["TZ": zone]).output
          + assay.run("log", "--type", "batch", environment: ["TZ": zone]).output
      }
    )
    #expect(outputs.count == 1)
  }

  @Test("a closed pipe ends the command quietly")
  func closedPipeEndsCommandQuietly() throws {
    let outcome = try assay.shell(
      "assay export | head -1 | wc -l; assay facts --all | head -1 >/dev/null"
    )
    #expect(outcome.output.lines == ["1"])
  }

  @Test(
    "every format of every listing",
    arguments: [
      ["statement", "highlights"], ["is", "--as-of", "2004-09-30"], ["cf"], ["units"], ["hedges"],
      ["statement", "accruals"], ["bs", "--vs", "2004-11-03"], ["facts"],
      ["facts", "--all", "Assets"], ["history", "us-gaap:Assets", "2004-09-30"],
      ["diff", "2004-11-03", "2004-11-04"], ["diff", "2004-05-04", "2005-12-31", "cash-flow"],
      ["restatements"], ["log", "--type", "filing"], ["stats"],
    ]
  )
  func everyListingWritesEveryFormat(arguments: [String]) throws {
    for format in ["text", "csv", "tsv", "json", "jsonl", "markdown", "html"] {
      let outcome = try assay.run(arguments + ["-O", format])
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      if format == "json" {
        _ = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      }
      if format == "jsonl" {
        for line in outcome.output.lines {
          _ = try JSONSerialization.jsonObject(with: Data(line.utf8))
        }
      }
    }
  }

  @Test("-o writes a whole file, in the format of its ending, or none")
  func outputOptionWritesWholeFile() throws {
    #expect(try assay.run("bs", "-o", "bs.json").status == 0)
    let json = try String(contentsOfFile: assay.folder + "/bs.json", encoding: .utf8)
    #expect(json.hasPrefix(#"{"schema":"assay.statement/1""#))
    #expect(try assay.run("facts", "Nothing", "-o", "none.csv").status == 1)
    let names = try FileManager.default.contentsOfDirectory(atPath: assay.folder)
    #expect(!names.contains { $0.hasPrefix("none.csv") || $0.contains(".tmp") })
  }

  @Test("a correction and a withdrawal by hand")
  func correctsAndWithdrawsByHand() throws {
    let row = try #require(
      try assay.run("history", "us-gaap:Assets", "2004-09-30", "-O", "csv").output.csv.last
    )
    let head = try assay.head()
    let corrected = try assay.run(
      "correct",
      row[18],
      "--value",
      "283229000",
      "--reason",
      "misread"
    )
    #expect(corrected.status == 0, "\(corrected.errors)")
    let now = try assay.run("bs", "--as-of", "2004-09-30")
    let then = try assay.run("bs", "--as-of", "2004-09-30", "--recorded-at", "\(head)")
    #expect(now.output.contains("283,229") && then.output.contains("Total assets"))
    #expect(!then.output.contains("283,229"))
    let history = try assay.run("history", "us-gaap:Assets", "2004-09-30")
    #expect(history.output.contains("corrected by event \(head + 1): misread"))
    #expect(try assay.run("withdraw", "\(head + 1)", "--reason", "no").status == 0)
    let after = try assay.run("facts", "--all", "us-gaap:Assets", "2004-09-30", "-O", "csv")
    #expect(after.output.csv.dropFirst().map { $0[16] }.contains("withdrawn"))
  }
}
