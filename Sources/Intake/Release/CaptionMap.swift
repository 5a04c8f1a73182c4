import Facts

/// Where a row of a table stands: in which section, under which headings.
struct CaptionPath {
  /// A part of a table under a heading that is not indented more than its rows.
  enum Section: Hashable {
    case none
    case known(CaptionKey)
    case unknown(String)
  }

  /// A heading whose rows are indented more than itself.
  struct Group {
    /// `nil` for a heading that the statement has not.
    let key: CaptionKey?
    let caption: String
    let indent: Int
  }

  var section: Section = .none
  var groups: [Group] = []

  /// Leaves the groups whose rows are indented more than `indent`.
  func leavingGroups(at indent: Int) -> CaptionPath {
    var path = self
    while let last = path.groups.last, last.indent >= indent { path.groups.removeLast() }
    return path
  }

  /// What the statement calls this place; `nil` if it has no such place.
  var name: CaptionMap.Place? {
    var keys: [CaptionKey] = []
    switch section {
    case .none: break
    case .known(let key): keys.append(key)
    case .unknown: return nil
    }
    for group in groups {
      guard let key = group.key else { return nil }
      keys.append(key)
    }
    return CaptionMap.Place(hasSection: section != .none, keys: keys)
  }

  /// The heading that the statement has not; `nil` if it has all.
  var unknownHeading: String? {
    if case .unknown(let caption) = section { return caption }
    return groups.first { $0.key == nil }?.caption
  }
}

/// The lines of a statement by caption and place: which row of a document is which line.
struct CaptionMap {
  /// A section and the headings within it.
  struct Place: Hashable {
    let hasSection: Bool
    var keys: [CaptionKey]

    func adding(_ key: CaptionKey) -> Place { Place(hasSection: hasSection, keys: keys + [key]) }
  }

  /// How a heading holds its rows.
  enum Heading {
    case section
    case group
  }

  private var lines: [Place: [CaptionKey: [Int]]] = [:]
  private var sections: Set<CaptionKey> = []
  private var groups: Set<Place> = []
  private var labels: [(printed: CaptionKey, label: CaptionKey)]

  /// The place of each line, for messages.
  private(set) var sectionOfLine: [CaptionKey?] = []

  /// For a line: the line without a caption that is printed below its block; itself left out.
  private var closings: [Int: Int] = [:]

  /// Whether the statement has sections.
  var hasSections: Bool { !sections.isEmpty }

  /// The map of `statement`.
  ///
  /// - Parameter labels: Captions that are printed otherwise than the statement's labels.
  init(_ statement: StatementDefinition, labels: [ProfileDefinition.Label]) {
    self.labels = labels.map { (CaptionKey($0.printed), CaptionKey($0.label)) }
    var path = CaptionPath()
    var block: [Int] = []
    for (index, line) in statement.lines.enumerated() {
      let key = CaptionKey(line.label)
      path = path.leavingGroups(at: line.depth)
      if line.concept == nil {
        block = []
        let next = index + 1 < statement.lines.count ? statement.lines[index + 1].depth : 0
        if next > line.depth {
          path.groups.append(.init(key: key, caption: line.label, indent: line.depth))
          if let place = path.name { groups.insert(place) }
        } else {
          path = CaptionPath(section: .known(key))
          sections.insert(key)
        }
        sectionOfLine.append(nil)
        continue
      }
      if case .known(let section) = path.section {
        sectionOfLine.append(section)
      } else {
        sectionOfLine.append(nil)
      }
      if key.isEmpty {
        for member in block { closings[member] = index }
        block = []
      } else {
        if let place = path.name { lines[place, default: [:]][key, default: []].append(index) }
        block = line.isSubtotal || line.isTotal ? [] : block + [index]
      }
    }
  }

  /// The label that the statement has for a caption as printed.
  func label(_ printed: CaptionKey) -> CaptionKey {
    labels.first { $0.printed.matches(printed) }?.label ?? printed
  }

  /// The lines of this caption at this place.
  func lines(_ caption: CaptionKey, at path: CaptionPath) -> [Int] {
    guard let place = path.name else { return [] }
    return lines[place]?[label(caption)] ?? []
  }

  /// Where a heading of this caption leads from `path`; `nil` if the statement has no such heading
  /// there.
  func path(from path: CaptionPath, through caption: CaptionKey, _ text: String, indent: Int)
    -> CaptionPath?
  {
    let key = label(caption)
    guard !key.isEmpty else { return nil }
    var inner = path.leavingGroups(at: indent)
    // In a statement without sections, a known heading leads out of an unknown one.
    if !hasSections { inner.section = .none }
    if let place = inner.name, groups.contains(place.adding(key)) {
      inner.groups.append(.init(key: key, caption: text, indent: indent))
      return inner
    }
    return sections.contains(key) ? CaptionPath(section: .known(key)) : nil
  }

  /// The line without a caption that closes the block of `line`; `nil` if none does.
  func closing(_ line: Int) -> Int? { closings[line] }
}
