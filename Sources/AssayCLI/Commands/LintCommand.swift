import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay lint`.
struct LintCommand: AnswerCommand {
  static let configuration = CommandConfiguration(manual: "lint")

  @Argument(
    help: "A unique part of the entity's name or identifier. Default: the only one."
  )
  var entity: String?

  @Flag(help: "List the concepts that statements and checks name and nothing defines.")
  var definitions = false

  @Flag(
    name: .customLong("non-gaap"),
    help:
      "Show whether measures outside of accounting standards are still reported, and defined as before."
  )
  var nonGAAP = false

  @OptionGroup var moment: TimeOptions
  @OptionGroup var receipt: ReceiptOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  var times: Times { moment.times }

  func validate() throws {
    guard !definitions || !nonGAAP else {
      throw ValidationError("--definitions and --non-gaap are two questions: ask one of them")
    }
  }

  func run() throws {
    let (paper, isClean) = try ledger.open().read(at: times) { try answer(in: $0) }
    try output.write(paper, receipt)
    if !isClean { throw ExitCode.failure }
  }

  func paper(in view: borrowing Ledger.View) throws -> any ReceiptedPaper {
    try answer(in: view).paper
  }

  private func answer(
    in view: borrowing Ledger.View
  ) throws -> (paper: ReceiptedAnswer, isClean: Bool) {
    let words = moment.words(
      after: (["lint"] + (entity.map { [$0] } ?? [])).with("definitions", definitions)
        .with("non-gaap", nonGAAP)
    )
    if nonGAAP {
      let measures = try view.nonGAAPContinuity(entity: entity)
      return (
        try receipted(ContinuityReport(measures), words, of: entity, in: view),
        measures.allSatisfy(\.isContinuous)
      )
    }
    if definitions {
      let unknown = try view.unknownConcepts(entity: entity)
      return (
        try receipted(DefinitionReport(unknown), words, of: entity, in: view), unknown.isEmpty
      )
    }
    let findings = try view.lint(entity: entity)
    return (
      try receipted(LintReport(findings), words, of: entity, in: view),
      !findings.contains(where: \.isSlip)
    )
  }
}
