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
    // Where it comes from and goes to, what is tested by itself, and what is another word for options that the
    // query has; a list has no receipt.
    let others = [
      "--quarterly", "--yearly", "--begin", "--end",
      "--ledger", "--output", "--output-format", "--color", "--no-pager", "--vs", "--lead-sheet",
      "--changes", "--list",
      "--help",
      "--version", "--key", "--receipt",
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
      (
        printed.replacing("assay statement", with: "rm -rf"),
        "its query is no question that has a receipt"
      ),
      (printed.replacing("assay statement", with: "assay statement --help"), "its query is no"),
    ] {
      let outcome = try assay.run("receipt", "verify", "-", input: input)
      #expect(outcome.status == 1 && outcome.output.isEmpty, "\(message): \(outcome.output)")
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }
    #expect(try assay.run("receipt", "verify", "nothing").errors.contains("No such file"))
    #expect(try assay.run("receipt", "verify").status == 64)
  }

  /// Questions of every kind, each with every option that decides on its answer.
  private static let questions = [
    ["history", "us-gaap:Assets", "2004-09-30", "--known-at", "2005-01-01"],
    ["history", "InventoryNet", "--triangle", "--entity", "hecla"],
    ["diff", "2004-05-04", "2005-12-31", "--concept", "Environmental", "--as-of", "2004Q3"],
    ["diff", "2004-05-04", "2005-12-31", "balance-sheet", "--changes"],
    ["bs", "--as-of", "2004-09-30", "--vs", "2004-11-03", "--changes"],
    ["restatements", "--since", "2004-06-01", "--min", "0.5"],
    ["check", "--as-of", "2004Q3", "--tolerance", "1000", "--verbose"],
    ["check", "balance-sheet", "--calculation", "1.1"], ["guidance", "FY2004"], ["lint"],
    ["facts", "Assets", "--all", "--as-of", "2004-09-30"], ["facts", "--recorded-at", "900"],
    [
      "panel", "x=NetIncomeLoss/SalesRevenueGoodsGross", "Assets", "--known-at-lag", "45d",
      "--growth",
    ],
    ["panel", "NetIncomeLoss", "--span", "year", "--from", "2003-01-31", "--to", "2004-12-31"],
  ]

  @Test("every answer holds in every format, also when the ledger has grown", arguments: questions)
  func everyAnswerHolds(question: [String]) throws {
    // Each question in two of the formats with a receipt, and in one of those without.
    let number = Self.questions.firstIndex(of: question) ?? 0
    let formats = [["text", "html"], ["markdown", "json"]][number % 2]
    let rows = [["csv", "tsv", "jsonl"][number % 3]]
    for format in formats { _ = try assay.run(question + ["-O", format, "-o", "a.\(format)"]) }
    for format in rows {
      let kept = ["--receipt", "\(format).receipt"]
      _ = try assay.run(question + ["-O", format, "-o", "a.\(format)"] + kept)
    }
    #expect(try assay.run("append", "-", input: Self.more).status == 0)
    for format in formats + rows {
      let kept = rows.contains(format) ? ["--receipt", "\(format).receipt"] : []
      let outcome = try assay.run(["receipt", "verify", "a.\(format)"] + kept)
      #expect(
        outcome.status == 0 && outcome.output.hasSuffix("The paper holds.\n"),
        "\(format): \(outcome.output)\(outcome.errors)"
      )
      #expect(outcome.output.contains("of the \(try assay.head()) events"))
      // One digit of its last figure or hash that is another.
      var text = try String(contentsOfFile: "\(assay.folder)/a.\(format)", encoding: .utf8)
      guard let place = text.lastIndex(where: { $0.isASCII && $0.isNumber }) else { continue }
      text.replaceSubrange(place...place, with: text[place] == "7" ? "8" : "7")
      let changed = try assay.run(["receipt", "verify", "-"] + kept, input: text)
      #expect(changed.status == 1, "\(format): \(changed.output)")
    }
  }

  @Test("the query of an answer is a command that prints the same answer", arguments: questions)
  func queryAsksTheSame(question: [String]) throws {
    let printed = try assay.run(question).output
    let line = try #require(printed.lines.last { $0.hasPrefix("query  ") })
    let command = line.dropFirst("query".count).trimmingCharacters(in: .whitespaces)
    #expect(try assay.shell(command).output == printed, "\(command)")
  }

  @Test("a kept receipt has the checksums of the file and of its lines as CSV")
  func keptReceiptHasChecksums() throws {
    let run = ["facts", "us-gaap:Assets", "-o", "a.csv", "--receipt", "a.receipt"]
    #expect(try assay.run(run).status == 0)
    let sum = try assay.shell("sha256sum a.csv").output.prefix(64)
    let receipt = try String(contentsOfFile: "\(assay.folder)/a.receipt", encoding: .utf8)
    #expect(
      receipt.contains("facts checksum  \(sum)\nformat          csv\nfile checksum   \(sum)\n")
    )
    #expect(try assay.run("facts", "--receipt", "-").status == 64)
    let other = try assay.run("receipt", "verify", "a.csv", "--receipt", "a.csv")
    #expect(other.status == 1 && other.errors.contains("it has no receipt"))
    let text = try assay.run("facts", "us-gaap:Assets").output
    try assay.write(text, to: "a.txt")
    let statement = try assay.run("receipt", "verify", "a.csv", "--receipt", "a.txt")
    #expect(statement.errors.contains("it is no receipt that was kept"))
  }

  @Test("a signature is told, checked by its key, and refused for another key or another receipt")
  func signatureIsToldAndChecked() throws {
    for name in ["own", "other"] {
      let made = try assay.run("keygen", "-o", "\(name).key", "--name", "example.com/\(name)")
      try assay.write(made.output, to: "\(name).pub")
    }
    for (format, sign) in [("text", "signature"), ("json", "signature"), ("html", "signature")] {
      let printed = try assay.run("history", "Assets", "-O", format, "--key", "own.key").output
      #expect(printed.contains(sign) && printed.contains("example.com/own "))
      let told = try assay.run("receipt", "verify", "-", input: printed)
      #expect(told.status == 0 && told.output.contains("is not checked: no key was given"))
      let checked = try assay.run("receipt", "verify", "-", "--key", "own.pub", input: printed)
      #expect(checked.status == 0 && checked.output.contains("by example.com/own\n"))
      let other = try assay.run("receipt", "verify", "-", "--key", "other.pub", input: printed)
      #expect(other.status == 1 && other.output.contains("it is not made by example.com/other"))
    }
    let unsigned = try assay.run("bs").output
    let missing = try assay.run("receipt", "verify", "-", "--key", "own.pub", input: unsigned)
    #expect(missing.status == 1 && missing.output.contains("the receipt is not signed"))
    // The signature of one paper under another.
    let signed = try assay.run("bs", "--as-of", "2004-09-30", "--key", "own.key").output
    let stolen = try #require(signed.lines.last { $0.hasPrefix("signature") })
    let forged = unsigned + stolen + "\n"
    let outcome = try assay.run("receipt", "verify", "-", "--key", "own.pub", input: forged)
    #expect(outcome.status == 1 && outcome.output.contains("it is not made by example.com/own"))
    let witness = try assay.run("keygen", "--witness", "-o", "w.key", "--name", "example.com/w")
    #expect(witness.status == 0)
    let cosigned = try assay.run("bs", "--key", "w.key")
    #expect(cosigned.status == 1 && cosigned.errors.contains("it cosigns, and signs nothing"))
  }

  /// The text that is taken out of the pages of a browser: margins, other blanks, broken lines, repeated headings.
  private func pages(_ text: String) -> String {
    var lines = text.lines.map { "   " + $0.replacing("  ", with: "    ") }
    lines = lines.flatMap { line -> [String] in
      guard line.contains("--as-of") else { return [line] }
      return line.replacing("--as-of", with: "--as-\u{1}of").components(separatedBy: "\u{1}")
    }
    lines.insert(
      "file:///tmp/paper.html     1/2\n\u{0C}11/27/26, 5:57 AM     Paper",
      at: lines.count / 2
    )
    return (["11/27/26, 5:57 AM     Paper"] + lines + ["file:///tmp/paper.html    2/2\n\u{0C}"])
      .joined(separator: "\n")
  }

  @Test("the text of printed pages holds, and a digit, a word or an order that is another does not")
  func printedPagesHold() throws {
    let text = pages(try assay.run("bs", "--as-of", "2004-09-30").output)
    let outcome = try assay.run("receipt", "verify", "-", input: text)
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("the same in every word"))
    for (from, to, message) in [
      ("71,607", "71,608", "\"71,608\" in place of \"71,607\""),
      ("Total assets", "Total asset", "\"asset\" in place of"),
      ("head     ", "head  1  ", "the ledger holds"),
    ] {
      #expect(text.contains(from))
      let changed = try assay.run("receipt", "verify", "-", input: text.replacing(from, with: to))
      #expect(changed.status == 1 && changed.output.contains(message), "\(changed.output)")
    }
    let more = try assay.run("receipt", "verify", "-", input: text + "\nRestated since.\n")
    #expect(
      more.status == 1 && more.output.contains("\"restated\" in place of nothing"),
      "\(more.output)"
    )
    let twice = try assay.run("receipt", "verify", "-", input: text + text)
    #expect(twice.errors.contains("more than one receipt"))
  }

  @Test("pages that a browser printed hold")
  func printedPDFHolds() throws {
    let tools = try assay.shell("command -v chromium && command -v pdftotext")
    guard tools.status == 0 else {
      return print(
        "skipped: there is no chromium or no pdftotext; Tools/setup chromium poppler-utils"
      )
    }
    for question in [
      ["bs", "--as-of", "2004-09-30"], ["diff", "2004-05-04", "2005-12-31"],
      ["check", "--as-of", "2004Q3"], ["is", "--as-of", "2004-09-30", "--vs", "2004-05-04"],
    ] {
      #expect(try [0, 1].contains(assay.run(question + ["-o", "p.html"]).status))
      let printed = try assay.shell(
        """
        chromium --headless --no-sandbox --disable-gpu --print-to-pdf=p.pdf "file://$PWD/p.html" 2>/dev/null
        pdftotext -layout p.pdf p.txt
        """
      )
      #expect(printed.status == 0)
      let outcome = try assay.run("receipt", "verify", "p.txt")
      #expect(outcome.status == 0, "\(question): \(outcome.output)\(outcome.errors)")
      let text = try String(contentsOfFile: "\(assay.folder)/p.txt", encoding: .utf8)
      let place = try #require(text.firstIndex { $0 == "," }.map { text.index(after: $0) })
      var changed = text
      changed.replaceSubrange(place...place, with: text[place] == "7" ? "8" : "7")
      #expect(
        try assay.run("receipt", "verify", "-", input: changed).status == 1 || changed == text
      )
    }
  }
}
