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
      "Only facts whose period ends on this day, or with a period such as FY2019. Default: any.",
      valueName: "date"
    )
  )
  var asOf: AsOfArgument?

  @OptionGroup var options: FactOptions

  func run() throws {
    let request = options.request(pattern, asOf: asOf?.label, isAll: all)
    let ledger = try options.ledger.open()
    try options.output.write { write in
      try withoutActuallyEscaping(write) { write in
        var report = ClaimReport(options.output.format(), sink: write)
        let latest = try ledger.read(at: options.times.times) { view in
          try view.forEachClaim(request) { try report.append($0) }
        }
        try report.finish(latestPublished: latest)
      }
    }
  }
}
