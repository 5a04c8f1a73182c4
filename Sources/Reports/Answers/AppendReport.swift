public import Ledger

/// What became of an append.
public struct AppendReport: Sendable {
  private let result: Ledger.AppendResult
  private let root: String?
  private let isDryRun: Bool

  /// A report of `result`.
  ///
  /// - Parameters:
  ///   - result: What the append came to.
  ///   - root: The root of the ledger afterwards, in hexadecimal; `nil` if nothing was written.
  ///   - isDryRun: Whether everything was checked and nothing was meant to be written.
  public init(_ result: Ledger.AppendResult, root: String?, isDryRun: Bool) {
    self.result = result
    self.root = root
    self.isDryRun = isDryRun
  }

  /// The report in plain text.
  public var text: String {
    switch result {
    case .appended(let first, let head, let skipped):
      let verb = isDryRun ? "would append" : "appended"
      let rest = skipped > 0 ? ", \(skipped) recorded before" : ""
      return
        "\(verb) \(counted(Int(head - first), "event", "events"))\(rest): head \(first) -> \(head)\n"
        + (root.map { "root \($0)\n" } ?? "")
    case .nothingNew(let head, let skipped):
      let all =
        skipped == 1 ? "the event was" : "all \(skipped) events were"
      return "nothing new: \(all) recorded before; head \(head)\n"
    case .conflict(let head):
      return "nothing written: the ledger holds \(head) events, not as many as expected\n"
    }
  }
}
