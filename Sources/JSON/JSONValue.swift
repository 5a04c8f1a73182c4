/// A JSON value to write.
///
/// Numbers are integers only: figures are decimal strings.
public indirect enum JSONValue: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// An integer.
  case integer(Int)
  /// A string.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object; keys must differ.
  case object([(key: String, value: JSONValue)])

  /// The largest integer that every reader of JSON keeps exactly, 2^53 - 1 (RFC 8259 section 6).
  public static let largestInteger = 9_007_199_254_740_991
}

extension JSONValue {
  /// The JSON text without white space, with keys in the order given.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// The JSON text without white space, with keys in the order given.
  public var text: String { bytes.textOfJSON }

  /// The canonical JSON text (RFC 8785): equal values have equal bytes.
  ///
  /// Two equal keys, or an integer beyond `largestInteger`, have no canonical form: a bug, and
  /// stopped here.
  public var canonicalBytes: [UInt8] {
    var bytes: [UInt8] = []
    appendCanonical(to: &bytes)
    return bytes
  }

  /// The canonical JSON text (RFC 8785), as a string.
  public var canonicalText: String { canonicalBytes.textOfJSON }

  /// Appends the JSON text to `bytes`, with keys in the order given.
  public func append(to bytes: inout [UInt8]) { write(to: &bytes, canonically: false) }

  /// Appends the canonical JSON text (RFC 8785) to `bytes`.
  public func appendCanonical(to bytes: inout [UInt8]) { write(to: &bytes, canonically: true) }

  private func write(to bytes: inout [UInt8], canonically: Bool) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value):
      precondition(
        !canonically || value.magnitude <= JSONValue.largestInteger.magnitude,
        "\(value) has no canonical form; write it as a string."
      )
      bytes.append(contentsOf: String(value).utf8)
    case .string(let value): bytes.appendJSONString(value)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.write(to: &bytes, canonically: canonically)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      let ordered = canonically ? JSONValue.inCanonicalOrder(members) : members
      for (index, member) in ordered.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.appendJSONString(member.key)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes, canonically: canonically)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Sorts members by their keys (RFC 8785 section 3.2.3); most come sorted.
  private static func inCanonicalOrder(
    _ members: [(key: String, value: JSONValue)]
  ) -> [(key: String, value: JSONValue)] {
    if isInCanonicalOrder(members) { return members }
    let sorted = members.sorted { $0.key.precedesCanonically($1.key) }
    precondition(isInCanonicalOrder(sorted), "An object has a key twice: \(sorted.map(\.key)).")
    return sorted
  }

  private static func isInCanonicalOrder(_ members: [(key: String, value: JSONValue)]) -> Bool {
    members.indices.dropFirst().allSatisfy {
      members[$0 - 1].key.precedesCanonically(members[$0].key)
    }
  }
}

extension JSONValue {
  /// Copies a parsed value.
  ///
  /// - Throws: `JSONError` with the place of a number that is not an integer, or is beyond
  ///   `largestInteger`: write it as a string.
  public init(_ node: JSONNode) throws(JSONError) {
    switch node.kind {
    case .null: self = .null
    case .bool: self = .bool(node.bool == true)
    case .string: self = .string(node.withUTF8 { String($0) })
    case .number:
      guard let value = node.integer,
        value.magnitude <= JSONValue.largestInteger.magnitude
      else {
        throw JSONError(
          message: "not an integer of at most 2^53 - 1; write it as a string",
          byteOffset: node.byteOffset
        )
      }
      self = .integer(value)
    case .array:
      var elements: [JSONValue] = []
      elements.reserveCapacity(node.count)
      for element in node.elements { elements.append(try JSONValue(element)) }
      self = .array(elements)
    case .object:
      var members: [(key: String, value: JSONValue)] = []
      members.reserveCapacity(node.count)
      for member in node.members { members.append((member.key, try JSONValue(member.value))) }
      self = .object(members)
    }
  }
}

extension JSONValue: Equatable {
  /// Whether two values have the same parts in the same order, strings compared by their bytes.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.string(let left), .string(let right)): left.utf8.elementsEqual(right.utf8)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)):
      left.count == right.count
        && zip(left, right).allSatisfy { left, right in
          left.key.utf8.elementsEqual(right.key.utf8) && left.value == right.value
        }
    default: false
    }
  }
}

extension [UInt8] {
  /// The text of bytes that this module wrote, and so are UTF-8.
  fileprivate var textOfJSON: String { String(decoding: self, as: UTF8.self) }
}
