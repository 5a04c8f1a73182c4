import Facts
import JSON

/// Reads the fields of JSON objects in a format that is not ours: unknown fields are ignored, and
/// every refusal says where in the file.
struct ForeignFields {
  let file: String

  /// Where the JSON text that the nodes are of begins in the file, in bytes.
  var baseOffset = 0

  /// What to do about a file that is none of the format.
  var remedy = "is this an unchanged companyfacts file? Download it again"

  func error(at node: JSONNode, _ message: String, remedy: String) -> ImportError {
    error(at: node.byteOffset, message, remedy: remedy)
  }

  /// An error at an offset in the JSON text.
  func error(at byteOffset: Int, _ message: String, remedy: String) -> ImportError {
    let byteOffset = baseOffset + byteOffset
    return ImportError(file: file, byteOffset: byteOffset, message: message, remedy: remedy)
  }

  func check(_ node: JSONNode, is kind: JSONKind, _ name: String) throws(ImportError) {
    guard node.kind == kind else {
      throw error(
        at: node,
        "\(name) is not \(kind == .array ? "a list" : "an object")",
        remedy: remedy
      )
    }
  }

  /// An error about the file as a whole, which lacks a field.
  func missing(_ field: String) -> ImportError {
    error(at: 0, "\"\(field)\" is missing", remedy: remedy)
  }

  func required(_ field: String, of object: JSONNode) throws(ImportError) -> JSONNode {
    guard let value = object[field] else {
      throw error(at: object, "\"\(field)\" is missing", remedy: remedy)
    }
    return value
  }

  func text(_ node: JSONNode, _ field: String) throws(ImportError) -> String {
    guard let text = node.string else {
      throw error(at: node, "\"\(field)\" is not a text", remedy: remedy)
    }
    return text
  }

  /// A text on one line; `nil` if it is missing, null or blank.
  func optionalText(_ field: String, of object: JSONNode) throws(ImportError) -> String? {
    try object[field].flatMap { node throws(ImportError) in try optionalText(node, field) }
  }

  func optionalText(_ node: JSONNode, _ field: String) throws(ImportError) -> String? {
    node.isNull ? nil : Self.onOneLine(try text(node, field))
  }

  /// Makes spaces of control characters, which event lines refuse, and takes those at the ends.
  private static func onOneLine(_ text: String) -> String? {
    guard text.utf8.contains(where: isControl) || text.first == " " || text.last == " " else {
      return text.isEmpty ? nil : text
    }
    let words = String(decoding: text.utf8.map { isControl($0) ? 0x20 : $0 }, as: UTF8.self)
      .split(separator: " ")
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == 0x7F }

  /// A text that names something, under the rules of event lines.
  func identifier(_ field: String, of object: JSONNode) throws(ImportError) -> String {
    let node = try required(field, of: object)
    return try identifier(text(node, field), at: node)
  }

  func identifier(_ text: String, at node: JSONNode) throws(ImportError) -> String {
    try identifier(text, at: node.byteOffset)
  }

  func identifier(_ text: String, at byteOffset: Int) throws(ImportError) -> String {
    guard 1...4096 ~= text.utf8.count, text.first != " ", text.last != " ",
      !text.utf8.contains(where: Self.isControl)
    else {
      throw error(
        at: byteOffset,
        "\"\(text.prefix(40))\" cannot be used as a name",
        remedy: remedy
      )
    }
    return text
  }

  func optionalInteger(_ field: String, of object: JSONNode) throws(ImportError) -> Int? {
    guard let node = object[field], !node.isNull else { return nil }
    guard let integer = node.integer else {
      throw error(at: node, "\"\(field)\" is not a whole number", remedy: remedy)
    }
    return integer
  }

  func day(_ field: String, of object: JSONNode) throws(ImportError) -> CivilDate {
    let node = try required(field, of: object)
    guard let day = CivilDate(try text(node, field)) else {
      throw error(
        at: node,
        "\"\(field)\" is \"\(try text(node, field).prefix(40))\", which is no day",
        remedy: "days are written as 2008-09-27"
      )
    }
    return day
  }

  /// From `start` to `end`; the end of the day `end` if there is no start.
  func period(of object: JSONNode) throws(ImportError) -> Period {
    let end = try day("end", of: object)
    guard let node = object["start"], !node.isNull else { return .instant(end) }
    let start = try day("start", of: object)
    guard start <= end else {
      throw error(
        at: node,
        "\"start\" is \(start), after \"end\", which is \(end)",
        remedy: remedy
      )
    }
    return .duration(start: start, end: end)
  }

  /// A number or a text with its digits, exactly; `nil` for null.
  ///
  /// - Parameter place: The concept and the filing, for messages.
  func amount(
    _ field: String,
    of object: JSONNode,
    place: (concept: String, filing: String)
  ) throws(ImportError) -> Amount? {
    let node = try required(field, of: object)
    guard !node.isNull else { return nil }
    let text = node.numberText ?? node.string ?? "neither number nor text"
    do {
      return try Amount(jsonNumber: text)
    } catch {
      let name = "\"\(field)\" of \(place.concept) in filing \(place.filing)"
      throw refusal(of: text, name, error, at: node)
    }
  }

  /// Why the text of a figure is none.
  func refusal(
    of text: String,
    _ name: String,
    _ malformation: Amount.Malformation,
    at node: JSONNode
  ) -> ImportError {
    error(
      at: node,
      malformation == .notDecimal
        ? "\(name) is \(text.prefix(80)), which is no decimal number"
        : malformation.message(text, of: name),
      remedy: malformation.remedy(without: "this fact", remedy)
    )
  }
}
