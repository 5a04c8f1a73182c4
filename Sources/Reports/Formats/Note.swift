public import JSON

/// What an answer says beside its rows: a count, the latest filing, what is uncertain.
public struct Note: Sendable {
  /// The line for people; `nil` if only programs need it.
  public var line: String?

  /// The member of the JSON object; `nil` if only people need it.
  public var member: (key: String, value: JSONValue)?

  /// A line for people.
  public init(_ line: String) { self.line = line }

  /// A member for programs, with a line for people or without.
  public init(_ key: String, _ value: JSONValue, line: String? = nil) {
    self.member = (key, value)
    self.line = line
  }
}
