import JSON

extension FieldReader {
  /// A time with its distance from UTC; `nil` if the field is missing.
  mutating func zonedTime(_ field: String) throws(InvalidEvent) -> ZonedTime? {
    guard let text = try optionalText(field) else { return nil }
    guard let time = ZonedTime(text) else {
      throw refusal(
        of: field,
        "\"\(field)\" is \"\(text)\"",
        remedy: "write a time with its distance from UTC: 2004-11-04T08:00:30-05:00"
      )
    }
    return time
  }

  /// The documents of a list, each of another name; none if the field is missing.
  mutating func documents(_ field: String) throws(InvalidEvent) -> [Filing.Document] {
    let documents = try list(field, Filing.Document.init)
    try checkDistinct(documents.map(\.name), field)
    return documents
  }

  /// The identifiers of a list, each once; none if the field is missing.
  mutating func identifiers(_ field: String) throws(InvalidEvent) -> [String] {
    let texts = try list(field) { (node) throws(InvalidEvent) in
      guard let text = node.string, !text.isEmpty, text.first != " ", text.last != " ",
        text.utf8.count <= 4096, !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
      else {
        throw InvalidEvent(
          "an element of \"\(field)\" is no name",
          remedy: "write a list of names in quotation marks"
        )
      }
      return text
    }
    try checkDistinct(texts, field)
    return texts
  }

  private func checkDistinct(_ names: [String], _ field: String) throws(InvalidEvent) {
    var seen: Set<ExactText> = []
    for name in names where !seen.insert(ExactText(name)).inserted {
      throw refusal(of: field, "\"\(field)\" names \(name) twice", remedy: "keep one")
    }
  }
}
