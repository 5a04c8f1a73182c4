import CManual

/// One page of the manual: what a command does, its options, examples, and how it ends.
///
/// The pages are the Markdown files of `Sources/Manual/commands`, which are part of the program.
/// `assay help` prints them, and `Tools/manual` makes manual pages of them.
public struct ManualPage: Sendable {
  /// The command without the name of the program, such as `import xbrl`; empty for the program itself.
  public let command: String
  /// What the command does, in one sentence.
  public let abstract: String
  /// The sections, in the order of the page: a title and lines of Markdown.
  public let sections: [(title: String, lines: [String])]

  /// The page of a command; `nil` if there is none.
  ///
  /// - Parameter command: The command without the name of the program; empty for the program itself.
  public static func page(of command: String) -> ManualPage? {
    texts[command].map { ManualPage(command: command, text: $0) }
  }

  /// The first sentence of a command's page, without reading the rest; empty if there is no page.
  ///
  /// Every run of the program asks for the abstract of every command.
  public static func abstract(of command: String) -> String {
    guard let text = texts[command], let start = text.firstIndex(of: lineFeed) else { return "" }
    let rest = text[start...].drop { $0 == lineFeed }
    return String(decoding: rest.prefix { $0 != lineFeed }, as: UTF8.self)
  }

  /// What help prints after the abstract: all sections but those that it makes itself, and of the
  /// examples the commands without their output.
  public var discussion: String {
    sections.filter { !["Synopsis", "Options"].contains($0.title) }.map { title, lines in
      let text = Self.unwrapped(lines)
      return title == "Description" ? text : title.uppercased() + ":\n" + text
    }.joined(separator: "\n\n")
  }

  private init(command: String, text: ArraySlice<UInt8>) {
    self.command = command
    // By bytes: a run of the program reads a page even if it prints none.
    let lines = text.split(separator: Self.lineFeed, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    var sections: [(title: String, lines: [String])] = [("", [])]
    for line in lines.dropFirst() {
      if line.hasPrefix("## ") {
        sections.append((String(line.dropFirst(3)), []))
      } else {
        sections[sections.count - 1].lines.append(line)
      }
    }
    abstract = sections[0].lines.first { !$0.isEmpty } ?? ""
    self.sections = sections.dropFirst().map { title, lines in
      (title, Array(lines.drop(while: \.isEmpty).reversed().drop(while: \.isEmpty).reversed()))
    }
  }

  /// The text with one line a paragraph.
  ///
  /// Help wraps paragraphs to the width of the terminal. Of code, the commands stay, indented.
  private static func unwrapped(_ section: [String]) -> String {
    var lines: [String] = []
    var (isCode, continues) = (false, false)
    for line in section {
      if line.hasPrefix("```") {
        isCode.toggle()
        continues = false
      } else if isCode {
        if line.hasPrefix("$ ") { lines.append("  " + line.dropFirst(2)) }
      } else if line.isEmpty || line.hasPrefix("- ") || !continues {
        lines.append(line)
        continues = !line.isEmpty
      } else {
        lines[lines.count - 1] += " " + line
      }
    }
    return lines.joined(separator: "\n")
  }

  private static let lineFeed = UInt8(ascii: "\n")
  private static let heading = "# assay ".utf8

  /// The text of each page, by its command.
  private static let texts: [String: ArraySlice<UInt8>] = {
    // The bytes are part of the program, and never change.
    let bytes = unsafe Array(
      UnsafeBufferPointer(start: assay_manual_bytes(), count: assay_manual_byte_count())
    )
    var texts: [String: ArraySlice<UInt8>] = [:]
    var start = 0
    while start < bytes.count {
      let end = assay_manual_page_end(start)
      let title = bytes[start..<end].dropFirst(heading.count).prefix { $0 != lineFeed }
      texts[String(decoding: title, as: UTF8.self)] = bytes[start..<end]
      start = end
    }
    return texts
  }()
}
