import Facts

extension FactListing {
  /// The query with its words as they are meant: those of the first way in which they name anything.
  ///
  /// 1. Where a word is the whole name of a concept, with or without its prefix, facts of concepts whose
  ///    names merely contain it are not meant.
  /// 2. Otherwise words are parts of names and dimensions.
  /// 3. Where they are in no name, some of them are the whole label of a concept or the caption of a
  ///    statement's line, or all of them a part of one.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: O(*s* log *n*), for *s* concepts and dimensions; for the third way also O(*d*), for *d*
  ///   definitions of concepts and statements.
  static func worded(
    _ query: Query,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> Query {
    guard query.pattern.naming == .undecided, !query.pattern.words.isEmpty,
      let facts = try stretch(query, in: source)
    else { return query }
    var query = query
    let whole = query.pattern.naming(.whole)
    var isAnyPart = false
    var place = FactRow.Place(before: facts.first)
    var found: [FactRow] = []
    while true {
      found.removeAll(keepingCapacity: true)
      _ = try source.appendRows(from: place, through: facts.last, limit: 1, to: &found)
      guard let fact = found.first?.fact else { break }
      let concept = try source.text(fact.concept)
      let dimensions = try source.text(fact.dimensions)
      if whole.matches(concept: concept, dimensions: dimensions) {
        query.pattern = whole
        return query
      }
      isAnyPart =
        isAnyPart || query.pattern.matches(concept: concept, dimensions: dimensions)
      place = FactRow.Place(after: fact.lastAlike)
    }
    let labelled = isAnyPart ? nil : try labelled(query, in: source)
    query.pattern = labelled ?? query.pattern.naming(.part)
    return query
  }

  /// The pattern whose words are a label; `nil` if they are none.
  private static func labelled(
    _ query: Query,
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

  /// The concepts of each printed label, in small letters: captions of statements' lines, and the
  /// labels of concepts.
  private static func labels(
    _ query: Query,
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
    return labels
  }
}
