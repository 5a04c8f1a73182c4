import Facts
import Ledger

extension Binder {
  private func statementQuestion(_ view: borrowing Ledger.View) -> StatementQuestion {
    var statement = StatementQuestion()
    statement.knownAt = question.knownAt
    statement.recordedAt = "\(view.head)"
    return statement
  }

  private static let entityOption = "--" + "entity"
  private static let asOfOption = "--" + "as-of"

  /// The statements that every company has, in the order of its report.
  private static let mainStatements = ["balance-sheet", "operations", "cash-flow"]

  /// Every statement that has figures for the date, as printed.
  mutating func addStatements(_ view: borrowing Ledger.View) throws {
    let asking = statementQuestion(view)
    let names = try view.statementNames(entity: question.entity).filter(\.isDefined)
    let main = Self.mainStatements.compactMap { main in names.first { $0.name == main } }
    for name in main + names.filter({ !Self.mainStatements.contains($0.name) }) {
      let request = asking.request(name.name, entity: question.entity, asOf: question.asOf)
      try attempt(name.title, view, request) { binder, answer in
        guard answer.asOf == binder.question.asOf else {
          binder.omissions.append((name.title, "its latest date is \(answer.asOf)"))
          return
        }
        let path = "statements/\(name.name)"
        var report = asking.report(answer)
        report.evidence = try StatementEvidence(of: answer, in: view, known: &binder.ties)
        try binder.add(
          report,
          path,
          answer.definition.title,
          "as printed",
          as: [.html, .csv, .xlsx]
        )
        binder.figures += BinderFigure.figures(of: answer, on: "\(path).html")
      }
    }
  }

  private mutating func attempt(
    _ name: String,
    _ view: borrowing Ledger.View,
    _ request: StatementRequest,
    _ body: (inout Binder, StatementAnswer) throws -> Void
  ) throws {
    let answer: StatementAnswer
    do {
      answer = try view.statement(request)
    } catch let error as LedgerError where error.isRefusalToAnswer {
      omissions.append((name, error.message))
      return
    }
    try body(&self, answer)
  }

  /// Lead sheets of the three statements: this period beside the prior one, as it was reported then and as it is known
  /// now.
  mutating func addLeadSheets(_ view: borrowing Ledger.View) throws {
    let asking = statementQuestion(view)
    for name in Self.mainStatements {
      let request = asking.request(name, entity: question.entity, asOf: question.asOf)
      guard let found = try? view.leadSheet(request) else { continue }
      let now = found.comparison.now
      let report = LeadSheetReport(
        found,
        evidence: try StatementEvidence(of: now, in: view, known: &ties)
      )
      let words = asking.words(of: now) + ["--" + "lead-sheet"]
      try add(
        ReceiptedAnswer(
          report,
          query: ShellWords.joined(words),
          head: view.head,
          root: try view.root
        ),
        "lead-sheets/\(name)",
        "\(now.definition.title): lead sheet",
        "this period, the prior one as then reported and as known now, the change, marks and references",
        as: [.html, .xlsx, .csv]
      )
    }
  }

  /// Statements over stretches of time, over eight quarters, as figures and as drawings.
  mutating func addQuarters(_ view: borrowing Ledger.View) throws {
    var asking = statementQuestion(view)
    (asking.span, asking.columnCount) = (.quarter, 8)
    for name in try view.statementNames(entity: question.entity) where name.isDefined {
      let request = asking.request(name.name, entity: question.entity, asOf: question.asOf)
      guard let answer = try? view.statement(request), answer.columns.count > 1,
        answer.asOf == question.asOf, answer.definition.layout != .list
      else { continue }
      let report = asking.report(answer)
      try add(
        report,
        "quarters/\(name.name)",
        "\(answer.definition.title): roll-forward",
        answer.columns.allSatisfy { $0.period.start == nil }
          ? "\(counted(answer.columns.count, "end of a quarter", "ends of quarters")), as reported"
          : "\(counted(answer.columns.count, "quarter", "quarters")), reported or derived",
        as: report.charts.isEmpty ? [.html] : [.html, .svg]
      )
    }
  }

  /// What ties, and what does not.
  mutating func addTies(_ view: borrowing Ledger.View) throws {
    let words = [
      "check", Self.entityOption, question.entity, Self.asOfOption, question.asOf.description,
    ]
    try attempt("Ties") { binder in
      let answer = try view.checks(nil, entity: binder.question.entity, asOf: binder.question.asOf)
      try binder.add(
        binder.receipted(
          CheckReport(answer, isVerbose: true),
          words + ["--" + "verbose"],
          view
        ),
        "ties/all",
        "Ties",
        CheckReport(answer, isVerbose: true).summary,
        as: [.html, .csv]
      )
      try binder.add(
        binder.receipted(CheckReport(answer, isVerbose: false), words, view),
        "ties/exceptions",
        "Exceptions",
        "what does not tie, with its operands and the places where they are printed",
        as: [.text]
      )
    }
  }

  /// What was restated, forecast and likely wrong.
  mutating func addChanges(_ view: borrowing Ledger.View) throws {
    let request = Ledger.FactsRequest(entity: question.entity, words: [], isAll: true)
    let option = [Self.entityOption, question.entity]
    try attempt("Restatements") { binder in
      let changes = try view.restatements(request)
      try binder.add(
        binder.receipted(RestatementsReport(changes), ["restatements"] + option, view),
        "changes/restatements",
        "Restatements",
        "\(counted(changes.count, "step", "steps")) by which a later filing changed a figure beyond rounding",
        as: [.html, .csv]
      )
    }
    try attempt("Guidance") { binder in
      let answer = try view.guidance(request)
      guard !answer.entries.isEmpty else { return }
      try binder.add(
        binder.receipted(GuidanceReport(answer), ["guidance"] + option, view),
        "changes/guidance",
        "Guidance",
        "what was forecast, and what came of it",
        as: [.html, .csv, .svg]
      )
    }
    try attempt("Non-GAAP measures") { binder in
      let measures = try view.nonGAAPContinuity(entity: binder.question.entity)
      try binder.add(
        binder.receipted(
          ContinuityReport(measures),
          ["lint", binder.question.entity, "--" + "non-gaap"],
          view
        ),
        "changes/non-gaap",
        "Non-GAAP measures",
        "whether each is still reported, and defined and calculated as before",
        as: [.html, .csv]
      )
    }
    try attempt("Slips") { binder in
      let findings = try view.lint(entity: binder.question.entity)
      try binder.add(
        binder.receipted(LintReport(findings), ["lint", binder.question.entity], view),
        "changes/slips",
        "Slips",
        "restatements that look like slips of the filer"
      )
    }
  }
}

extension StatementName {
  /// Whether a definition of the ledger lays it out, so that it can be asked for by its name on every date.
  fileprivate var isDefined: Bool { filing == nil }
}
