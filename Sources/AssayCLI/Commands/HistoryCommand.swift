import ArgumentParser
import Ledger
import Reports

/// The command `assay history`.
struct HistoryCommand: AnswerCommand {
  static let configuration = CommandConfiguration(manual: "history", aliases: ["blame"])

  @Argument(help: "Words that name the fact.")
  var fact: [String]

  @Flag(help: "A row for each period, a column for each filing that reports it.")
  var triangle = false

  @OptionGroup var options: FactOptions

  var times: Times { options.times.times }

  func run() throws { try options.write(self) }

  func paper(in view: borrowing Ledger.View) throws -> any ReceiptedPaper {
    let histories = try view.history(options.request(fact))
    let words = options.words(after: (["history"] + fact).with("triangle", triangle))
    return triangle
      ? try receipted(TriangleReport(histories), words, of: options.entity, in: view)
      : try receipted(HistoryReport(histories), words, of: options.entity, in: view)
  }
}
