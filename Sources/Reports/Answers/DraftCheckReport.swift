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
    if isVerbose { return TextFormat.text(of: report) + "\n" }
    var text = ""
    for result in answer.results where result.status == .exception {
      let unit = result.total.operand.unit
      text +=
        "! \(result.check.check)  \(result.period)  residual \(result.residual ?? "") \(unit)\n"
    }
    return text + Self.summary(of: answer)
  }

  /// How the figures tie to each other, and how many were only compared with their own text.
  private static func summary(of answer: CheckAnswer) -> String {
    let vouched = answer.results.filter { $0.check.kind == .vouch }
    let ties = answer.results.filter { $0.check.kind != .vouch }
    var counts: [CheckStatus: Int] = [:]
    for tie in ties { counts[tie.status, default: 0] += 1 }
    var text = "over this document alone: "
    text +=
      ties.isEmpty
      ? "no sum and no other statement ties these figures\n"
      : "\(CheckReport.summary(counts, of: ties.count))\n"
    let agreeing = vouched.count { $0.status != .exception }
    if !vouched.isEmpty {
      text += "read again from the printed text: "
      text += "\(agreeing) of \(counted(vouched.count, "figure", "figures"))\n"
    }
    return text
  }
}
