import ArgumentParser
import Facts
import Ledger
import Projections
import Reports

/// The command `assay lint`.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Look through a company's restatements for slips of the filer.",
    discussion: """
      Finds, in what later filings said of earlier figures: errors of scale (a factor of 1,000 and \
      more), changed signs, figures that are those of another period, and sums that agreed before \
      a restatement and do not since. A finding is a question to the filer, not a verdict. Exit \
      status 1 if there is one.
      """
  )

  @Argument(
    help: "A unique part of the entity's name or identifier. Default: the only one."
  )
  var entity: String?

  @OptionGroup var times: TimeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let findings = try ledger.open().lint(entity: entity, times: times.times)
    try output.write(LintReport(findings).rendered(as: output.format()))
    if !findings.isEmpty { throw ExitCode.failure }
  }
}
