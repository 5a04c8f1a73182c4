import JSON

/// Reads the fields of one JSON object, each at most once, and refuses what it was not asked for.
struct FieldReader {
  private let node: JSONNode
  private let name: String
  private var known: [String] = []

  /// - Parameter name: What the object is, for messages: `filing`, `document of a filing`.
  init(_ node: JSONNode, _ name: String) throws(InvalidEvent) {
    guard node.kind == .object else {
      throw InvalidEvent("\(name) is not a JSON object", remedy: "write {\"type\":…}").at(node)
    }
    self.node = node
    self.name = name
  }

  mutating func field(_ field: String) -> JSONNode? {
    known.append(field)
    return node[field]
  }

  mutating func required(_ field: String) throws(InvalidEvent) -> JSONNode {
    guard let value = self.field(field) else { throw missing(field) }
    return value
  }

  private func missing(_ field: String) -> InvalidEvent {
    let near = nearest(to: field, among: node.members.map(\.key).filter { !known.contains($0) })
    return InvalidEvent(
      "\(name) has no \"\(field)\"",
      remedy: near.map { "is \"\($0)\" meant to be it?" } ?? "add the field"
    ).at(node)
  }

  /// A refusal of the value of `field`.
  func refusal(of field: String, _ message: String, remedy: String) -> InvalidEvent {
    InvalidEvent(message, remedy: remedy).at(node[field] ?? node)
  }

  /// The elements of a list, each read by `read`; none if the field is missing.
  mutating func list<Element>(
    _ field: String,
    _ read: (JSONNode) throws(InvalidEvent) -> Element
  ) throws(InvalidEvent) -> [Element] {
    guard let value = self.field(field) else { return [] }
    guard value.kind == .array else {
      throw refusal(of: field, "\"\(field)\" is no list", remedy: "write [ … ]")
    }
    var elements: [Element] = []
    for element in value.elements { elements.append(try Self.reading(element, read)) }
    return elements
  }

  /// The value of `field` as `read` reads it; `nil` if the field is missing.
  mutating func value<Value>(
    _ field: String,
    _ read: (JSONNode) throws(InvalidEvent) -> Value
  ) throws(InvalidEvent) -> Value? {
    guard let value = self.field(field) else { return nil }
    return try Self.reading(value, read)
  }

  /// Reads `node`; a refusal that names no place is at its start.
  static func reading<Value>(
    _ node: JSONNode,
    _ read: (JSONNode) throws(InvalidEvent) -> Value
  ) throws(InvalidEvent) -> Value {
    do {
      return try read(node)
    } catch {
      throw error.at(node)
    }
  }

  mutating func text(_ field: String) throws(InvalidEvent) -> String {
    try Self.text(required(field), field)
  }

  mutating func optionalText(_ field: String) throws(InvalidEvent) -> String? {
    guard let value = self.field(field) else { return nil }
    return try Self.text(value, field)
  }

  private static func text(_ value: JSONNode, _ field: String) throws(InvalidEvent) -> String {
    guard let text = value.string else {
      throw InvalidEvent("\"\(field)\" is not a text", remedy: "write it in quotation marks")
        .at(value)
    }
    guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw InvalidEvent("\"\(field)\" holds a control character", remedy: "take it out")
        .at(value)
    }
    return text
  }

  /// A text that names something: not empty, no space around it, at most 4,096 bytes.
  mutating func identifier(_ field: String) throws(InvalidEvent) -> String {
    try checkIdentifier(text(field), field)
  }

  /// An identifier that an issuer's can follow after `@`.
  mutating func unqualifiedIdentifier(_ field: String) throws(InvalidEvent) -> String {
    let text = try identifier(field)
    guard !text.utf8.contains(UInt8(ascii: "@")) else {
      throw refusal(of: field, "\"\(field)\" is \"\(text)\"", remedy: "give a name without @")
    }
    return text
  }

  mutating func optionalUnqualifiedIdentifier(_ field: String) throws(InvalidEvent) -> String? {
    self.field(field) == nil ? nil : try unqualifiedIdentifier(field)
  }

  mutating func optionalIdentifier(_ field: String) throws(InvalidEvent) -> String? {
    guard let text = try optionalText(field) else { return nil }
    return try checkIdentifier(text, field)
  }

  private func checkIdentifier(
    _ text: String,
    _ field: String
  ) throws(InvalidEvent) -> String {
    guard !text.isEmpty, text.first != " ", text.last != " ", text.utf8.count <= 4096 else {
      throw refusal(
        of: field,
        "\"\(field)\" is \"\(text.prefix(40))\"",
        remedy: "give a name of 1 to 4,096 bytes without spaces around it"
      )
    }
    return text
  }

  mutating func optionalInteger(
    _ field: String,
    in bounds: ClosedRange<Int>
  ) throws(InvalidEvent) -> Int? {
    guard let value = self.field(field) else { return nil }
    guard let number = value.numberText.flatMap({ Int($0) }), bounds.contains(number) else {
      let shown = value.numberText ?? value.string ?? "no number"
      throw refusal(
        of: field,
        "\"\(field)\" is \(shown)",
        remedy: "give a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
      )
    }
    return number
  }

  mutating func integer(
    _ field: String,
    in bounds: ClosedRange<Int>
  ) throws(InvalidEvent) -> Int {
    guard let number = try optionalInteger(field, in: bounds) else { throw missing(field) }
    return number
  }

  mutating func flag(_ field: String) throws(InvalidEvent) -> Bool? {
    guard let value = self.field(field) else { return nil }
    guard let flag = value.bool else {
      throw refusal(
        of: field,
        "\"\(field)\" is neither true nor false",
        remedy: "write true or false"
      )
    }
    return flag
  }

  /// One of a closed set of words.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ field: String,
    _ type: Choice.Type
  ) throws(InvalidEvent) -> Choice? where Choice.RawValue == String {
    guard let text = try optionalText(field) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw refusal(of: field, "\"\(field)\" is \"\(text)\"", remedy: "write one of: \(words)")
    }
    return choice
  }

  mutating func dimensions() throws(InvalidEvent) -> Dimensions {
    guard let value = field("dimensions") else { return .none }
    guard value.kind == .object else {
      throw refusal(
        of: "dimensions",
        "\"dimensions\" is no object",
        remedy: "write {\"metal\":\"gold\"}"
      )
    }
    var pairs: [(key: String, value: String)] = []
    for member in value.members {
      pairs.append((member.key, try Self.text(member.value, member.key)))
    }
    do {
      return try Dimensions(pairs)
    } catch {
      switch error {
      case .unusable(let pair):
        throw refusal(
          of: "dimensions",
          "dimension \"\(pair)\" cannot be used",
          remedy: "give a name and a value, without ; and without = in the name"
        )
      case .repeated(let key):
        throw refusal(
          of: "dimensions",
          "dimension \"\(key)\" stands twice",
          remedy: "keep one"
        )
      }
    }
  }

  /// - Throws: ``InvalidEvent`` if the object has a field that nobody asked for.
  func finish() throws(InvalidEvent) {
    for member in node.members where !known.contains(member.key) {
      let key = member.key
      let near = nearest(to: key, among: known)
      throw InvalidEvent(
        "\(name) has an unknown field \"\(key)\"",
        remedy: near.map { "did you mean \"\($0)\"?" }
          ?? "the fields are: \(known.sorted().joined(separator: ", "))"
      ).at(member.keyNode)
    }
  }
}

extension InvalidEvent {
  /// This refusal, at the start of `node` if it has no place yet.
  func at(_ node: JSONNode) -> InvalidEvent {
    var refusal = self
    refusal.byteOffset = byteOffset ?? node.byteOffset
    return refusal
  }
}

/// The word of `words` that differs from `word` in the fewest letters, if those are at most half of
/// either word.
///
/// - Complexity: O(*words* × *length*²).
public func nearest(to word: String, among words: some Sequence<String>) -> String? {
  let target = Array(word.lowercased().utf8)
  var best: (word: String, distance: Int)?
  for candidate in words {
    let letters = Array(candidate.lowercased().utf8)
    let limit = min(target.count, letters.count) / 2
    // As many letters must be put in: a word of a megabyte is near to none, and is not compared.
    guard abs(target.count - letters.count) <= limit else { continue }
    let distance = editDistance(target, letters)
    guard distance <= limit else { continue }
    if distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.word
}

/// How many letters must be put in, taken out or changed to get from one word to the other.
private func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
  var row = Array(0...second.count)
  for (i, byte) in first.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in second.enumerated() {
      let changed = diagonal + (byte == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(changed, row[j] + 1, diagonal + 1)
    }
  }
  return row[second.count]
}
