import JSON

/// One JSON object, each row on a line of its own.
public struct JSONFormat: TableFormat {
  /// `json`.
  public static let name = "json"

  /// None.
  public static let otherNames: [String] = []

  /// Programs read it.
  public static let isForReading = false

  private let shape: TableHead.Shape
  private let row: JSONRow
  private var rowCount = 0

  /// A format for a table of its own.
  public init(_ head: TableHead) {
    shape = head.shape
    row = JSONRow(head)
  }

  /// Appends the schema and the start of the rows.
  public mutating func begin(_ bytes: inout [UInt8]) {
    bytes.append(contentsOf: #"{"schema":"#.utf8)
    bytes.appendJSONString(shape.schema)
    bytes.append(UInt8(ascii: ","))
    bytes.appendJSONString(shape.rowsKey)
    bytes.append(contentsOf: ":[".utf8)
  }

  /// Appends an object.
  public mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (rowCount == 0 ? "\n" : ",\n").utf8)
    self.row.append(row.cells, to: &bytes)
    rowCount += 1
  }

  /// Appends the members of the notes.
  public mutating func end(_ notes: [Note], to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (rowCount == 0 ? "]" : "\n]").utf8)
    for member in notes.compactMap(\.member) {
      bytes.append(UInt8(ascii: ","))
      bytes.appendJSONString(member.key)
      bytes.append(UInt8(ascii: ":"))
      member.value.append(to: &bytes)
    }
    bytes.append(contentsOf: "}\n".utf8)
  }

  /// Appends the object of the document, or its rows and notes.
  ///
  /// - Throws: Nothing: no temporary file is needed.
  public static func write(_ document: some Document, to bytes: inout [UInt8]) throws {
    if let object = document.object {
      object.append(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    } else {
      try document.rows.write(as: .json, notes: document.notes, to: &bytes)
    }
  }
}
