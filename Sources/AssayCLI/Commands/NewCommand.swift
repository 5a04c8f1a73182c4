import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay new`.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    manual: "new",
    subcommands: [QuarterCommand.self]
  )
}

/// The command `assay new quarter`.
struct QuarterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "new quarter")

  @OptionGroup var subject: SubjectOptions

  @Option(help: ArgumentHelp("The last day of the new quarter.", valueName: "date"))
  var asOf: AsOfArgument

  @Option(help: ArgumentHelp("The new filing's accession number, for each row.", valueName: "id"))
  var filing: String?

  @Option(
    help: ArgumentHelp("When it was published: a day or a time, UTC.", valueName: "date-or-time")
  )
  var published: PublishedTime?

  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let template = try ledger.open().read { view in
      let date = try asOf.date(of: subject.entity, in: view)
      return try view.template(entity: subject.entity, asOf: date)
    }
    var table = Reports.Table(
      title: "assay.new-quarter/1",
      columns: [
        .init("entity"), .init("label"), .init("concept"), .init("dimensions"), .init("period"),
        .init("unit"), .init("value", .right), .init("decimals", .right), .init("filing"),
        .init("published"), .init("prior value", .right), .init("prior period"),
        .init("prior filing"),
      ]
    )
    for row in template.rows {
      table.append([
        row.fact.entity, row.label ?? "", row.fact.concept, row.fact.dimensions.text,
        row.fact.period.description, row.fact.unit, "",
        row.prior.decimals.map { String($0) } ?? "", filing ?? "", published?.description ?? "",
        row.prior.value?.description ?? "nil", row.priorPeriod.description,
        template.filing.filing,
      ])
    }
    try output.write(table.rendered(as: output.format(default: .csv)))
    let rest = template.otherCount > 0 ? "; \(template.otherCount) of other periods left out" : ""
    Console.note(
      "\(template.rows.count) facts of \(template.filing.filing), which reports "
        + "\(template.reportingDate)\(rest)"
    )
  }
}
