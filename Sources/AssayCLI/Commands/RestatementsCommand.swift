import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay restatements`.
struct RestatementsCommand: AnswerCommand {
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

  var times: Times { options.times.times }

  func run() throws { try options.write(self) }

  func paper(in view: borrowing Ledger.View) throws -> any ReceiptedPaper {
    let request = options.request(concept.map { [$0] } ?? [])
    let changes = try view.restatements(request, since: since, basisPoints: basisPoints)
    let words = ["restatements"].with("since", since).with("concept", concept)
      .with("min", minimum)
    return try receipted(
      RestatementsReport(changes),
      options.words(after: words),
      of: options.entity,
      in: view
    )
  }
}
