import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay new`.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    manual: "new",
    subcommands: [QuarterCommand.self, ProfileCommand.self]
  )
}

/// The command `assay new quarter`.
struct QuarterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "new quarter")

  @OptionGroup var subject: SubjectOptions

  @Option(help: ArgumentHelp("The last day of the new quarter, or its name.", valueName: "date"))
  var asOf: AsOfArgument

  @Option(help: ArgumentHelp("The new filing's accession number, for each row.", valueName: "id"))
  var filing: String?

  @Option(help: .published)
  var published: PublishedTime?

  @Flag(help: "Values in the scale in which the statements print them; a column tells it.")
  var asPrinted = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var overwriting: ForceOption
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let template = try ledger.open().read { view in
      let date = try asOf.date(of: subject.entity, in: view)
      return try view.template(entity: subject.entity, asOf: date)
    }
    let report = QuarterTemplateReport(
      template,
      filing: filing,
      published: published,
      isPrinted: asPrinted
    )
    let format = output.format(default: .csv)
    try format.requireCharts([])
    try output.write(replacing: overwriting.replacement) { try $0(report.bytes(as: format)) }
    Console.note(report.summary)
  }
}
