import Facts
import JSON

extension ClaimRecord {
  /// The header of CSV and TSV, which outside programs rely on.
  static let fieldNames = [
    "sequence", "type", "entity", "concept", "dimensions", "period", "unit", "value", "decimals",
    "qualifier", "filing", "published", "recorded", "line", "column", "text", "status",
  ]

  /// One text for each of ``fieldNames``: the value in full units, `nil` for a dash.
  var fields: [String] {
    [
      String(sequence), type, fact.entity, fact.concept, fact.dimensions.text,
      fact.period.description, fact.unit, figure.value?.description ?? "nil",
      figure.decimals.map { String($0) } ?? "", figure.qualifier?.rawValue ?? "", filing,
      published, recorded, source?.place.map { String($0.line) } ?? "",
      source?.place.map { String($0.column) } ?? "", source?.text ?? "", status,
    ]
  }

  /// The columns of tables made for reading.
  static let readableColumns: [Table.Column] = [
    .init("concept"), .init("dimensions"), .init("period"), .init("value", .right),
    .init("unit"), .init("decimals", .right), .init("filing"), .init("status"),
  ]

  /// One text for each of ``readableColumns``.
  var readableFields: [String] {
    [
      fact.concept, fact.dimensions.text, fact.period.description, figure.grouped, fact.unit,
      figure.decimals.map { String($0) } ?? "", filing, status,
    ]
  }

  /// Appends an object of ``fieldNames``, without those the claim has not; `null` for a dash.
  ///
  /// Written out by hand, because an export of millions of claims passes here.
  func appendJSON(to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "{\"sequence\":\(sequence)".utf8)
    bytes.appendMember("type", type)
    bytes.appendMember("entity", fact.entity)
    bytes.appendMember("concept", fact.concept)
    bytes.append(contentsOf: #","dimensions":"#.utf8)
    if fact.dimensions.isEmpty {
      bytes.append(contentsOf: "{}".utf8)
    } else {
      fact.dimensions.json.append(to: &bytes)
    }
    bytes.appendMember("period", fact.period.description)
    bytes.appendMember("unit", fact.unit)
    if let value = figure.value {
      bytes.append(contentsOf: #","value":""#.utf8)
      value.appendText(to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    } else {
      bytes.append(contentsOf: #","value":null"#.utf8)
    }
    if let decimals = figure.decimals {
      bytes.append(contentsOf: ",\"decimals\":\(decimals)".utf8)
    }
    if let qualifier = figure.qualifier { bytes.appendMember("qualifier", qualifier.rawValue) }
    bytes.appendMember("filing", filing)
    bytes.appendMember("published", published)
    bytes.appendMember("recorded", recorded)
    if let place = source?.place {
      bytes.append(contentsOf: ",\"line\":\(place.line),\"column\":\(place.column)".utf8)
    }
    if let text = source?.text { bytes.appendMember("text", text) }
    bytes.appendMember("status", status)
    bytes.append(UInt8(ascii: "}"))
  }
}

extension [UInt8] {
  fileprivate mutating func appendMember(_ key: String, _ value: String) {
    append(contentsOf: ",\"".utf8)
    append(contentsOf: key.utf8)
    append(contentsOf: "\":".utf8)
    appendJSONString(value)
  }
}
