public import Facts
import JSON

/// The definitions of a company that were drafted from its document, for review.
public struct DraftedProfile: Sendable {
  /// Entity, concepts, statements, checks and profile, in the order in which they are appended.
  public let events: [Event]

  /// What a person should look at before the definitions are appended.
  public let doubts: [String]

  /// What was drafted, in a few words.
  public let summary: [String]

  /// The events as a JSON array over several lines, which `append` takes: each on a line of its own, and each
  /// line of a statement.
  public var array: String {
    "[\n" + events.map { Self.text(of: $0) }.joined(separator: ",\n") + "\n]\n"
  }

  /// The events, one on each line.
  public var lines: String {
    events.map { String(decoding: $0.canonicalLine, as: UTF8.self) + "\n" }.joined()
  }

  private static func text(of event: Event) -> String {
    let line = String(decoding: event.canonicalLine, as: UTF8.self)
    let key = "\"lines\":["
    guard case .statement = event, let lines = line.firstRange(of: key) else { return "  " + line }
    return "  \(line[..<lines.upperBound])\n    "
      + line[lines.upperBound...].replacing("},{", with: "},\n    {")
  }
}
