import Facts
import JSON

/// Walks one companyfacts file, and gathers its definitions, filings and claims.
struct CompanyFactsReader {
  private var fields: ForeignFields
  private let known: KnownDefinitions
  private let memoryLimit: Int
  private let emit: (Draft) throws -> Void

  private var entity: String?
  private var entityName: String?
  private var concepts: [ConceptDefinition] = []
  private var filings: [CompanyFactsFiling] = []
  private var filingIndices: [String: Int] = [:]

  init(
    file: String,
    known: KnownDefinitions,
    memoryLimit: Int,
    emit: @escaping (Draft) throws -> Void
  ) {
    fields = ForeignFields(file: file)
    (self.known, self.memoryLimit, self.emit) = (known, memoryLimit, emit)
  }

  mutating func read(_ stream: JSONStream) throws {
    guard try stream.isAtObject() else { return try refuse(stream, "the file") }
    var facts: WaitingText?
    var hasFacts = false
    var one = OneConcept()
    try stream.object { key in
      switch key.text {
      case "cik":
        let value = try stream.value()
        entity = try at(value.byteOffset).cik(value.root)
      case "entityName":
        let value = try stream.value()
        entityName = try at(value.byteOffset).fields.optionalText(value.root, "entityName")
      case "facts" where entity == nil:
        // Whose they are comes after them: they wait.
        facts = try WaitingText(stream, depth: 2, memoryLimit: memoryLimit)
      case "facts":
        hasFacts = true
        try readFacts(stream)
      case "taxonomy", "tag", "label", "description":
        let value = try stream.value()
        one.texts[key.text] = try at(value.byteOffset).fields.optionalText(value.root, key.text)
      case "ccp": one.isFrame = true
      case "units":
        hasFacts = true
        try readUnits(of: one, stream)
      default: break
      }
    }
    try stream.finish()
    fields.baseOffset = 0
    if one.isFrame {
      throw fields.error(
        at: 0,
        "this is a file of the frames API, which does not say when its figures were filed",
        remedy: "import the companyfacts or companyconcept files of its companies"
      )
    }
    guard entity != nil else { throw fields.missing("cik") }
    if let facts {
      try readFacts(facts.stream())
    } else if !hasFacts {
      throw fields.missing("facts")
    }
  }

  /// What the companyconcept API says of the one concept whose facts it gives.
  private struct OneConcept {
    var texts: [String: String] = [:]

    /// Whether it is one of the frames API after all.
    var isFrame = false
  }

  /// Reads the facts of a companyconcept file, which is of one concept of a companyfacts file.
  private mutating func readUnits(of one: OneConcept, _ stream: JSONStream) throws {
    let value = try stream.value()
    fields.baseOffset = value.byteOffset
    guard entity != nil, let taxonomy = one.texts["taxonomy"], let tag = one.texts["tag"] else {
      throw fields.error(
        at: value.root,
        "\"units\" stand before \"cik\", \"taxonomy\" and \"tag\"",
        remedy: "is this an unchanged companyconcept file? Download it again"
      )
    }
    let name = try fields.identifier("\(taxonomy):\(tag)", at: value.root)
    try read(
      value.root,
      concept: name,
      label: one.texts["label"],
      description: one.texts["description"]
    )
  }

  /// This reader, for nodes of a JSON text that begins at `offset`.
  private mutating func at(_ offset: Int) -> Self {
    fields.baseOffset = offset
    return self
  }

  /// - Throws: That the value should be an object, or what is wrong with it as JSON.
  private mutating func refuse(_ stream: JSONStream, _ name: String) throws {
    let value = try stream.value()
    fields.baseOffset = value.byteOffset
    try fields.check(value.root, is: .object, name)
  }

  /// Reads the facts as they come: of one concept after the other.
  private mutating func readFacts(_ stream: JSONStream) throws {
    guard try stream.isAtObject() else { return try refuse(stream, "\"facts\"") }
    try stream.object { taxonomy in
      guard try stream.isAtObject() else {
        return try refuse(stream, "\"\(taxonomy.text)\"")
      }
      try stream.object { concept in
        fields.baseOffset = 0
        let name = "\(taxonomy.text):\(concept.text)"
        _ = try fields.identifier(name, at: concept.byteOffset)
        let value = try stream.value()
        fields.baseOffset = value.byteOffset
        try read(value.root, concept: name)
      }
    }
  }

  /// `cik:` and ten digits.
  private func cik(_ node: JSONNode) throws -> String {
    let digits = node.string ?? node.numberText ?? ""
    guard 1...10 ~= digits.utf8.count,
      digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    else {
      throw fields.error(
        at: node,
        "\"cik\" is not a number of at most ten digits",
        remedy: "is this a companyfacts file? They start with {\"cik\":320193,"
      )
    }
    return "cik:" + String(repeating: "0", count: 10 - digits.utf8.count) + digits
  }

  private mutating func read(_ node: JSONNode, concept name: String) throws {
    try fields.check(node, is: .object, "\"\(name)\"")
    try read(
      fields.required("units", of: node),
      concept: name,
      label: fields.optionalText("label", of: node),
      description: fields.optionalText("description", of: node)
    )
  }

  /// Reads the facts of one concept.
  private mutating func read(
    _ units: JSONNode,
    concept name: String,
    label: String?,
    description: String?
  ) throws {
    guard let entity else { return }
    try fields.check(units, is: .object, "\"units\" of \(name)")
    let definition = try known.concept(name)
    var traits = ConceptTraits()
    for unit in units.members {
      try fields.check(unit.value, is: .array, "\"\(unit.key)\" of \(name)")
      let fact = Fact(
        entity: entity,
        concept: name,
        dimensions: .none,
        unit: try fields.identifier(unit.key, at: unit.keyNode),
        period: .instant(CivilDate(dayNumber: 0))
      )
      try read(unit.value, as: definition?.kind ?? Self.kind, of: fact, &traits)
    }
    guard !traits.units.isEmpty else { return }
    let element = known.element(name)
    let found = traits.definition(
      of: name,
      kind: Self.kind,
      label: label,
      description: description,
      element: element
    )
    if let definition {
      if let joined = definition.joined(with: found, isElement: element != nil) {
        concepts.append(joined)
      }
    } else {
      concepts.append(found)
    }
  }

  /// The kind of claims whose concepts the ledger does not know.
  private static let kind = "statement-line"

  /// Reads the facts of one concept in one unit.
  ///
  /// - Parameter series: All that they share; its period is none of theirs.
  private mutating func read(
    _ facts: JSONNode,
    as kind: String,
    of series: Fact,
    _ traits: inout ConceptTraits
  ) throws {
    var seen: Set<Report> = []
    seen.reserveCapacity(facts.count)
    for node in facts.elements {
      var fact = series
      try fields.check(node, is: .object, "a fact of \(fact.concept)")
      fact.period = try fields.period(of: node)
      let index = try filingIndex(of: node)
      let filing = filings[index].filing.filing
      let value = try fields.amount("val", of: node, place: (fact.concept, filing))
      let claim = Claim(kind: kind, filing: filing, fact: fact, figure: Figure(value: value))
      traits.add(claim.fact)
      let report = Report(
        filing: index,
        period: claim.fact.period,
        value: claim.figure.value
      )
      guard seen.insert(report).inserted else { continue }
      filings[index].note(claim)
      try emit(Draft(.claim(claim), file: fields.file))
    }
  }

  /// What is reported but once, of one concept in one unit.
  private struct Report: Hashable {
    let filing: Int
    let period: Period
    let value: Amount?
  }

  /// The index of the filing that the fact names, which must agree with what others said of it.
  private mutating func filingIndex(of node: JSONNode) throws -> Int {
    let nameNode = try fields.required("accn", of: node)
    let name = try fields.text(nameNode, "accn")
    let form = try fields.identifier("form", of: node)
    let filed = try fields.day("filed", of: node)
    let index: Int
    if let found = filingIndices[name] {
      index = found
      let filing = filings[index].filing
      guard filing.form == form, filing.published == .day(filed) else {
        let first = "\(filing.form ?? ""), filed \(filing.published)"
        throw fields.error(
          at: nameNode,
          "filing \(name) is \(form), filed \(filed), and before it was \(first)",
          remedy: "a filing has one form and one date: download the file again"
        )
      }
    } else {
      index = filings.count
      let filing = Filing(
        filing: try fields.identifier(name, at: nameNode),
        entity: entity ?? "",
        form: form,
        published: .day(filed)
      )
      filings.append(CompanyFactsFiling(filing))
      filingIndices[name] = index
    }
    filings[index].addFiscal(
      year: try fields.optionalInteger("fy", of: node),
      period: try fields.optionalText("fp", of: node)
    )
    return index
  }

  /// Emits new definitions, then the filings by published time and identifier.
  ///
  /// - Throws: Whatever `known` and `emit` throw.
  func finish() throws {
    guard let entity else { return }
    let definition = EntityDefinition(
      entity: entity,
      name: entityName ?? entity,
      fiscalYearEnd: CompanyFactsFiling.fiscalYearEnd(of: filings)
    )
    if let additions = try known.additions(definition, by: filings.map(\.filing)) {
      try emit(Draft(.entity(additions), file: fields.file))
    }
    for concept in concepts { try emit(Draft(.concept(concept), file: fields.file)) }
    let sorted = filings.sorted {
      ($0.filing.published.timestamp, $0.filing.filing)
        < ($1.filing.published.timestamp, $1.filing.filing)
    }
    for filing in sorted {
      try emit(Draft(.filing(filing.filing), file: fields.file))
    }
  }
}
