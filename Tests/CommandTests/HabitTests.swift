import Foundation
import Testing

@Suite("Habits and slips of people")
struct HabitTests {
  @Test(
    "misspelt commands are refused with the one that was meant",
    arguments: [
      (["statment", "hedges"], "there is no command \"statment\": did you mean \"statement\"?"),
      (["hsitory", "Assets"], "there is no command \"hsitory\": did you mean \"history\"?"),
      (["import", "relaese", "x"], "there is no command \"relaese\": did you mean \"release\"?"),
      (["new", "quater"], "there is no command \"quater\": did you mean \"quarter\"?"),
    ]
  )
  func misspeltCommands(words: [String], message: String) throws {
    let outcome = try Assay().run(words)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    let meant = message.split(separator: "\"").last { $0 != "?" } ?? ""
    let command = (words.first == "import" || words.first == "new" ? "\(words[0]) " : "") + meant
    #expect(outcome.errors.contains("\nUsage: assay \(command) "), "\(outcome.errors)")
    #expect(outcome.errors.contains("See 'assay help \(command)'"), "\(outcome.errors)")
  }

  @Test("a value is corrected as people write it, and what can be read in two ways is refused")
  func writtenValues() throws {
    let assay = try Assay.withEvents()
    func corrected(_ value: String) throws -> String {
      let outcome = try assay.run(
        "correct",
        "553",
        "--value",
        value,
        "--reason",
        "r",
        "--dry-run"
      )
      return outcome.status == 0 ? "taken" : outcome.errors
    }
    for value in ["130,080,000", "$283,229,000", "(11,292)", "-1234.50", "nil", "- -", "0"] {
      #expect(try corrected(value) == "taken")
    }
    for value in ["1.234,5", "13,00", "1,2", "12 x", "", "1e6", "0x10", "1.2.3"] {
      #expect(try corrected(value).contains("assay: "), "\(value)")
    }
    #expect(
      try assay.run("correct", "553", "--value", "283,229,000", "--reason", "r").status == 0
    )
    let facts = try assay.run("facts", "us-gaap:Assets", "2004-09-30", "-O", "csv").output
    #expect(facts.contains(",283229000,-3,"))
  }

  @Test("several events are withdrawn together, or none of them")
  func severalWithdrawals() throws {
    let assay = try Assay.withEvents()
    let bad = try assay.run("withdraw", "553", "99999", "--reason", "r")
    #expect(bad.status == 1 && bad.output.isEmpty)
    let done = try assay.run("withdraw", "553", "554", "555", "--reason", "r")
    #expect(done.output.hasPrefix("appended 4 events"), "\(done)")
    #expect(try assay.run("withdraw", "--reason", "r").status == 64)
    #expect(try assay.run("withdraw", "553", "--filing", "f", "--reason", "r").status == 64)
  }

  @Test("the document of a filing can be corrected")
  func correctedDocument() throws {
    let assay = try Assay.withEvents()
    try assay.write("as it was filed", to: "ex99.txt")
    let filing = "0001157523-04-010335"
    let done = try assay.run(
      "correct",
      "--filing",
      filing,
      "--document",
      "ex99.txt",
      "--reason",
      "another was hashed"
    )
    #expect(done.status == 0, "\(done.errors)")
    let log = try assay.run("export").output.split(separator: "\n").last ?? ""
    #expect(log.contains(#""document":{"bytes":15,"name":"ex99.txt","sha256":""#), "\(log)")
    let missing = try assay.run(
      "correct",
      "--filing",
      filing,
      "--document",
      "none.txt",
      "--reason",
      "r"
    )
    #expect(missing.status == 1 && missing.errors.contains("none.txt"))
    #expect(try assay.run("correct", "553", "--document", "ex99.txt", "--reason", "r").status == 64)
  }

  @Test(
    "what names no fact is answered with what there is, and with a command that lists something"
  )
  func nothingOfThatName() throws {
    let assay = try Assay.withEvents()
    let questions: [(words: [String], message: String)] = [
      (["us-gaap:Assets", "EUR"], "nothing of that name is reported in EUR: it is in USD"),
      (["us-gaap:Assets", "2099-01-01"], "for that period: it is for 2004-09-30, 2003-12-31"),
      (["us-gaap:Assets", "EUR", "2099-01-01"], "in EUR for that period: it is in USD, for 2004"),
      (["us-gaap:Assets", "--known-at", "2001-01-01"], "was known at 2001-01-01"),
      (["Assets", "Nonsenseword"], "no fact matches \"assets nonsenseword\""),
      (["Nonsenseword", "Anotherone"], "no fact matches"), (["Asets"], "did you mean \"Assets\"?"),
    ]
    for (words, message) in questions {
      let outcome = try assay.run(["facts"] + words)
      #expect(outcome.status == 1 && outcome.errors.contains(message), "\(outcome.errors)")
      guard
        let command = outcome.errors.split(separator: "\n").first?.split(separator: "assay ").last,
        command.hasPrefix("facts ")
      else { continue }
      let listed = try assay.run(command.split(separator: " ").map(String.init))
      #expect(listed.status == 0 && listed.output.split(separator: "\n").count > 3, "\(command)")
    }
  }

  @Test("a statement says what is recorded in place of what is not reported, in every format")
  func reportedOtherwise() throws {
    let assay = try Assay.withEvents()
    let words = ["is", "--as-of", "2004-06-30"]
    let text = try assay.run(words).output
    #expect(
      text.contains(
        "\n     for 2004-01-01/2004-09-30: us-gaap:SalesRevenueGoodsGross, us-gaap:CostOfGoodsSold, "
      ),
      "\(text)"
    )
    let csv = try assay.run(words + ["-O", "csv"]).output
    #expect(
      csv.contains(
        ",not-reported,,,,,,cik:0000719413,,,,,,other-period,"
          + "us-gaap:SalesRevenueGoodsGross 2004-01-01/2004-09-30 USD\n"
      )
    )
    let json = try assay.run(words + ["-O", "json"]).output
    #expect(
      json.contains(
        #"{"status":"not-reported","reason":"other-period","reported":{"concept":"#
          + #""us-gaap:SalesRevenueGoodsGross","dimensions":{},"unit":"USD","period":"2004-01-01/2004-09-30"}}"#
      )
    )
    let none = try assay.run("bs", "--as-of", "1999-01-01")
    #expect(
      none.status == 1
        && none.errors.contains(
          ", but us-gaap:CashAndCashEquivalentsAtCarryingValue 2002-12-31 USD, "
        ),
      "\(none.errors)"
    )
  }

  @Test("a diff of a statement lists, with --changes, only the lines that changed")
  func diffChanges() throws {
    let assay = try Assay.withEvents()
    let words = ["diff", "2004-11-04", "2004-11-05", "balance-sheet"]
    #expect(try assay.run(words).output.contains("Cash and cash equivalents"))
    let changed = try assay.run(words + ["--changes"]).output
    #expect(changed.contains("no change") && !changed.contains("Cash and cash equivalents"))
    #expect(try assay.run("diff", "2004-11-04", "2004-11-05", "--changes").status == 64)
  }

  @Test("retracted figures are shown as such by a triangle, a diff and a list of forecasts")
  func retractedFigures() throws {
    let assay = try Assay.withEvents()
    let line = { (filing: String, rest: String) in
      #"{"type":"retraction","filing":"\#(filing)","entity":"cik:0000719413",\#(rest)}"#
    }
    try assay.write(
      #"{"type":"filing","filing":"r","entity":"cik:0000719413","form":"8-K","published":"2005-01-10"}"#
        + "\n" + line("r", #""concepts":["us-gaap:Assets"],"periods":["2004-01-01/2004-12-31"]"#)
        + "\n"
        + line(
          "r",
          #""concepts":["mine:MetalProducedGuidance"],"periods":["2004-01-01/2004-12-31"]"#
        ),
      to: "retraction.jsonl"
    )
    #expect(try assay.run("append", "retraction.jsonl").status == 0)
    let triangle = try assay.run("history", "us-gaap:Assets", "--triangle").output
    #expect(triangle.contains("283,228,000x") && triangle.contains("x retracted later"))
    let diff = try assay.run("diff", "2005-01-09", "2005-01-11", "-O", "csv").output
    #expect(
      diff.contains(
        "changed,cik:0000719413,us-gaap:Assets,,2004-09-30,USD,value,283228000,,retracted,"
      ),
      "\(diff)"
    )
    let guidance = try assay.run("guidance", "gold", "FY2004", "-O", "csv").output
    #expect(guidance.contains(",retracted\n"), "\(guidance)")
    let before = try assay.run(
      "guidance",
      "gold",
      "FY2004",
      "--known-at",
      "2005-01-09",
      "-O",
      "csv"
    )
    #expect(!before.output.contains(",retracted\n"))
  }

  @Test("a diff of reversed moments is refused with the right order")
  func reversedDiff() throws {
    let outcome = try Assay.withEvents().run("diff", "2005-12-31", "2004-05-04")
    #expect(outcome.status == 64)
    #expect(
      outcome.errors.contains(
        "2005-12-31 is later than 2004-05-04: give the earlier moment first, as in "
          + "assay diff 2004-05-04 2005-12-31"
      ),
      "\(outcome.errors)"
    )
  }

  @Test("a diff lists every fact that became known, with its figure and filing")
  func becameKnown() throws {
    let assay = try Assay.withEvents()
    let csv = try assay.run("diff", "2004-11-03", "2004-11-04", "-O", "csv").output
    let known = csv.split(separator: "\n").filter { $0.hasPrefix("became known,") }
    #expect(
      known.contains {
        $0.contains(
          ",us-gaap:Assets,,2004-09-30,USD,,,,value,283228000,,,,,0001157523-04-010335,"
        )
      }
    )
    let text = try assay.run("diff", "2004-11-03", "2004-11-04").output
    #expect(text.contains("\nbecame known:\n"))
    #expect(text.contains(", \(known.count) became known\n"))
  }

  @Test("a comparison has its title, reporting date and scale, and with --changes no equal line")
  func comparisonHasTitleDateAndScale() throws {
    let assay = try Assay.withEvents()
    let words = ["statement", "production", "--as-of", "2004-09-30", "--vs", "2004-11-03"]
    let text = try assay.run(words).output
    #expect(text.contains("then and now\nas of 2004-09-30\nfigures in full units\n"))
    // But for the receipt, which has the words of the question.
    func answer(_ output: String) -> String { output.components(separatedBy: "\nquery ")[0] }
    #expect(try answer(assay.run(words + ["--changes"]).output) == answer(text))
    let later = ["bs", "--as-of", "2004-09-30", "--vs", "2004-11-05"]
    let same = try assay.run(later).output
    #expect(same.contains("no change"))
    let changed = try assay.run(later + ["--changes"]).output
    #expect(changed.contains("figures in full units\n\nno change\n"), "\(changed)")
    let alone = try assay.run("bs", "--changes")
    #expect(alone.status == 64 && alone.errors.contains("give --vs, too"))
  }

  @Test("a triangle has a row for each period, a column for each filing, and marks what changed")
  func triangleHasRowsOfPeriodsAndColumnsOfFilings() throws {
    let assay = try Assay.withEvents()
    try assay.write(
      """
      {"type":"filing","filing":"later","entity":"cik:0000719413","form":"10-Q","published":"2005-03-01"}
      {"type":"statement-line","filing":"later","entity":"cik:0000719413","concept":"us-gaap:Assets",\
      "period":"2004-09-30","unit":"USD","value":"283220000","decimals":-3}
      {"type":"statement-line","filing":"later","entity":"cik:0000719413","concept":"us-gaap:Assets",\
      "period":"2004-12-31","unit":"USD","value":"279448000","decimals":-3}
      """,
      to: "later.jsonl"
    )
    #expect(try assay.run("append", "later.jsonl").status == 0)
    let text = try assay.run("history", "us-gaap:Assets", "--triangle").output
    let lines = text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(lines[0] == "us-gaap:Assets USD of cik:0000719413")
    #expect(lines[1].hasSuffix("10-Q 2005-03-01"), "\(lines)")
    #expect(
      lines.contains { $0.hasPrefix("2004-09-30") && $0.hasSuffix("283,228,000 283,220,000*") }
    )
    #expect(lines.contains { $0 == "2004-12-31 279,448,000" })
    #expect(lines.contains("* restated"))
    let csv = try assay.run("history", "us-gaap:Assets", "--triangle", "-O", "csv").output
    #expect(
      csv.contains(
        "cik:0000719413,us-gaap:Assets,,USD,2004-09-30,later,10-Q,2005-03-01,283220000,-3,,restated,"
      )
    )
  }

  @Test("the ledger may be named before the command, as with git")
  func ledgerBeforeCommand() throws {
    let assay = try Assay.withEvents()
    let shell = try assay.shell(
      """
      mv test.assay other.assay; unset ASSAY_LEDGER
      assay stats -f other.assay >1; assay -f other.assay stats >2; cmp 1 2 && echo same
      assay --ledger other.assay new quarter --as-of 2004-12-31 | head -n 1
      assay --ledger=other.assay facts us-gaap:Assets 2004-09-30 | grep latest
      assay -f other.assay keygen key; echo status $?
      assay -f; echo status $?
      """
    )
    let lines = shell.output.lines
    #expect(lines.first == "same", "\(shell.output)\(shell.errors)")
    #expect(lines.contains { $0.hasPrefix("entity,label,concept") }, "\(shell.output)")
    #expect(lines.contains { $0.hasPrefix("latest published: ") }, "\(shell.output)")
    #expect(lines.filter { $0.hasPrefix("status ") } == ["status 64", "status 64"])
  }

  @Test("an amendment of a filing that is not recorded is refused with what there is")
  func unknownFiling() throws {
    let assay = try Assay.withEvents()
    for words in [["correct", "--form", "8-K"], ["withdraw"]] {
      let unknown = try assay.run(words + ["--filing", "nope", "--reason", "r"])
      #expect(unknown.status == 1)
      #expect(
        unknown.errors == "assay: no filing \"nope\" is recorded; list what is recorded with: "
          + "assay log --type filing\n"
      )
      let near = try assay.run(words + ["--filing", "0001157523-04-010336", "--reason", "r"])
      #expect(near.errors.contains("did you mean \"0001157523-04-010335\"?"), "\(near.errors)")
    }
  }

  @Test("a name that no fact has is answered with one that a fact has")
  func unknownName() throws {
    let assay = try Assay.withEvents()
    // The program defines Liabilities, and Hecla's release reports nothing of it.
    for word in ["Liabilites", "us-gaap:Asets", "InventryNet", "xyzzy"] {
      let outcome = try assay.run(["facts", word])
      #expect(outcome.status == 1)
      guard let name = outcome.errors.split(separator: "\"").last(where: { $0 != "?\n" }),
        outcome.errors.contains("did you mean")
      else {
        #expect(word == "xyzzy", "\(outcome.errors)")
        continue
      }
      #expect(try assay.run(["facts", String(name)]).status == 0, "\(outcome.errors)")
    }
  }

  @Test("history as a table has the least and the greatest number of a derived figure")
  func derivedBounds() throws {
    let assay = try Assay.withEvents()
    let table = try assay.run(
      ["history", "us-gaap:SalesRevenueGoodsGross", "2004H1", "-O", "csv"]
    ).output
    let rows = table.lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows.first?.suffix(2) == ["low", "high"], "\(table)")
    let derived = rows.filter { $0.contains("derived") }
    #expect(derived.count == 1)
    #expect(derived.allSatisfy { !$0[$0.count - 1].isEmpty && !$0[$0.count - 2].isEmpty })
    #expect(rows.dropFirst().dropLast().allSatisfy { $0[$0.count - 1].isEmpty })
  }
}
