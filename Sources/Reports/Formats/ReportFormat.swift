/// How a report is written: one of the formats that there are.
public struct ReportFormat: Sendable {
  /// Every format, in the order in which they are offered.
  ///
  /// A new format is a type of its own, and a line here.
  public static let all: [ReportFormat] = [
    .text, .csv, .tsv, .json, .jsonl, .markdown, .html, .svg, .xlsx,
  ]

  /// For reading: statements as issuers print them, tables in aligned columns.
  public static let text = ReportFormat(TextFormat.self)

  /// Comma-separated values, RFC 4180, but lines end in a single line feed.
  public static let csv = ReportFormat(CSVFormat.self)

  /// Tab-separated values; tabs, line ends and backslashes in texts are `\t`, `\n`, `\r`, `\\`.
  public static let tsv = ReportFormat(TSVFormat.self)

  /// One JSON object.
  public static let json = ReportFormat(JSONFormat.self)

  /// One JSON object a line.
  public static let jsonl = ReportFormat(JSONLinesFormat.self)

  /// A table of GitHub-flavoured Markdown.
  public static let markdown = ReportFormat(MarkdownFormat.self)

  /// A page that needs no other file.
  public static let html = ReportFormat(HTMLFormat.self)

  /// The drawings of an answer.
  public static let svg = ReportFormat(SVGFormat.self)

  /// A workbook of spreadsheet programs.
  public static let xlsx = ReportFormat(XLSXFormat.self)

  /// What writes it.
  let type: any TableFormat.Type

  /// Where plain text is shown; two formats are equal on all screens.
  var screen = Screen.none

  init(_ type: any TableFormat.Type) { self.type = type }

  /// The name, as in `-O csv`.
  public var name: String { type.name }

  /// Whether it is a text, which a terminal can show.
  public var isText: Bool { type.isText }

  /// Whether people read it, not programs.
  public var isForReading: Bool { type.isForReading }

  /// The format of this name, `-O NAME`: its own or another that it has, in any case of letters;
  /// `nil` for any other.
  public init?(name: some StringProtocol) {
    let word = name.lowercased()
    let known = Self.all.first { $0.name == word || $0.type.otherNames.contains(word) }
    guard let known else { return nil }
    self = known
  }

  /// The format that a file's ending stands for, `-o FILE`; `nil` if it has none or another.
  public init?(fileName: some StringProtocol) {
    guard let ending = Self.ending(of: fileName) else { return nil }
    self.init(name: ending)
  }

  /// What stands behind the last point of a file's name; `nil` without one, or if it is all there
  /// is, as in `.profile`.
  public static func ending(of fileName: some StringProtocol) -> Substring? {
    let name = Substring(fileName).split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    return name[name.index(after: dot)...]
  }

  /// The names of all formats, for reading: `text, csv or html`.
  public static var names: String {
    let names = all.map(\.name)
    return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
  }
}

extension ReportFormat: Hashable {
  /// Whether both are of one type.
  public static func == (left: ReportFormat, right: ReportFormat) -> Bool {
    left.type == right.type
  }

  /// Hashes the type.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(type)) }
}
