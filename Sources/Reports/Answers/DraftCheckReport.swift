import Facts
public import Ledger

/// Which checks the figures of a document fail before they are recorded.
public struct DraftCheckReport: Sendable {
  private let answer: CheckAnswer?
  private let isVerbose: Bool

  /// A report of the results for one document.
  ///
  /// - Parameters:
  ///   - answer: The results; `nil` where no checks are defined.
  ///   - isVerbose: Whether every result is printed; only the exceptions otherwise.
  public init(_ answer: CheckAnswer?, isVerbose: Bool) {
    self.answer = answer
    self.isVerbose = isVerbose
  }

  /// The report in plain text.
  public var text: String {
    guard let answer else { return "no checks are defined\n" }
    let report = CheckReport(answer, isVerbose: isVerbose)
    if isVerbose { return report.rendered(as: .text) + "\n" }
    var text = ""
    for result in answer.results where result.status == .exception {
      let unit = result.total.operand.unit
      text +=
        "! \(result.check.check)  \(result.period)  residual \(result.residual ?? "") \(unit)\n"
    }
    return text + "over this document alone: \(report.summary)\n"
  }
}
