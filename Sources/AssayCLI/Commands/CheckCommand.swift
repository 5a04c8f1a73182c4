import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay check`.
struct CheckCommand: AnswerCommand {
  static let configuration = CommandConfiguration(manual: "check")

  @Argument(help: "Part of the checks' names. Default: all.")
  var name: String?

  @OptionGroup var subject: SubjectOptions

  @Option(
    help: ArgumentHelp(
      "Only periods that end on this day, or with one such as 2004Q3. Default: all.",
      valueName: "date"
    )
  )
  var asOf: AsOfArgument?

  @Option(
    help: ArgumentHelp(
      "Call residuals up to this immaterial, in the unit of the figure.",
      valueName: "amount"
    )
  )
  var tolerance: String?

  @Option(
    help: ArgumentHelp(
      "When sums of calculation linkbases are tied out: with all items, or as in Calculations 1.1.",
      valueName: "rule"
    )
  )
  var calculation = CalculationRule.complete

  @Flag(name: .shortAndLong, help: "Tell what agrees and what is not checkable, too.")
  var verbose = false

  @OptionGroup var moment: TimeOptions
  @OptionGroup var receipt: ReceiptOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func validate() throws { _ = try limit }

  private var limit: Amount? {
    get throws {
      guard let tolerance else { return nil }
      guard let amount = try? Amount(tolerance), amount.mantissa >= 0 else {
        throw ValidationError("--tolerance is \"\(tolerance)\": give an amount such as 1000")
      }
      return amount
    }
  }

  var times: Times { moment.times }

  func run() throws {
    let (paper, hasException) = try ledger.open().read(at: times) { view in
      let answer = try answer(in: view)
      return (try self.paper(answer, in: view), answer.counts[.exception] != nil)
    }
    try output.write(paper, receipt)
    if hasException { throw ExitCode.failure }
  }

  func paper(in view: borrowing Ledger.View) throws -> any ReceiptedPaper {
    try paper(answer(in: view), in: view)
  }

  private func answer(in view: borrowing Ledger.View) throws -> CheckAnswer {
    try view.checks(
      name,
      entity: subject.entity,
      asOf: asOf?.date(of: subject.entity, in: view),
      tolerance: limit,
      calculation: calculation
    )
  }

  private func paper(
    _ answer: CheckAnswer,
    in view: borrowing Ledger.View
  ) throws -> ReceiptedAnswer {
    let words = (["check"] + (name.map { [$0] } ?? [])).with("entity", subject.entity)
      .with("as-of", asOf?.label).with("tolerance", tolerance)
      .with("calculation", calculation == .complete ? nil : calculation.rawValue)
      .with("verbose", verbose)
    return try receipted(
      CheckReport(answer, isVerbose: verbose),
      moment.words(after: words),
      of: subject.entity,
      in: view
    )
  }
}
