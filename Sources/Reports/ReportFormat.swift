/// How a report is written.
public enum ReportFormat: String, Hashable, Sendable, CaseIterable {
  /// For reading: statements as issuers print them, tables in aligned columns.
  case text

  /// Comma-separated values, RFC 4180, but lines end in a single line feed.
  case csv

  /// Tab-separated values; tabs, line ends and backslashes in texts are `\t`, `\n`, `\r`, `\\`.
  case tsv

  /// One JSON object.
  case json

  /// One JSON object a line.
  case jsonl

  /// A table of GitHub-flavoured Markdown.
  case markdown

  /// A page that needs no other file.
  case html

  /// The format of this name, `-O NAME`: a case, `md`, `txt`, `ndjson` or `htm`, in any case of
  /// letters; `nil` for any other.
  public init?(name: some StringProtocol) {
    let word = name.lowercased()
    guard let format = ReportFormat(rawValue: word) ?? Self.otherNames[word] else { return nil }
    self = format
  }

  /// The format that a file's ending stands for, `-o FILE`; `nil` if it has none or another.
  public init?(fileName: some StringProtocol) {
    let name = String(fileName).split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return nil }
    self.init(name: name[name.index(after: dot)...])
  }

  private static let otherNames: [String: ReportFormat] = [
    "txt": .text, "ndjson": .jsonl, "md": .markdown, "htm": .html,
  ]
}
