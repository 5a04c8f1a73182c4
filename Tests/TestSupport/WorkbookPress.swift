/// Saves sheets as a spreadsheet program does: a zip archive of XML.
public struct WorkbookPress {
  /// The rows of each sheet as XML, by its name.
  public var sheets: [(name: String, rows: String)]

  /// The codes of the formats that styles 1 and on have.
  public var formats: [String]

  /// The texts that cells share, as XML.
  public var texts: [String]

  /// What stands before the list of sheets.
  public var properties = ""

  /// What stands behind the rows of each sheet.
  public var tail: String

  /// Files that are left out, or have other bytes.
  public var changes: [String: String?] = [:]

  /// A workbook of these sheets.
  public init(
    sheets: [(name: String, rows: String)],
    formats: [String] = [],
    texts: [String] = [],
    tail: String = ""
  ) {
    (self.sheets, self.formats, self.texts, self.tail) = (sheets, formats, texts, tail)
  }

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let relations =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// A cell with a number.
  public static func number(_ text: String, at place: String, style: Int? = nil) -> String {
    "<c r=\"\(place)\"\(style.map { " s=\"\($0)\"" } ?? "")><v>\(text)</v></c>"
  }

  /// A cell with a text of its own.
  public static func text(_ text: String, at place: String) -> String {
    "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
  }

  /// The archive.
  public var bytes: [UInt8] {
    var files: [(name: String, text: String)] = []
    let list = sheets.enumerated().map { index, sheet in
      "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" r:id=\"r\(index + 1)\"/>"
    }
    files.append(
      (
        "xl/workbook.xml",
        "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.relations)\">\(properties)"
          + "<sheets>\(list.joined())</sheets></workbook>"
      )
    )
    let targets = sheets.indices.map {
      "<Relationship Id=\"r\($0 + 1)\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
    }
    files.append(
      ("xl/_rels/workbook.xml.rels", "<Relationships>\(targets.joined())</Relationships>")
    )
    for (index, sheet) in sheets.enumerated() {
      files.append(
        (
          "xl/worksheets/sheet\(index + 1).xml",
          "<worksheet xmlns=\"\(Self.main)\"><sheetData>\(sheet.rows)</sheetData>\(tail)</worksheet>"
        )
      )
    }
    let codes = formats.enumerated().map { index, code in
      "<numFmt numFmtId=\"\(200 + index)\" formatCode=\"\(code.replacing("\"", with: "&quot;"))\"/>"
    }
    let styles = formats.indices.map { "<xf numFmtId=\"\(200 + $0)\"/>" }
    files.append(
      (
        "xl/styles.xml",
        "<styleSheet xmlns=\"\(Self.main)\"><numFmts>\(codes.joined())</numFmts>"
          + "<cellXfs><xf numFmtId=\"0\"/>\(styles.joined())</cellXfs></styleSheet>"
      )
    )
    files.append(
      (
        "xl/sharedStrings.xml",
        "<sst xmlns=\"\(Self.main)\">\(texts.map { "<si>\($0)</si>" }.joined())</sst>"
      )
    )
    return Self.archive(
      files.compactMap { file in
        guard let change = changes[file.name] else { return file }
        return change.map { (file.name, $0) }
      }
    )
  }

  /// An archive of stored files.
  private static func archive(_ files: [(name: String, text: String)]) -> [UInt8] {
    var (body, list): ([UInt8], [UInt8]) = ([], [])
    for file in files {
      let (name, content) = (Array(file.name.utf8), Array(file.text.utf8))
      let sizes =
        number(checksum(content), 4) + number(content.count, 4) + number(content.count, 4)
        + number(name.count, 2) + [0, 0]
      let start: [UInt8] = [20, 0, 0, 0, 0, 0, 0, 0, 0, 0]
      list += number(0x0201_4B50, 4) + [20, 0] + start + sizes
      list += [UInt8](repeating: 0, count: 10) + number(body.count, 4) + name
      body += number(0x0403_4B50, 4) + start + sizes + name + content
    }
    let count = number(files.count, 2)
    return body + list + number(0x0605_4B50, 4) + [0, 0, 0, 0] + count + count
      + number(list.count, 4) + number(body.count, 4) + [0, 0]
  }

  private static func number(_ value: Int, _ byteCount: Int) -> [UInt8] {
    (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// The CRC-32 of zip archives.
  private static func checksum(_ bytes: [UInt8]) -> Int {
    var rest: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      rest ^= UInt32(byte)
      for _ in 0..<8 { rest = rest & 1 == 1 ? rest >> 1 ^ 0xEDB8_8320 : rest >> 1 }
    }
    return Int(~rest)
  }
}
