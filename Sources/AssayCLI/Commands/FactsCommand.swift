import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay facts`.
struct FactsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "facts")

  @Argument(help: "Words that name facts. Default: all.")
  var pattern: [String] = []

  @Flag(help: "Every claim with its status, not only those that hold.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "A unique part of the entity's name or identifier. Default: every entity.",
      valueName: "entity"
    )
  )
  var entity: String?

  @Option(
    help: ArgumentHelp(
      "Only facts whose period ends on this day, or with a period such as FY2019. Default: any.",
      valueName: "date"
    )
  )
  var asOf: AsOfArgument?

  @OptionGroup var times: TimeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let request = Ledger.FactsRequest(
      entity: entity,
      words: pattern,
      asOf: asOf?.label,
      isAll: all
    )
    let ledger = try ledger.open()
    try output.write { write in
      try withoutActuallyEscaping(write) { write in
        var report = ClaimReport(output.format(), sink: write)
        let latest = try ledger.read(at: times.times) { view in
          try view.forEachClaim(request) { try report.append($0) }
        }
        try report.finish(latestPublished: latest)
      }
    }
  }
}
