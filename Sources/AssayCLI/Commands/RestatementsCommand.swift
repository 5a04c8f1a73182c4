import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay restatements`.
struct RestatementsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "restatements")

  @Option(
    help: ArgumentHelp("Only restated by filings published then or later.", valueName: "date")
  )
  var since: PublishedTime?

  @Option(help: .onlyFacts)
  var concept: String?

  @Option(
    name: .customLong("min"),
    help: ArgumentHelp("Only changes of at least so many percent.", valueName: "percent")
  )
  var minimum: String?

  @OptionGroup var options: FactOptions

  func validate() throws { _ = try basisPoints }

  private var basisPoints: Int {
    get throws {
      guard let minimum else { return 0 }
      guard let amount = try? Amount(minimum), amount.mantissa >= 0 else {
        throw ValidationError("--min is \"\(minimum)\": give a percentage such as 5 or 0.5")
      }
      return Int(amount.scaledDigits(scale: -2, places: 0).whole) ?? .max
    }
  }

  func run() throws {
    let request = options.request(concept.map { [$0] } ?? [])
    let basisPoints = try basisPoints
    let changes = try options.ask { view in
      try view.restatements(request, since: since, basisPoints: basisPoints)
    }
    try options.output.write(RestatementsReport(changes))
  }
}
