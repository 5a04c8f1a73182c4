import Foundation
import TestSupport
import Testing

@Suite("On a terminal")
struct TerminalTests {
  /// What a terminal was sent by a command, and the status of that.
  struct Shown {
    let text: String
    let status: Int32

    /// Whether any part of it has a style.
    var isStyled: Bool { text.contains("\u{1B}[") }

    /// The text without commands of styles.
    var plain: String { text.replacing(/\u{1B}\[[0-9;]*m/, with: "") }
  }

  let assay: Assay

  init() throws { assay = try Assay.withEvents() }

  /// Runs a command on a terminal of this size, with variables of the environment.
  private func show(
    _ words: [String],
    columns: Int = 200,
    lines: Int = 1000,
    keys: String = "",
    _ environment: [String: String] = [:]
  ) throws -> Shown {
    let script = Package.folder.path() + "Tests/CommandTests/Scripts/terminal.py"
    let variables = ["TERM": "xterm", "NO_COLOR": "", "PAGER": "cat"].merging(environment) { $1 }
    let settings = variables.sorted { $0.key < $1.key }.map { "\($0)=\(quoted($1))" }
    let unset = "env -u LESS -u COLUMNS -u ASSAY_PAGER \(settings.joined(separator: " "))"
    let command = ([Assay.path] + words).map(quoted).joined(separator: " ")
    let outcome = try assay.shell(
      "\(unset) python3 \(quoted(script)) \(columns) \(lines) sent \(quoted(keys)) \(command)"
    )
    let sent = try String(contentsOfFile: assay.folder + "/sent", encoding: .utf8)
    return Shown(text: sent, status: outcome.status)
  }

  private func quoted(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''") + "'"
  }

  private static let answers = [
    ["bs"], ["units"], ["bs", "--known-at", "2004-11-03"], ["statement", "accruals"],
    ["bs", "--lead-sheet"], ["bs", "--vs", "2004-11-03"],
    ["history", "us-gaap:Assets", "2004-09-30"], ["check", "-v"], ["facts", "--all"], ["log"],
    ["restatements"], ["diff", "2004-05-04", "2005-12-31"], ["guidance"], ["stats"],
    ["lint", "hecla"],
  ]

  @Test("an answer has colours, and is but for them what a pipe is given", arguments: answers)
  func coloursAreAllThatIsAdded(words: [String]) throws {
    let piped = try assay.run(words)
    #expect(!piped.output.contains("\u{1B}"))
    let always = try assay.run(words + ["--color", "always"])
    // Nothing stands out where nothing is found.
    let isStyled = !["restatements", "lint"].contains(words[0])
    #expect((always.output != piped.output) == isStyled && always.status == piped.status)
    #expect(always.output.replacing(/\u{1B}\[[0-9;]*m/, with: "") == piped.output)
    let shown = try show(words, columns: 1000, lines: 10_000)
    #expect(shown.isStyled == isStyled && shown.plain == piped.output)
    #expect(shown.status == piped.status)
  }

  @Test("there are no colours for users and terminals that want none, and in no other format")
  func coloursAreLeftOut() throws {
    let words = ["bs"]
    let piped = try assay.run(words).output
    #expect(try show(words).isStyled)
    for environment in [["NO_COLOR": "1"], ["TERM": "dumb"]] {
      #expect(try show(words, environment).text == piped)
      #expect(try show(words + ["--color", "always"], environment).isStyled)
    }
    #expect(try show(words + ["--color", "never"]).text == piped)
    for format in ["csv", "json", "markdown", "html"] {
      let given = try assay.run(words + ["-O", format]).output
      #expect(try assay.run(words + ["-O", format, "--color", "always"]).output == given)
      #expect(try show(words + ["-O", format]).text == given)
    }
    #expect(try assay.run("bs", "-o", "bs.txt", "--color", "always").status == 0)
    #expect(try String(contentsOfFile: assay.folder + "/bs.txt", encoding: .utf8) == piped)
    #expect(try assay.run("bs", "--color", "green").status == 64)
  }

  @Test("what commands a terminal in a name is an escape, with colours, too")
  func commandsInDataAreEscaped() throws {
    try assay.write(#"{"type":"entity","entity":"x:9","name":"N\u009b31mred"}"#, to: "name.jsonl")
    #expect(try assay.run("append", "name.jsonl").status == 0)
    for color in ["auto", "never", "always"] {
      let shown = try show(["log", "--type", "entity", "--color", color])
      #expect(shown.text.contains(#"N\x9b31mred"#) && !shown.text.contains("\u{9B}"))
    }
  }

  @Test("a receipt of a coloured copy holds, and that of a kept one is of the plain bytes")
  func colouredCopiesHold() throws {
    for words in [["bs"], ["check", "-v"], ["facts", "Assets"], ["guidance"]] {
      try assay.write(try assay.run(words + ["--color", "always"]).output, to: "coloured.txt")
      let verified = try assay.run("receipt", "verify", "coloured.txt")
      #expect(verified.status == 0, "\(words): \(verified.output)\(verified.errors)")
    }
    for words in [["facts", "Assets"], ["history", "us-gaap:Assets", "2004-09-30"]] {
      let words = words + ["--receipt", "kept.receipt"]
      let shown = try show(words, columns: 40)
      let kept = try String(contentsOfFile: assay.folder + "/kept.receipt", encoding: .utf8)
      try assay.write(shown.text, to: "copy.txt")
      let hash = try assay.shell("sha256sum copy.txt").output.prefix(64)
      #expect(kept.contains(hash), "\(words)")
    }
  }

  @Test("a long answer goes through the pager that the environment names, and whole")
  func longAnswersAreReadInPagers() throws {
    let piped = try assay.run("facts", "--all").output
    let store = ["PAGER": "cat >paged; echo left"]
    let shown = try show(["facts", "--all"], columns: 1000, lines: 24, store)
    #expect(shown.text == "left\n" && shown.status == 0)
    let paged = try String(contentsOfFile: assay.folder + "/paged", encoding: .utf8)
    #expect(paged.contains("\u{1B}[1m"))
    #expect(paged.replacing(/\u{1B}\[[0-9;]*m/, with: "") == piped)
    let own = try show(
      ["bs"],
      lines: 24,
      store.merging(["ASSAY_PAGER": "wc -l", "LESS": "R"]) { $1 }
    )
    #expect(own.text.filter(\.isNumber) == "71")
    // What fits has none, and neither has a user who wants none.
    #expect(try show(["bs"], lines: 72, store).text.contains("71,607"))
    // A terminal that tells no size is one of a program, which presses no key.
    #expect(try show(["bs"], lines: 0, store).plain == (try assay.run("bs").output))
    let none: [(words: [String], environment: [String: String])] = [
      (["bs", "--no-pager"], store), (["bs"], ["PAGER": ""]), (["bs"], ["PAGER": "cat"]),
      (["bs"], ["ASSAY_PAGER": "", "PAGER": "wc -l"]),
    ]
    for (words, environment) in none {
      let shown = try show(words, lines: 24, environment)
      #expect(shown.plain == (try assay.run("bs").output))
    }
  }

  @Test("a line of the log is seen in less, which is given its options")
  func lessIsThePager() throws {
    let environment = ["ASSAY_PAGER": #"printf %s "$LESS""#]
    #expect(try show(["log"], lines: 24, environment).text.hasPrefix("FRX"))
    let own = try show(["log"], lines: 24, environment.merging(["LESS": "S"]) { $1 })
    #expect(own.text.hasPrefix("S"))
    guard try assay.shell("command -v less").status == 0 else { return }
    let seen = try show(["log"], lines: 24, keys: "q", ["PAGER": "less", "LESS": "FRX"])
    // Ctrl-C is for the pager.
    let interrupted = try show(["log"], lines: 24, keys: "\u{03}q", ["PAGER": "less"])
    #expect(interrupted.status == 0)
    #expect(seen.status == 0 && seen.text.contains("events by assay"))
    #expect(!seen.text.contains("8-K EX-99.1 of cik:0000719413, published 2006-02-14"))
  }

  @Test(
    "a pager that does not start, or reads nothing, costs no answer",
    arguments: ["nonexistent", "false", "/", "exit 3", "'"]
  )
  func answersAreNeverLost(pager: String) throws {
    for words in [["bs"], ["facts", "--all"]] {
      let shown = try show(words, columns: 1000, lines: 24, ["PAGER": pager])
      #expect(shown.plain.hasSuffix(try assay.run(words).output) && shown.status == 0)
    }
  }

  @Test("who leaves the pager early ends the answer; the status is that of the command")
  func leavingEarlyIsNoError() throws {
    for words in [["log"], ["facts", "--all"], ["bs"], ["check", "-v"]] {
      let shown = try show(words, lines: 24, ["PAGER": "head -n 2"])
      let status = try assay.run(words).status
      #expect(shown.text.lines.count == 2 && shown.status == status, "\(words): \(shown)")
    }
    // An exception among the ties ends with status 1.
    try assay.write(
      #"""
      {"type":"check","check":"wrong/assets","entity":"cik:0000719413","kind":"foot","title":"Wrong",\#
      "total":{"concept":"us-gaap:Assets"},"items":[{"concept":"us-gaap:AssetsCurrent"}]}
      """#,
      to: "wrong.jsonl"
    )
    #expect(try assay.run("append", "wrong.jsonl").status == 0)
    let shown = try show(["check", "-v"], lines: 24, ["PAGER": "head -n 2"])
    #expect(shown.text.lines.count == 2 && shown.status == 1)
    let exception = try show(["check", "wrong/"])
    #expect(exception.text.contains("\u{1B}[1;31m! wrong/assets") && exception.status == 1)
  }

  @Test("every figure, day and name is whole at every width", arguments: [40, 80, 120, 200])
  func noFigureIsLost(columns: Int) throws {
    for words in Self.answers {
      let piped = try assay.run(words).output
      let shown = try show(words, columns: columns, lines: 10_000, ["NO_COLOR": "1"]).text
      func counts(_ text: String) -> [Substring: Int] {
        let words = text.split(whereSeparator: \.isWhitespace)
          .filter { !$0.allSatisfy { $0 == "-" } }
        return Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
      }
      #expect(counts(shown) == counts(piped), "\(words)")
    }
    let facts = try show(["facts", "Assets", "--all"], columns: columns, ["NO_COLOR": "1"]).text
    let table = facts.components(separatedBy: "latest published")[0]
    #expect(table.lines.allSatisfy { $0.count <= columns }, "\(table)")
  }

  @Test("a table in bands is what the manual shows")
  func manualShowsBands() throws {
    let path = Package.folder.path() + "Sources/Manual/pages/terminals.md"
    let page = try String(contentsOfFile: path, encoding: .utf8)
    let shown = try show(["facts", "us-gaap:Assets"], columns: 80).plain
    let blocks = Transcript.blocks("text", in: page)
    #expect(blocks.count == 1 && shown.hasPrefix(blocks[0].joined(separator: "\n")))
  }

  @Test("$COLUMNS comes before the size of the terminal")
  func columnsOfTheEnvironmentCount() throws {
    let words = ["facts", "Assets", "--all", "--color", "never"]
    let narrow = try show(words, columns: 80).text
    #expect(narrow != (try assay.run(words).output))
    #expect(try show(words, columns: 200, ["COLUMNS": "80"]).text == narrow)
    #expect(try show(words, columns: 80, ["COLUMNS": "x"]).text == narrow)
    #expect(
      try assay.shell("COLUMNS=40 assay facts Assets --all").output == assay.run(words).output
    )
  }
}
