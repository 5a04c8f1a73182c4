public import JSON

/// What an answer says beside its rows: a count, the latest filing, what is uncertain.
public struct Note: Sendable {
  /// The line for people; `nil` if only programs need it.
  public var line: String?

  /// The member of the JSON object; `nil` if only people need it.
  public var member: (key: String, value: JSONValue)?

  /// A name with its text for people, among others that stand one below the other; `nil` for none.
  public var item: (name: String, text: String)?

  /// A line for people.
  public init(_ line: String) { self.line = line }

  /// A member for programs, with a line for people or without.
  public init(_ key: String, _ value: JSONValue, line: String? = nil) {
    self.member = (key, value)
    self.line = line
  }

  /// A name with its text for people, and a member for programs if there is one.
  public init(item: (name: String, text: String), _ member: (key: String, value: JSONValue)? = nil)
  {
    self.item = item
    self.member = member
  }
}
