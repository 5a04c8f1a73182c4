import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay lint`.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "lint")

  @Argument(
    help: "A unique part of the entity's name or identifier. Default: the only one."
  )
  var entity: String?

  @Flag(help: "List the concepts that statements and checks name and nothing defines.")
  var definitions = false

  @OptionGroup var times: TimeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    if definitions {
      let unknown = try ledger.open().read(at: times.times) {
        try $0.unknownConcepts(entity: entity)
      }
      try output.write(DefinitionReport(unknown))
      if !unknown.isEmpty { throw ExitCode.failure }
      return
    }
    let findings = try ledger.open().read(at: times.times) { try $0.lint(entity: entity) }
    try output.write(LintReport(findings))
    if findings.contains(where: \.isSlip) { throw ExitCode.failure }
  }
}
