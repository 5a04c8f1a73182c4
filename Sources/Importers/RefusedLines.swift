public import Facts

/// Event lines that were refused: nothing of their file is used.
public struct RefusedLines: Error, Hashable, Sendable {
  /// The first refusals, in the order of the lines, at most ``refusalCountMax``; never empty.
  public var refusals: [InvalidEvent]

  /// How many lines were refused.
  public var lineCount: Int

  /// How many refusals are kept: enough to see the mistakes of a file at once.
  public static let refusalCountMax = 20

  /// The refusal of `lineCount` lines, of which these are the first.
  public init(refusals: [InvalidEvent], lineCount: Int) {
    self.refusals = refusals
    self.lineCount = lineCount
  }
}

extension RefusedLines: CustomStringConvertible {
  /// One line for each refusal, and the number of those left out.
  public var description: String {
    let rest = lineCount - refusals.count
    let lines = refusals.map(\.description) + (rest > 0 ? ["and \(rest) more lines"] : [])
    return lines.joined(separator: "\n")
  }
}
