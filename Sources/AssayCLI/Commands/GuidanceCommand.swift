import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay guidance`.
struct GuidanceCommand: AnswerCommand {
  static let configuration = CommandConfiguration(manual: "guidance")

  @Argument(help: "Words that name the forecasts. Default: all.")
  var words: [String] = []

  @OptionGroup var options: FactOptions

  var times: Times { options.times.times }

  func run() throws { try options.write(self) }

  func paper(in view: borrowing Ledger.View) throws -> any ReceiptedPaper {
    let answer = try view.guidance(options.request(words))
    let words = options.words(after: ["guidance"] + words)
    return try receipted(GuidanceReport(answer), words, of: options.entity, in: view)
  }
}
