import Foundation
import TestSupport
import Testing

@Suite("Receipts")
struct ReceiptTests {
  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  private static let more = #"{"type":"entity","entity":"x:9","name":"N"}"#

  @Test("every statement of the ledger holds, in every format, also when the ledger has grown")
  func everyStatementOfLedgerHoldsInEveryFormat() throws {
    let names = [
      "highlights", "operations", "balance-sheet", "cash-flow", "production", "guidance", "hedges",
    ]
    for (index, name) in names.enumerated() {
      let format = ["text", "markdown", "html", "json"][index % 4]
      #expect(try assay.run("statement", name, "-O", format, "-o", name).status == 0)
    }
    #expect(try assay.run("append", "-", input: Self.more).status == 0)
    for name in names {
      let outcome = try assay.run("receipt", "verify", name)
      #expect(outcome.status == 0 && outcome.output.hasSuffix("The paper holds.\n"))
      #expect(outcome.output.contains("of the \(try assay.head()) events"), "\(outcome.output)")
    }
  }

  @Test(
    "every option of a statement is part of the query, and the query asks the same again",
    arguments: [
      ["bs", "--as-of", "2004-10-15"], ["bs", "--known-at", "2004-11-04T08:00:30-05:00"],
      ["bs", "--as-of", "2004-09-30", "--known-at", "2004-11-03"],
      ["units", "--unit", "Lucky Friday", "--as-of", "2004Q3"], ["is", "--entity", "hecla"],
      ["cf", "--recorded-at", "1100"], ["cf", "--recorded-at", "2100-01-01"],
      ["replay", "balance-sheet", "--to", "1120"],
      ["is", "--as-of", "2004-09-30", "--span", "quarter", "--columns", "3"],
      ["cf", "--as-of", "2004-09-30", "--span", "ttm"],
    ]
  )
  func everyOptionOfStatementIsPartOfQuery(arguments: [String]) throws {
    let printed = try assay.run(arguments).output
    let verified = try assay.run("receipt", "verify", "-", input: printed)
    #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
    let line = try #require(printed.lines.first { $0.hasPrefix("query  ") })
    let command = line.dropFirst("query".count).trimmingCharacters(in: .whitespaces)
    if arguments[0] != "replay" {
      #expect(try assay.shell(command).output == printed, "\(command)")
    }
    // Later, the paper still tells of its own moment.
    #expect(try assay.run("append", "-", input: Self.more).status == 0)
    #expect(try assay.run("receipt", "verify", "-", input: printed).status == 0)
  }

  @Test("no option that decides on a statement is missing in its query")
  func queryHasEveryDecidingOption() throws {
    let help = try assay.run("help", "statement").output
    let options = Set(help.matches(of: /\n +(?:-[a-zA-Z], )?(--[a-z-]+)/).map { String($0.1) })
    let asked = [
      "--entity", "--as-of", "--unit", "--layout", "--currency", "--span", "--columns",
      "--known-at",
      "--recorded-at",
    ]
    // Where it comes from and goes to; a comparison and a list have no receipt.
    let others = [
      "--ledger", "--output", "--output-format", "--vs", "--changes", "--list", "--help",
      "--version",
    ]
    #expect(options == Set(asked + others))
    let printed = try assay.run(
      "statement",
      "operations",
      "--entity",
      "hecla",
      "--as-of",
      "2004-09-30",
      "--layout",
      "general",
      "--currency",
      "USD",
      "--span",
      "quarter",
      "--columns",
      "2",
      "--known-at",
      "2005-01-01",
      "--recorded-at",
      "1147"
    ).output
    let query = try #require(printed.lines.first { $0.hasPrefix("query  ") })
    for option in asked where option != "--unit" { #expect(query.contains(" \(option) ")) }
  }

  @Test("a paper holds after its figures were corrected, for what was recorded then")
  func paperHoldsAfterItsFiguresWereCorrected() throws {
    let printed = try assay.run("bs", "--as-of", "2004-09-30").output
    let claim = try #require(
      try assay.run("history", "us-gaap:Assets", "2004-09-30", "-O", "csv").output.csv.last
    )[18]
    let correct = try assay.run("correct", claim, "--value", "1", "--reason", "test")
    #expect(correct.status == 0)
    #expect(try assay.run("bs", "--as-of", "2004-09-30").output != printed)
    #expect(try assay.run("receipt", "verify", "-", input: printed).status == 0)
  }

  @Test("a changed digit is found, with line and both figures", arguments: ["text", "json"])
  func changedDigit(format: String) throws {
    let printed = try assay.run("bs", "--as-of", "2004-09-30", "-O", format).output
    let (from, to) = format == "text" ? ("71,607", "71,807") : ("71607000", "71807000")
    let changed = printed.replacing(from, with: to)
    let outcome = try assay.run("receipt", "verify", "-", input: changed)
    #expect(outcome.status == 1 && outcome.errors.isEmpty)
    #expect(outcome.output.hasSuffix("The paper does not hold.\n"))
    #expect(outcome.output.contains("facts checksum  the same"))
    #expect(outcome.output.contains(from) && outcome.output.contains(to), "\(outcome.output)")
    let place = format == "text" ? "line 16" : "\"Cash and cash equivalents\", \"Sept. 30, 2004\""
    #expect(outcome.output.contains(place), "\(outcome.output)")
  }

  @Test("a changed receipt is found, part by part")
  func changedReceipt() throws {
    let printed = try assay.run("bs", "--as-of", "2004-09-30").output
    let head = try assay.head()
    for (pattern, replacement, part) in [
      ("(?m)^root +[0-9a-f]", "root                x", "root            the paper says"),
      ("checksum +[0-9a-f]", "checksum      x", "facts checksum  the paper says"),
      ("(?m)^head +\\d+", "head                \(head + 1)", "the ledger holds \(head)"),
      ("(?m)^head +\\d+", "head                \(head - 1)", "root            the paper says"),
      ("--as-of 2004-09-30", "--as-of 2003-12-31", "statement       line 2"),
      ("--as-of 2004-09-30", "--as-of 2004Q3", "query           the paper says"),
      ("--as-of", "-o stolen --as-of", "query           the paper says"),
      ("--as-of", "-f other.assay --as-of", "query           the paper says"),
      ("statement balance-sheet", "statement balance", "the ledger has no statement \"balance\""),
    ] {
      let changed = printed.replacingOccurrences(
        of: pattern,
        with: replacement,
        options: .regularExpression
      )
      #expect(changed != printed)
      let outcome = try assay.run("receipt", "verify", "-", input: changed)
      #expect(outcome.status == 1 && outcome.output.contains(part), "\(pattern): \(outcome.output)")
    }
    let bound = printed.replacing("recorded at: now", with: "recorded at 5")
      .replacing("--as-of 2004-09-30", with: "--as-of 2004-09-30 --recorded-at 5")
    let outcome = try assay.run("receipt", "verify", "-", input: bound)
    #expect(outcome.status == 1 && outcome.output.contains("the paper says recorded at 5"))
    let names = try FileManager.default.contentsOfDirectory(atPath: assay.folder)
    #expect(!names.contains("stolen") && !names.contains("other.assay"))
  }

  @Test("another ledger is found by its root, though its figures are the same")
  func otherLedger() throws {
    let printed = try assay.run("bs", "--as-of", "2004-09-30").output
    let outcome = try Assay.withEvents().run("receipt", "verify", "-", input: printed)
    #expect(outcome.status == 1 && outcome.output.contains("root            the paper says"))
    #expect(outcome.output.contains("facts checksum  the same"))
  }

  @Test("what is no paper is refused, and says what would be")
  func noPapers() throws {
    let printed = try assay.run("bs").output
    for (input, message) in [
      ("", "it has no receipt"), (printed + printed, "more than one receipt"),
      (try assay.run("bs", "-O", "csv").output, "it has no receipt"),
      (printed.replacing("assay statement", with: "rm -rf"), "its query is no statement"),
      (printed.replacing("assay statement", with: "assay statement --help"), "its query is no"),
    ] {
      let outcome = try assay.run("receipt", "verify", "-", input: input)
      #expect(outcome.status == 1 && outcome.output.isEmpty, "\(message): \(outcome.output)")
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
    #expect(try assay.run("receipt", "verify", "nothing").errors.contains("No such file"))
    #expect(try assay.run("receipt", "verify").status == 64)
  }
}
