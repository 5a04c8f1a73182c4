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
    #expect(try assay.run(words + ["--changes"]).output == text)
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
}
