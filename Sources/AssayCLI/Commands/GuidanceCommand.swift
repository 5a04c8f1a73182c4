import ArgumentParser
import Facts
import Ledger
import Projections
import Reports

/// The command `assay guidance`.
struct GuidanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guidance",
    abstract: "Line up what was forecast, and when, with what was later reported.",
    discussion: """
      Words narrow the facts: part of a concept, a period (FY2004), part of a dimension \
      (metal=gold). A bound is met when the actual figure lies beyond it, a range when it lies \
      within, a point when it agrees within rounding; "undecided" is an actual figure rounded too \
      coarsely to tell. The difference is actual less forecast.
      """
  )

  @Argument(help: "Words that name the forecasts. Default: all.")
  var words: [String] = []

  @OptionGroup var options: FactOptions

  func run() throws {
    let answer = try options.ledger.open().guidance(options.request(words))
    let output = options.output
    try output.write(GuidanceReport(answer).rendered(as: output.format()))
  }
}
