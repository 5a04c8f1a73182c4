import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay guidance`.
struct GuidanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "guidance")

  @Argument(help: "Words that name the forecasts. Default: all.")
  var words: [String] = []

  @OptionGroup var options: FactOptions

  func run() throws {
    let answer = try options.ask { try $0.guidance(options.request(words)) }
    try options.output.write(GuidanceReport(answer))
  }
}
