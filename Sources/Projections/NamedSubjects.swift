import Facts

/// The concepts and dimensions that the words of a pattern name, found while the `facts` table is read.
///
/// Words are understood in the first of these ways in which they name anything:
///
/// 1. A word is the whole name of a concept, with or without its prefix. Concepts whose names only contain
///    the word are then not named.
/// 2. The words are parts of names of concepts and of dimensions.
/// 3. Some words are the whole label of a concept or the whole caption of a statement's line, or all words
///    are a part of one.
struct NamedSubjects {
  /// A concept with its dimensions.
  private struct Subject: Hashable {
    let concept: SymbolID
    let dimensions: SymbolID

    init(_ fact: FactID) { (concept, dimensions) = (fact.concept, fact.dimensions) }
  }

  /// The pattern, with the way in which its words are understood, as far as that is decided.
  private(set) var pattern: FactPattern

  private let whole: FactPattern
  private var known: [Subject: Bool] = [:]

  /// The subject that was asked for last: rows of one subject follow each other.
  private var last: (subject: Subject, isNamed: Bool)?
  private var isAnyPart = false

  init(_ pattern: FactPattern) {
    let hasNothingToDecide = pattern.naming == .undecided && pattern.words.isEmpty
    self.pattern = hasNothingToDecide ? pattern.naming(.part) : pattern
    whole = pattern.naming(.whole)
  }

  /// Whether it is decided in which way the words are understood.
  var areDecided: Bool { pattern.naming != .undecided }

  /// The facts of the concepts that a word names as a whole, found without reading others; `nil` if no
  /// word does, or if the words are understood already.
  ///
  /// - Parameter facts: Of which entities.
  /// - Complexity: O((*e* + *s*) log *n*), for *e* entities and *s* dimensions of the concepts.
  mutating func seek(
    _ facts: FactStretch,
    before head: UInt64,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [FactStretch]? {
    guard !areDecided else { return nil }
    let names = try source.conceptNames(before: head)
    let concepts = try Set(pattern.words.flatMap(names.names)).compactMap { try source.symbol($0) }
      .sorted()
    guard !concepts.isEmpty else { return nil }
    var stretches: [FactStretch] = []
    try Self.forEachEntity(of: facts, in: source) { entity in
      for concept in concepts {
        let stretch = FactStretch(of: entity, concept)
        if try holdsNamed(stretch, in: source) { stretches.append(stretch) }
      }
    }
    guard !stretches.isEmpty else { return nil }
    pattern = whole
    return stretches
  }

  /// Whether the words that are no concept's name are in the dimensions of some fact.
  private func holdsNamed(
    _ stretch: FactStretch,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Bool {
    var place = FactRow.Place(before: stretch.first)
    var found: [FactRow] = []
    while true {
      found.removeAll(keepingCapacity: true)
      _ = try source.appendRows(from: place, through: stretch.last, limit: 1, to: &found)
      guard let fact = found.first?.fact else { return false }
      let dimensions = try source.text(fact.dimensions)
      if whole.matches(concept: try source.text(fact.concept), dimensions: dimensions) {
        return true
      }
      place = FactRow.Place(after: fact.lastAlike)
    }
  }

  private static func forEachEntity(
    of facts: FactStretch,
    in source: borrowing some FactSource & ~Copyable & ~Escapable,
    _ body: (SymbolID) throws -> Void
  ) throws {
    if facts.first.entity == facts.last.entity { return try body(facts.first.entity) }
    var place = FactRow.Place(before: facts.first)
    var found: [FactRow] = []
    while true {
      found.removeAll(keepingCapacity: true)
      _ = try source.appendRows(from: place, through: facts.last, limit: 1, to: &found)
      guard let entity = found.first?.fact.entity else { return }
      try body(entity)
      place = FactRow.Place(after: FactStretch(of: entity).last)
    }
  }

  /// Whether facts of this concept and these dimensions are named.
  mutating func contain(
    _ fact: FactID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Bool {
    let subject = Subject(fact)
    if let last, last.subject == subject { return last.isNamed }
    if let known = known[subject] {
      last = (subject, known)
      return known
    }
    let concept = try source.text(fact.concept)
    let dimensions = try source.text(fact.dimensions)
    let isNamed = pattern.matches(concept: concept, dimensions: dimensions)
    isAnyPart = isAnyPart || isNamed
    if !areDecided, isNamed, whole.matches(concept: concept, dimensions: dimensions) {
      pattern = whole
      known.removeAll()
    }
    known[subject] = isNamed
    last = (subject, isNamed)
    return isNamed
  }

  /// Decides in which way the words are understood, from the rows behind a place of the table.
  ///
  /// - Complexity: O(*s* log *n*), for *s* concepts and dimensions.
  mutating func decide(
    from start: FactRow.Place,
    through end: FactID,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    var place = start
    var found: [FactRow] = []
    while !areDecided {
      found.removeAll(keepingCapacity: true)
      _ = try source.appendRows(from: place, through: end, limit: 1, to: &found)
      guard let fact = found.first?.fact else {
        pattern = pattern.naming(.part)
        return
      }
      _ = try contain(fact, in: source)
      place = FactRow.Place(after: fact.lastAlike)
    }
  }

  /// Decides in which way the words are understood after all of the table was read.
  ///
  /// - Complexity: O(*d*), for *d* definitions of concepts and statements, if the words are in no name.
  mutating func finish(
    _ query: FactListing.Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    guard !areDecided else { return }
    let labelled = isAnyPart ? nil : try Self.labelled(query, in: source)
    pattern = labelled ?? pattern.naming(.part)
  }

  /// The pattern whose words are a label; `nil` if they are none.
  private static func labelled(
    _ query: FactListing.Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> FactPattern? {
    let words = query.pattern.words
    let labels = try labels(query, in: source)
    for count in (1...words.count).reversed() {
      for start in 0...(words.count - count) {
        let phrase = words[start..<start + count].joined(separator: " ")
        guard let concepts = labels[phrase] else { continue }
        var rest = words
        rest.removeSubrange(start..<start + count)
        return query.pattern.naming(.label(of: concepts), words: rest)
      }
    }
    let phrase = query.pattern.text
    let near = labels.filter { $0.key.contains(phrase) }
    guard !near.isEmpty else { return nil }
    let concepts = near.values.reduce(into: Set()) { $0.formUnion($1) }
    return query.pattern.naming(.label(of: concepts), words: [])
  }

  /// The concepts of each printed label, in small letters: captions of the lines of statements and of
  /// the layouts of one entity's filings, and the labels of concepts.
  private static func labels(
    _ query: FactListing.Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [String: Set<String>] {
    let head = query.vantage.head
    var labels: [String: Set<String>] = [:]
    func add(_ label: String?, _ concepts: [String]) {
      guard var label = label?.lowercased() else { return }
      if label.hasSuffix(":") { label.removeLast() }
      guard !label.isEmpty else { return }
      labels[label, default: []].formUnion(concepts)
    }
    for name in try source.definitionNames(ofType: "concept", before: head) {
      let name = DefinitionName(type: "concept", name: name)
      guard case .concept(let concept)? = try source.definition(name, before: head) else {
        continue
      }
      add(concept.label, [concept.concept])
    }
    let statements =
      try query.entity.map { entity in
        try source.definitions(ofType: "statement", applyingTo: entity, before: head)
      }
      ?? source.definitionNames(ofType: "statement", before: head).map { name in
        DefinitionName(type: "statement", name: name)
      }
    for name in statements {
      guard case .statement(let statement)? = try source.definition(name, before: head) else {
        continue
      }
      for line in statement.lines {
        guard let concept = line.concept else { continue }
        add(line.label, [concept] + line.alternatives)
      }
    }
    for layout in try layouts(query, in: source) {
      for line in layout.lines { if let concept = line.concept { add(line.label, [concept]) } }
    }
    return labels
  }

  /// The layouts of the filings of the entity asked for, or of the only one.
  private static func layouts(
    _ query: FactListing.Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [StatementDefinition] {
    let head = query.vantage.head
    let entities =
      try query.entity.map { [$0] } ?? source.definitionNames(ofType: "entity", before: head)
    guard let entity = entities.first, entities.count == 1 else { return [] }
    let names = Set(
      try source.presentations(of: entity, named: nil, before: head).map(\.presentation.layout)
    )
    return try names.sorted().compactMap { name in
      guard
        case .layout(let layout)? = try source.definition(
          DefinitionName(layout: name),
          before: head
        )
      else { return nil }
      return layout
    }
  }
}
