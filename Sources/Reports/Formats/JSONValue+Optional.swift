import JSON

extension JSONValue {
  /// The text, or `null`.
  static func of(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}
