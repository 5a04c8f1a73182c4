import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay check`.
struct CheckCommand: ParsableCommand {
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

  @OptionGroup var times: TimeOptions
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

  func run() throws {
    let limit = try limit
    let answer = try ledger.open().read(at: times.times) { view in
      let date = try asOf?.date(of: subject.entity, in: view)
      return try view.checks(
        name,
        entity: subject.entity,
        asOf: date,
        tolerance: limit,
        calculation: calculation
      )
    }
    let report = CheckReport(answer, isVerbose: verbose)
    try output.write(report)
    if answer.counts[.exception] != nil { throw ExitCode.failure }
  }
}
