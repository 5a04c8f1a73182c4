import ArgumentParser
import Facts
import Ledger
import Reports

/// What all statement commands understand.
struct StatementOptions: ParsableArguments {
  @OptionGroup var subject: SubjectOptions

  @Option(
    help: ArgumentHelp(
      "The reporting date, or a period such as 2004Q3. Default: the newest for which the statement is known.",
      valueName: "date"
    )
  )
  var asOf: AsOfArgument?

  @Option(
    help: ArgumentHelp(
      "Only the lines of this operating unit: a unique part of its name.",
      valueName: "name"
    )
  )
  var unit: String?

  @Option(
    help: ArgumentHelp(
      "The layout: general, or filed: as the newest filing that covers the date prints it. "
        + "Default: filed where there is one.",
      valueName: "layout"
    )
  )
  var layout: StatementRequest.Layout?

  @Option(
    help: ArgumentHelp(
      "The currency, as JPY. Default: the one in which the entity reports most of the statement.",
      valueName: "unit"
    )
  )
  var currency: String?

  @Option(
    help: ArgumentHelp(
      "Compare with what was known then: then, now, change and filing of each line.",
      valueName: "date-or-time"
    )
  )
  var vs: PublishedTime?

  @Flag(help: "With --vs: only the lines that changed.")
  var changes = false

  @Flag(
    help:
      "A lead sheet: this period, the prior one as it was reported then and as it is known now, the change."
  )
  var leadSheet = false

  @Option(
    help: ArgumentHelp(
      "Columns about this stretch of time: \(StatementRequest.Span.allNames). "
        + "Figures that nobody reported for it are derived from other periods.",
      valueName: "span"
    )
  )
  var span: StatementRequest.Span?

  @Option(
    help: ArgumentHelp(
      "With --span: how many in a row. Default: the span and the same a year before.",
      valueName: "count"
    )
  )
  var columns: Int?

  @Flag(name: [.customShort("Q"), .long], help: "The same as --span quarter.")
  var quarterly = false

  @Flag(name: [.customShort("Y"), .long], help: "The same as --span year.")
  var yearly = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "With --span: as many columns as reach back to this date.",
      valueName: "date"
    )
  )
  var begin: AsOfArgument?

  @Option(name: .shortAndLong, help: ArgumentHelp("The same as --as-of.", valueName: "date"))
  var end: AsOfArgument?

  @OptionGroup var times: TimeOptions
  @OptionGroup var receipt: ReceiptOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  /// The question, without whose statement of which day it is.
  private var question: StatementQuestion {
    var question = StatementQuestion()
    question.operatingUnit = unit
    question.layout = layout
    question.currency = currency
    question.span = chosenSpan
    question.columnCount = columns
    question.knownAt = times.knownAt
    question.recordedAt = times.recordedAt?.text
    return question
  }

  func request(_ statement: String, in view: borrowing Ledger.View) throws -> StatementRequest {
    try asked(statement, in: view).request
  }

  /// The question, and what is asked of a view for it.
  private func asked(
    _ statement: String,
    in view: borrowing Ledger.View
  ) throws -> (question: StatementQuestion, request: StatementRequest) {
    var question = question
    let asOf = try (asOf ?? end)?.date(of: subject.entity, in: view)
    if let begin {
      question.columnCount = try columnCount(
        of: question,
        statement,
        from: begin.date(of: subject.entity, in: view),
        to: asOf,
        in: view
      )
    }
    return (question, question.request(statement, entity: subject.entity, asOf: asOf))
  }

  private var chosenSpan: StatementRequest.Span? {
    span ?? (quarterly ? .quarter : yearly ? .year : nil)
  }

  /// How many columns end on a day or later: as many as are asked for, and then looked at.
  private func columnCount(
    of question: StatementQuestion,
    _ statement: String,
    from first: CivilDate,
    to asOf: CivilDate?,
    in view: borrowing Ledger.View
  ) throws -> Int {
    var question = question
    question.columnCount = Self.columnCountMax
    let request = question.request(statement, entity: subject.entity, asOf: asOf)
    let ends = Set(try view.statement(request).columns.map(\.period.end))
    let count = ends.count { $0 >= first }
    guard count > 0 else {
      throw ValidationError("--begin \(first) is after the end of the last column")
    }
    guard count < Self.columnCountMax || ends.contains(where: { $0 < first }) else {
      throw ValidationError(
        "from \(first) on there are more than \(Self.columnCountMax) columns: begin later"
      )
    }
    return count
  }

  private static let columnCountMax = 40

  func validate() throws {
    guard [span != nil, quarterly, yearly].count(where: { $0 }) <= 1 else {
      throw ValidationError("-Q, -Y and --span each choose the columns: give one of them")
    }
    guard asOf == nil || end == nil else {
      throw ValidationError("--end is the same as --as-of: give one of them")
    }
    guard begin == nil || (columns == nil && chosenSpan != nil) else {
      throw ValidationError(
        "--begin counts the columns of a span: give -Q, -Y or --span, and no --columns"
      )
    }
    guard !changes || vs != nil else {
      throw ValidationError("--changes compares two moments: give --vs, too")
    }
    guard !leadSheet || vs == nil else {
      throw ValidationError("--lead-sheet compares with what was known before: leave --vs out")
    }
    guard let columns else { return }
    guard chosenSpan != nil else {
      throw ValidationError("--columns counts the columns of a span: give --span, too")
    }
    guard 1...Self.columnCountMax ~= columns else {
      throw ValidationError("--columns \(columns) is out of range: give 1 to 40")
    }
  }

  func run(_ statement: String) throws {
    try output.write(
      ledger.open().read(at: times.times) { try paper(statement, in: $0) },
      receipt
    )
  }

  /// The statement, or with --vs the comparison, with its receipt.
  func paper(_ statement: String, in view: borrowing Ledger.View) throws -> any ReceiptedPaper {
    let (question, request) = try asked(statement, in: view)
    if leadSheet {
      let sheet = try view.leadSheet(request)
      let now = sheet.comparison.now
      return ReceiptedAnswer(
        LeadSheetReport(sheet, evidence: try StatementEvidence(of: now, in: view)),
        query: ShellWords.joined(question.words(of: now).with("lead-sheet", true)),
        head: view.head,
        root: try view.root
      )
    }
    guard let vs else {
      let answer = try view.statement(request)
      var report = question.report(answer)
      if output.format() == .xlsx { report.evidence = try StatementEvidence(of: answer, in: view) }
      return report
    }
    let comparison = try view.comparison(request, with: vs)
    let words = question.words(of: comparison.now).with("vs", vs).with("changes", changes)
    return ReceiptedAnswer(
      ComparisonReport(comparison, listsChangesOnly: changes),
      query: ShellWords.joined(words),
      head: view.head,
      root: try view.root
    )
  }

  /// Writes a filled statement with its receipt.
  func write(_ answer: StatementAnswer) throws {
    try output.write(report(answer), receipt)
  }

  /// A filled statement with its receipt.
  private func report(_ answer: StatementAnswer) -> StatementReport { question.report(answer) }
}

extension StatementRequest.Span {
  fileprivate static var allNames: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

/// The command `assay statement NAME`.
struct StatementCommand: AnswerCommand {
  static let configuration = CommandConfiguration(manual: "statement")

  @Argument(help: "Its name: balance-sheet, operations, cash-flow, highlights, …")
  var name: String?

  @Flag(help: "List the statements and the tables of notes that can be printed.")
  var list = false

  @OptionGroup var options: StatementOptions

  var times: Times { options.times.times }

  func validate() throws {
    guard (name == nil) == list else {
      throw ValidationError("give the name of a statement, or --list to see which there are")
    }
  }

  func run() throws {
    if let name { return try options.run(name) }
    let names = try options.ledger.open().read(at: options.times.times) { view in
      try view.statementNames(entity: options.subject.entity)
    }
    try options.output.write(StatementNamesReport(names))
  }

  func paper(in view: borrowing Ledger.View) throws -> any ReceiptedPaper {
    guard let name else {
      throw ValidationError("a list of statements has no receipt: ask for one of them")
    }
    return try options.paper(name, in: view)
  }
}

/// The command `assay bs`.
struct BalanceSheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "bs")

  @OptionGroup var options: StatementOptions

  func run() throws { try options.run("balance-sheet") }
}

/// The command `assay is`.
struct OperationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "is")

  @OptionGroup var options: StatementOptions

  func run() throws { try options.run("operations") }
}

/// The command `assay cf`.
struct CashFlowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "cf")

  @OptionGroup var options: StatementOptions

  func run() throws { try options.run("cash-flow") }
}

/// The command `assay units`.
struct UnitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "units")

  @OptionGroup var options: StatementOptions

  func run() throws { try options.run("production") }
}

/// The command `assay hedges`.
struct HedgesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "hedges")

  @OptionGroup var options: StatementOptions

  func run() throws { try options.run("hedges") }
}
