import Facts

/// Words of a table that are no figures: a heading, or a caption's part.
struct CaptionLine {
  let text: [Unicode.Scalar]
  let indent: Int

  /// Whether a blank line or a rule stands above, so that no caption goes on in it.
  let startsBlock: Bool

  private static let joints: Set<String> = [
    "and", "of", "to", "per", "from", "in", "for", "by", "on", "the", "before", "net", "or", "with",
    "&", "at", "used",
  ]

  /// Whether it looks like the beginning of a caption that goes on in the line below.
  func goesOn(in next: CaptionLine) -> Bool {
    guard !next.startsBlock else { return false }
    let text = text.filter { $0 != " " }
    guard text.last != ":" else { return false }
    guard let first = next.text.first(where: { $0 != " " && $0 != "(" }) else { return true }
    if first.properties.isLowercase || text.last == "," || text.last == "-" { return true }
    let word = self.text.split(separator: " ").last ?? []
    return Self.joints.contains(String(String.UnicodeScalarView(word)).lowercased())
  }
}

/// Finds out, row by row, which line of the statement a row is.
struct CaptionReader {
  private let map: CaptionMap
  private let statement: StatementDefinition

  /// The section and the headings of the next row.
  private(set) var path = CaptionPath()

  /// The line of the last row with a caption, for subtotals that have none.
  private var lastLine: Int?

  /// Why a row is none of the statement's lines.
  struct Unknown: Error {
    let reason: String
  }

  /// How many lines without figures can stand above a row and count.
  private static let pendingCountMax = 10

  init(_ map: CaptionMap, _ statement: StatementDefinition) {
    self.map = map
    self.statement = statement
  }

  /// The statement's line that a row is.
  ///
  /// - Parameters:
  ///   - pending: What stands above it, since the row before: headings and the caption's beginning.
  ///   - row: The caption on the row itself; empty if the row has figures only.
  mutating func line(_ pending: [CaptionLine], _ row: CaptionLine) throws(Unknown) -> Int {
    let isBare = row.text.isEmpty
    if pending.isEmpty, isBare { return try subtotal() }
    guard pending.count <= Self.pendingCountMax else {
      path = CaptionPath(section: .unknown(Self.caption(pending[...].prefix(1))))
      throw Unknown(reason: "\(pending.count) lines of text stand above it")
    }
    let all = pending + [row]
    var found = solutions(all, from: 0, path)
    if found.isEmpty { found = solutionsBelowUnknownHeadings(all) }
    // A footnote mark on a line of its own can belong above or below: that makes no difference.
    if let only = found.first,
      found.allSatisfy({ $0.line == only.line && $0.path.name == only.path.name })
    {
      (path, lastLine) = (only.path, only.line)
      return only.line
    }
    if let only = found.first {
      // A row with figures opens no heading: where all ways lead to the same place, the next rows are there.
      let isSamePlace = found.allSatisfy { $0.path.name == only.path.name }
      path = isSamePlace ? only.path : CaptionPath(section: .unknown(Self.caption(all[...])))
      lastLine = nil
      throw Unknown(
        reason: "\"\(Self.caption(all[...]))\" can be read in more than one way: give the rows of "
          + "\(statement.statement) a \"depth\" as printed, or headings"
      )
    }
    throw Unknown(reason: leave(all))
  }

  /// A row of figures without words.
  private mutating func subtotal() throws(Unknown) -> Int {
    guard path.unknownHeading == nil, let lastLine, let closing = map.closing(lastLine) else {
      throw Unknown(reason: "it has no caption, and \(statement.statement) no subtotal there")
    }
    self.lastLine = nil
    return closing
  }

  /// All ways to read lines as known headings and then a known caption.
  private func solutions(
    _ lines: [CaptionLine],
    from start: Int,
    _ path: CaptionPath
  ) -> [(line: Int, path: CaptionPath)] {
    var found: [(line: Int, path: CaptionPath)] = []
    for end in start..<lines.count {
      if end > start, lines[end].startsBlock { break }
      let caption = Self.key(lines[start...end])
      let indent = lines[start].indent
      if end == lines.count - 1 {
        let own = path.leavingGroups(at: indent)
        for line in map.lines(caption, at: own) { found.append((line, own)) }
      } else if let next = map.path(
        from: path,
        through: caption,
        Self.caption(lines[start...end]),
        indent: indent
      ) {
        found += solutions(lines, from: end + 1, next)
      }
    }
    return found
  }

  /// All ways to read lines as headings that the statement has not, then known ones and a known caption.
  ///
  /// A heading ends with a colon, or a blank line stands below it: else it could be the beginning of the
  /// caption.
  private func solutionsBelowUnknownHeadings(
    _ lines: [CaptionLine]
  ) -> [(line: Int, path: CaptionPath)] {
    var path = path
    for index in lines.indices.dropLast() {
      let heading = lines[index]
      let isHeading =
        lines[index + 1].startsBlock || heading.text.last { $0 != " " } == ":"
      guard isHeading else { return [] }
      let caption = Self.caption(lines[index...index])
      path = path.leavingGroups(at: heading.indent)
      if map.hasSections {
        path = CaptionPath(section: .unknown(caption))
      } else {
        path.groups.append(.init(key: nil, caption: caption, indent: heading.indent))
      }
      let found = solutions(lines, from: index + 1, path)
      guard found.isEmpty else { return found }
    }
    return []
  }

  /// Updates the section and headings for the rows below an unknown row.
  ///
  /// - Returns: Why the row is unknown.
  private mutating func leave(_ lines: [CaptionLine]) -> String {
    lastLine = nil
    var start = 0
    headings: while start < lines.count - 1 {
      for end in start..<(lines.count - 1) {
        if end > start, lines[end].startsBlock { break }
        if let next = map.path(
          from: path,
          through: Self.key(lines[start...end]),
          Self.caption(lines[start...end]),
          indent: lines[start].indent
        ) {
          (path, start) = (next, end + 1)
          continue headings
        }
      }
      break
    }
    let rest = lines[start...]
    guard rest.count > 1, let first = rest.first else {
      path = path.leavingGroups(at: lines[lines.count - 1].indent)
      return reason(rest)
    }
    path = path.leavingGroups(at: first.indent)
    if isHeading(rest) {
      let heading = rest.dropFirst().firstIndex(where: \.startsBlock) ?? (rest.endIndex - 1)
      let caption = Self.caption(lines[start..<heading])
      if !map.hasSections {
        path.groups.append(.init(key: nil, caption: caption, indent: first.indent))
      } else {
        path = CaptionPath(section: .unknown(caption))
      }
      return reason(lines[heading...])
    }
    // A caption of several lines, or a heading: rows indented more are no others' either way.
    path.groups.append(.init(key: nil, caption: Self.caption(rest), indent: first.indent))
    return "no line \"\(Self.caption(rest))\" in \(statement.statement)"
  }

  /// Whether text that leads to no known row must be a heading and not the row's own caption.
  private func isHeading(_ rest: ArraySlice<CaptionLine>) -> Bool {
    if rest.dropFirst().contains(where: \.startsBlock) { return true }
    if !rest.dropLast().joined(by: \.text).contains(where: { "a"..."z" ~= $0 }) { return true }
    return rest.indices.dropFirst().contains { index in
      let known = path.leavingGroups(at: rest[index].indent)
      return !map.lines(Self.key(rest[index...]), at: known).isEmpty
    }
  }

  private func reason(_ lines: ArraySlice<CaptionLine>) -> String {
    let caption = Self.caption(lines)
    if let heading = path.unknownHeading {
      return "\"\(caption)\" stands under \"\(heading)\", which \(statement.statement) has not"
    }
    let place = if case .known(let key) = path.section { sectionLabel(key) } else { "" }
    return "no line \"\(caption)\"\(place) in \(statement.statement)"
  }

  private func sectionLabel(_ key: CaptionKey) -> String {
    let line = statement.lines.first { $0.concept == nil && CaptionKey($0.label) == key }
    return line.map { " under \"\($0.label)\"" } ?? ""
  }

  private static func key(_ lines: ArraySlice<CaptionLine>) -> CaptionKey {
    CaptionKey(lines.joined(by: \.text))
  }

  /// The words of several lines, on one.
  static func caption(_ lines: ArraySlice<CaptionLine>) -> String {
    String(String.UnicodeScalarView(lines.joined(by: \.text))).split(separator: " ")
      .joined(separator: " ")
  }
}

extension ArraySlice<CaptionLine> {
  /// The texts of the lines, with spaces between them.
  fileprivate func joined(by text: (CaptionLine) -> [Unicode.Scalar]) -> [Unicode.Scalar] {
    var joined: [Unicode.Scalar] = []
    for line in self {
      if !joined.isEmpty { joined.append(" ") }
      joined += text(line)
    }
    return joined
  }
}
