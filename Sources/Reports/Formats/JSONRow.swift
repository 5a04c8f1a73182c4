import Facts
import JSON

/// Writes the rows of a table as JSON objects.
struct JSONRow {
  /// For each column, its key as JSON, with its colon.
  private let keys: [[UInt8]]
  private let omitsAbsent: Bool

  init(_ head: TableHead) {
    omitsAbsent = head.shape.omitsAbsent
    keys = head.columns.map { column in
      var bytes: [UInt8] = []
      bytes.appendJSONString(column.key)
      return bytes + [UInt8(ascii: ":")]
    }
  }

  /// Appends an object, without a line feed.
  func append(_ cells: [Cell], to bytes: inout [UInt8]) {
    var separator = UInt8(ascii: "{")
    for (key, cell) in zip(keys, cells) {
      if omitsAbsent, case .none = cell { continue }
      bytes.append(separator)
      bytes.append(contentsOf: key)
      cell.appendJSON(to: &bytes)
      separator = UInt8(ascii: ",")
    }
    if separator == UInt8(ascii: "{") { bytes.append(separator) }
    bytes.append(UInt8(ascii: "}"))
  }
}

extension Cell {
  /// Appends the cell as JSON: figures as decimal strings, counts as numbers, what is absent and a
  /// dash as `null`.
  func appendJSON(to bytes: inout [UInt8]) {
    switch self {
    case .none: bytes.append(contentsOf: "null".utf8)
    case .text(let text), .link(let text, _), .printed(let text, _): bytes.appendJSONString(text)
    case .figure(let figure):
      guard let value = figure.value else { return bytes.append(contentsOf: "null".utf8) }
      bytes.append(UInt8(ascii: "\""))
      value.appendText(to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    case .count(let count): bytes.append(contentsOf: String(count).utf8)
    case .time(let time): bytes.appendJSONString(time.description)
    case .period(let period): bytes.appendJSONString(period.description)
    case .dimensions(let dimensions):
      if dimensions.isEmpty {
        bytes.append(contentsOf: "{}".utf8)
      } else {
        dimensions.json.append(to: &bytes)
      }
    case .list(let cells):
      bytes.append(UInt8(ascii: "["))
      for (index, cell) in cells.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        cell.appendJSON(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    }
  }
}
