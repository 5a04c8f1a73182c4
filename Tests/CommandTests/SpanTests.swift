import Foundation
import Testing

@Suite("Periods that nobody reported")
struct SpanTests {
  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  @Test("text marks derived figures and says what they come from, and what cannot be derived")
  func textMarksDerivedFigures() throws {
    let outcome = try assay.run("is", "--as-of", "2004-06-30", "--span", "half")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("Sales of products                               $ =68,362"))
    #expect(outcome.output.contains("$  *8,900"))
    #expect(
      outcome.output.contains(
        "Six Months Ended June 30, 2004: 2004-01-01/2004-09-30 - 2004-07-01/2004-09-30,"
          + " within 1000 USD"
      )
    )
    #expect(
      outcome.output.contains("us-gaap:EarningsPerShareBasic is a figure a share, which does not")
    )
  }

  private func cells(_ arguments: String...) throws -> [[String: Any]] {
    let outcome = try assay.run(arguments + ["-O", "json"])
    let data = Data(outcome.output.utf8)
    let json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let lines = try #require(json["lines"] as? [[String: Any]])
    return lines.compactMap { ($0["cells"] as? [[String: Any]])?.first }
  }

  @Test("JSON has the operands of a derived cell and the reason of one that is not")
  func jsonHasOperandsAndReasons() throws {
    let cells = try cells("is", "--as-of", "2004-06-30", "--span", "half")
    let sales = try #require(cells.first)
    #expect(sales["status"] as? String == "derived")
    #expect(sales["value"] as? String == "68362000" && sales["decimals"] as? Int == -4)
    #expect(sales["low"] as? String == "68361000" && sales["high"] as? String == "68363000")
    let operands = try #require(sales["operands"] as? [[String: Any]])
    #expect(operands.map { $0["weight"] as? Int } == [1, -1])
    #expect(
      operands.map { $0["period"] as? String } == [
        "2004-01-01/2004-09-30", "2004-07-01/2004-09-30",
      ]
    )
    #expect(operands.allSatisfy { $0["sequence"] is Int && $0["filing"] is String })
    let refused = try #require(cells.first { $0["status"] as? String == "not-derivable" })
    #expect((refused["reason"] as? String)?.contains("does not add up over time") == true)
  }

  @Test(
    "every format tells a derived figure",
    arguments: ["csv", "tsv", "jsonl", "markdown", "html"]
  )
  func everyFormatMarksDerivedFigures(format: String) throws {
    let outcome = try assay.run(
      "units",
      "--unit",
      "Lucky",
      "--as-of",
      "2004-06-30",
      "--span",
      "half",
      "-O",
      format
    )
    #expect(outcome.status == 0)
    #expect(outcome.output.contains(["markdown", "html"].contains(format) ? "=79,590" : "79590"))
  }

  @Test("as known before the nine months came out, the half is not yet known")
  func notYetKnown() throws {
    let cells = try cells(
      "is",
      "--as-of",
      "2004-06-30",
      "--span",
      "half",
      "--known-at",
      "2004-08-03"
    )
    #expect(cells.first?["status"] as? String == "not-yet-known")
    #expect(cells.contains { $0["value"] as? String == "8900000" })
  }

  @Test("then and now are compared over a span, too: exactly for programs, in words for people")
  func thenAndNowAreComparedOverSpan() throws {
    let question = ["is", "--as-of", "2004-06-30", "--span", "half", "--vs", "2004-08-03"]
    let rows = try assay.run(question + ["-O", "csv"]).output.csv
    let sales = try #require(rows.first { $0[0] == "Sales of products" })
    #expect(sales[5...9] == ["not-yet-known", "", "", "derived", "68362000"])
    let text = try assay.run(question).output
    let line = try #require(text.lines.first { $0.hasPrefix("Sales of products") })
    let words = line.split(separator: " ").joined(separator: " ")
    #expect(words.contains("not yet known = 68,362,000 became known"), "\(line)")
  }

  @Test("history of a period that nobody reported shows what it is added up from")
  func historyShowsWhatFigureIsDerivedFrom() throws {
    let outcome = try assay.run("history", "GrossProfit", "2004-04-01/2004-09-30")
    #expect(outcome.output.contains("not reported, derived"), "\(outcome.errors)")
    let rows = try assay.run(
      "history",
      "MetalProduced",
      "metal=gold",
      "Camorra",
      "2004H1",
      "-O",
      "csv"
    )
    let table = rows.output.csv
    #expect(table.dropFirst().map { $0[12] } == ["added", "subtracted", "derived"])
    #expect(table.dropFirst().map { $0[8] } == ["102422", "28290", "74132"])
    let refused = try assay.run("history", "OreGrade", "2004H1")
    #expect(refused.status == 1 && refused.errors.contains("is a ratio, which does not add up"))
  }

  @Test(
    "a mistake is refused, with its status and a message that names it",
    arguments: [
      (["bs", "--span", "ttm"], 1, "is about days"),
      (["statement", "guidance", "--span", "half"], 1, "is not about stretches of time"),
      (["guidance", "--span", "half"], 64, "Unknown option"),
      (["is", "--span", "haf"], 64, "'haf' is invalid"),
      (["is", "--columns", "2"], 64, "give --span, too"),
      (["is", "--span", "half", "--columns", "0"], 64, "give 1 to 40"),
      (["cf", "--span", "quarter", "--as-of", "1999-01-01"], 1, "ends at or before 1999-01-01"),
    ] as [([String], Int32, String)]
  )
  func mistakesAreRefused(arguments: [String], status: Int32, message: String) throws {
    let outcome = try assay.run(arguments)
    #expect(outcome.status == status && outcome.output.isEmpty)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}

@Suite("Guidance and lint")
struct GuidanceAndLintTests {
  @Test("guidance of November 2004 meets the actual figures of February 2005")
  func guidanceMeetsActualFigures() throws {
    let assay = try Assay.withEvents()
    let rows = try assay.run("guidance", "FY2004", "-O", "csv").output.csv.dropFirst()
    let told = rows.map { row in
      [row[2], row[5], row[8], row[12], row[18], row[19]].joined(separator: " ")
    }
    #expect(
      told == [
        "metal=gold 200000 more-than 190000 -10000 missed",
        "metal=silver 7700000 approximately 7000000 -700000 missed",
        "metal=gold 185 less-than 180 -5 met", "metal=silver 2 less-than 2.02 0.02 missed",
      ]
    )
    let text = try assay.run("guidance")
    #expect(text.output.contains("8 forecasts: 1 met, 3 missed, 0 undecided, 4 open"))
    #expect(text.output.contains("70,000 to 120,000"))
    let early = try assay.run("guidance", "FY2004", "--known-at", "2004-12-31")
    #expect(early.output.contains("0 met, 0 missed, 0 undecided, 4 open"))
    let none = try assay.run("guidance", "--known-at", "2004-01-01")
    #expect(none.status == 1 && none.errors.contains("no guidance matches"))
  }

  @Test("lint tells slips with both filings and ends with 1; without any it ends with 0")
  func lintFindsSlipsAndEndsWith1() throws {
    let assay = try Assay.withEvents()
    let clean = try assay.run("lint", "hecla")
    #expect(clean.status == 0 && clean.output.hasPrefix("nothing looks like a slip\n"))
    try assay.write(
      """
      {"type":"filing","filing":"f","entity":"cik:0000719413","published":"2005-03-01"}
      {"type":"statement-line","filing":"f","entity":"cik:0000719413","concept":"us-gaap:Assets",\
      "period":"2004-09-30","unit":"USD","value":"278195","decimals":0}
      """,
      to: "slip.jsonl"
    )
    _ = try assay.run("append", "slip.jsonl")
    let assets = try assay.run("history", "us-gaap:Assets", "2004-09-30", "-O", "csv").output.csv[1]
    let outcome = try assay.run("lint", "hecla")
    #expect(outcome.status == 1 && outcome.errors.isEmpty)
    let csv = try assay.run("lint", "-O", "csv")
    #expect(csv.status == 1)
    #expect(csv.output.csv.dropFirst().allSatisfy { $0[2] == "us-gaap:Assets" })
    #expect(csv.output.csv[1][6] == assets[8])
    let before = try assay.run("lint", "--known-at", "2005-02-28")
    #expect(before.status == 0)
    let unknown = try assay.run("lint", "nobody")
    #expect(unknown.status == 1 && !unknown.errors.isEmpty)
  }
}

extension SpanTests {
  @Test("a figure that nobody reported is not proven; the events behind it are named")
  func derivedFigureIsNotProven() throws {
    let outcome = try assay.run("prove", "MetalProduced", "metal=gold", "Camorra", "2004H1")
    #expect(outcome.status == 1 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("it is derived; prove the events that it is derived from"))
  }
}
