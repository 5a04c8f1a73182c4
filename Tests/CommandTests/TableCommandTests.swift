import Foundation
import TestSupport
import Testing

@Suite("Tables of claims on the command line")
struct TableCommandTests {
  /// The fields of claims that do not depend on when they were recorded.
  private func claims(_ assay: Assay, _ arguments: String...) throws -> [[String]] {
    let outcome = try assay.run(["facts", "--all", "-O", "csv"] + arguments)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return outcome.output.csv.dropFirst().map { row in
      [0, 12].reversed().reduce(into: row) { $0.remove(at: $1) }
    }.sorted { $0.joined() < $1.joined() }
  }

  /// The definitions in `Events`.
  private func definitions() throws -> [String] {
    let events = Package.events.path()
    let files = ["definitions", "statements", "checks", "profile"].map { "hecla/\($0).json" }
    return files.map { "\(events)/\($0)" }
  }

  @Test("every claim of a ledger, appended to an empty one with the definitions, is the same claim")
  func roundTrip() throws {
    let assay = try Assay.withEvents()
    let original = try claims(assay)
    for format in ["csv", "tsv"] {
      let table = "all.\(format)"
      #expect(try assay.run("facts", "--all", "-o", table).status == 0)
      let copy = ["-f", "copy-\(format).assay"]
      let outcome = try assay.run(["append"] + definitions() + [table] + copy)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try claims(assay, copy[0], copy[1]) == original)
      let again = try assay.run(["append", table] + copy)
      #expect(again.output.hasPrefix("nothing new"), "\(again.output) \(again.errors)")
    }
    #expect(original.count > 800)
  }

  @Test("a correction comes back as the figure it set right")
  func correctionComesBackAsFigureItSetRight() throws {
    let assay = try Assay.withEvents()
    let found = try assay.run("history", "us-gaap:Assets", "2004-09-30", "-O", "csv").output.csv
    let claim = try #require(found.last)[18]
    #expect(try assay.run("correct", claim, "--value", "283228001", "--reason", "test").status == 0)
    #expect(try assay.run("facts", "--all", "-o", "all.csv").status == 0)
    let copy = try assay.run(["append"] + definitions() + ["all.csv", "-f", "copy.assay"])
    #expect(copy.errors.contains("all.csv: 1 rows corrected or withdrawn were skipped"))
    let held = try assay.run(
      "facts",
      "us-gaap:Assets",
      "2004-09-30",
      "-O",
      "csv",
      "-f",
      "copy.assay"
    )
    #expect(held.output.contains(",283228001,"))
  }

  @Test("a new quarter's table lists what to report, and appends when it is filled in")
  func newQuarter() throws {
    let assay = try Assay.withEvents()
    let made = try assay.run(
      "new",
      "quarter",
      "--as-of",
      "2004Q4",
      "--filing",
      "q-4",
      "--published",
      "2005-02-22",
      "-o",
      "new.csv"
    )
    #expect(made.status == 0 && made.output.isEmpty, "\(made.errors)")
    #expect(made.errors.contains("facts of 0001157523-04-010335, which reports 2004-09-30"))
    var text = try String(contentsOfFile: "\(assay.folder)/new.csv", encoding: .utf8)
    let rows = text.csv
    #expect(
      rows[0].prefix(8) == [
        "entity", "label", "concept", "dimensions", "period", "unit", "value", "decimals",
      ]
    )
    let sales = rows.filter { $0[2] == "us-gaap:SalesRevenueGoodsGross" && $0[3].isEmpty }
    #expect(sales.map { $0[4] } == ["2004-10-01/2004-12-31", "2004-01-01/2004-12-31"])
    #expect(sales.map { $0[10] } == ["33718000", "102080000"])
    #expect(rows.count { $0[2] == "us-gaap:Assets" && $0[4] == "2004-12-31" } == 1)
    #expect(Set(rows.map { $0[2...5].joined(separator: "|") }).count == rows.count)

    let empty = try assay.run("append", "new.csv")
    #expect(empty.status == 1)
    #expect(empty.errors.contains("new.csv: \(rows.count - 1) rows without a value were skipped"))
    #expect(empty.errors.contains("no events were read"))

    text.replace(
      "2004-10-01/2004-12-31,USD,,-3,",
      with: "2004-10-01/2004-12-31,USD,\"28,246,000\",-3,",
      maxReplacements: 1
    )
    try assay.write(text, to: "new.csv")
    let filled = try assay.run("append", "new.csv")
    #expect(filled.status == 0, "\(filled.errors)")
    #expect(filled.errors.contains("\(rows.count - 2) rows without a value were skipped"))
    let fact = try assay.run("facts", "us-gaap:SalesRevenueGoodsGross", "2004Q4", "-O", "csv")
    #expect(fact.output.contains(",28246000,-3,,q-4,2005-02-22,"))
  }

  @Test("standard input is a table unless it begins with a brace")
  func standardInput() throws {
    let assay = try Assay()
    let lines = try assay.run("append", "-", input: Quarry.definitions)
    #expect(lines.status == 0, "\(lines.errors)")
    let table =
      "concept,period,unit,value,filing,published\nquarry:Cash,2011Q3,USD,5,q,2011-11-04\n"
    let outcome = try assay.run("append", "-", input: table)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try claims(assay).count == 1)
    let wrong = try assay.run("append", "-", input: table.replacing(",5,", with: ",five,"))
    #expect(wrong.status == 1)
    #expect(wrong.errors.hasPrefix("assay: -:2: column \"value\" is \"five\"; it is no number"))
  }

  @Test("what a file of rubbish holds is told without commanding the terminal")
  func rubbishIsReportedWithoutControlCharacters() throws {
    let assay = try Assay()
    let long = String(repeating: "x", count: 5000)
    try assay.write("\u{1B}[2J\u{7}\0\u{9B}a,b\r\n", to: "rubbish.csv")
    try assay.write(long, to: "long.csv")
    let outcome = try assay.run("append", "rubbish.csv")
    #expect(outcome.status == 1)
    #expect(outcome.errors.hasPrefix(#"assay: rubbish.csv:1: "\x1b[2j\x07\x00\x9ba" is no column"#))
    #expect(try assay.run("append", "long.csv").errors.utf8.count < 300)
  }

  @Test("no quarter follows where nothing was reported before")
  func nothingBefore() throws {
    let assay = try Assay.withEvents()
    let outcome = try assay.run("new", "quarter", "--as-of", "1999-12-31")
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(
      outcome.errors.contains("no filing of Hecla Mining Company reports a date before 1999-12-31")
    )
  }

  @Test("a template that is filled in as printed stands beside what was reported, and ties out")
  func filledTemplateStandsBesideWhatWasReported() throws {
    let assay = try Assay.withEvents()
    let written = try assay.run(
      "new",
      "quarter",
      "--as-of",
      "2004-12-31",
      "--entity",
      "hecla",
      "--as-printed",
      "--filing",
      "0001157523-05-001696",
      "--published",
      "2005-02-22",
      "-o",
      "next.csv"
    )
    #expect(written.status == 0, "\(written.errors)")
    var rows = try String(contentsOfFile: "\(assay.folder)/next.csv", encoding: .utf8).csv
    let header = rows[0]
    func column(_ name: String) throws -> Int { try #require(header.firstIndex(of: name)) }
    let (concept, scale) = (try column("concept"), try column("scale"))
    let (value, prior) = (try column("value"), try column("prior value"))
    let period = try column("period")
    // Nothing changed, but for a digit too many in one total.
    for index in rows.indices.dropFirst() where rows[index].count == header.count {
      guard rows[index][period] == "2004-12-31", rows[index][scale] == "3" else { continue }
      rows[index][value] = rows[index][prior]
      if rows[index][concept] == "us-gaap:Assets" { rows[index][value] += "0" }
    }
    let text = rows.map { row in
      row.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",")
    }
    try assay.write(text.joined(separator: "\n"), to: "next.csv")
    let appended = try assay.run("append", "next.csv", "--dry-run")
    #expect(appended.status == 0, "\(appended.errors)")
    #expect(appended.output.hasPrefix("would append "))
    for part in [
      "us-gaap:AssetsCurrent", "139516000", "has it a digit too many?", "residual",
      "over this document alone: ",
    ] {
      #expect(appended.errors.contains(part), "\(part): \(appended.errors)")
    }
    let claims = try assay.run("append", "next.csv")
    #expect(claims.status == 0)
    let facts = try assay.run("facts", "us-gaap:AssetsCurrent", "2004-12-31", "-O", "csv").output
    #expect(facts.contains(",139516000,-3,"), "\(facts)")
  }

  @Test("a page with a sample of one table is no release, unless that is said")
  func pageWithSampleIsNoRelease() throws {
    let assay = try Assay.withEvents()
    let page = """
      # A program

                            HECLA MINING COMPANY
                        Consolidated Balance Sheets
              (dollars and shares in thousands - unaudited)

                                              Sept. 30, 2004   Dec. 31, 2003
                                              --------------   -------------
      ASSETS

      Total assets                                    $ 283,228       $ 278,195

      """
    try assay.write(page, to: "README.md")
    let words = ["import", "release", "README.md", "--profile", "hecla", "--filing", "f"]
    let refused = try assay.run(words + ["--published", "2004-11-04"])
    #expect(refused.status == 1, "\(refused.output)")
    #expect(refused.errors.contains("it has 1 of the "), "\(refused.errors)")
    #expect(try assay.run(words + ["--published", "2004-11-04", "--force"]).status == 0)
  }
}
