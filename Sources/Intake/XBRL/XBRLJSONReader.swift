import Facts
import JSON

/// Walks one xBRL-JSON report, fact by fact, and gathers its figures.
final class XBRLJSONReader {
  private var fields: ForeignFields
  private var places = TextPlaces()

  /// Whether places are of facts that wait, and not of what is read.
  private var isWaiting = false

  private var digest = DocumentDigest()
  private var namespaces: [String: String] = [:]
  private let memoryLimit: Int

  /// Whether the ledger knows that the values of a concept are numbers without a unit.
  private let isPureNumber: (_ concept: String) throws -> Bool
  private let claims: UnfiledClaims

  private(set) var textCount = 0

  /// What the names of the report stand for.
  private(set) var names = ReportNames()
  private(set) var documentFacts = DocumentFacts()

  private static let remedy = "is this an unchanged xBRL-JSON report? Download it again"

  init(
    file: String,
    memoryLimit: Int,
    isPureNumber: @escaping (_ concept: String) throws -> Bool = { _ in false }
  ) {
    self.isPureNumber = isPureNumber
    fields = ForeignFields(file: file, remedy: Self.remedy)
    self.memoryLimit = memoryLimit
    claims = UnfiledClaims(memoryLimit: memoryLimit)
  }

  /// The figures, in the order of the file.
  var figures: ReportedFigures { ReportedFigures(claims) }

  /// Size and hash of what was read.
  func document(name: String) -> Filing.Document { digest.document(name: name) }

  /// Notes bytes of the report before they are read.
  func note(_ piece: [UInt8]) {
    digest.update(piece[...])
    if !isWaiting { places.append(piece) }
  }

  func read(_ stream: JSONStream) throws {
    guard try stream.isAtObject() else {
      return try fields.check(stream.value().root, is: .object, "the file")
    }
    var facts: WaitingText?
    var (hasInfo, hasFacts) = (false, false)
    try stream.object { key in
      switch key.text {
      case "documentInfo":
        hasInfo = true
        try readInfo(stream.value())
      case "facts" where !hasInfo:
        // The prefixes that they use come after them: they wait.
        places.advance(to: try stream.nextByteOffset())
        isWaiting = true
        facts = try WaitingText(stream, depth: 1, memoryLimit: memoryLimit)
      case "facts":
        hasFacts = true
        try readFacts(stream)
      default: break
      }
    }
    try stream.finish()
    fields.baseOffset = 0
    guard hasInfo else { throw fields.missing("documentInfo") }
    if let facts {
      places.forgetRest()
      try readFacts(facts.stream { [self] in places.append($0) })
    } else if !hasFacts {
      throw fields.missing("facts")
    }
  }

  private func readFacts(_ stream: JSONStream) throws {
    guard try stream.isAtObject() else {
      let value = try stream.value()
      fields.baseOffset = value.byteOffset
      return try fields.check(value.root, is: .object, "\"facts\"")
    }
    try stream.object(keys: RepeatedKeys(memoryLimit: memoryLimit)) { key in
      let value = try stream.value()
      fields.baseOffset = value.byteOffset
      places.advance(to: value.byteOffset)
      try read(value.root, id: key.text)
    }
  }

  private func readInfo(_ value: JSONStream.Value) throws {
    fields.baseOffset = value.byteOffset
    let info = value.root
    try fields.check(info, is: .object, "\"documentInfo\"")
    let type = try fields.required("documentType", of: info)
    guard try fields.text(type, "documentType").hasSuffix("/xbrl-json") else {
      throw fields.error(
        at: type,
        "\"documentType\" is \"\(try fields.text(type, "documentType").prefix(80))\"",
        remedy: "xBRL-JSON reports say https://xbrl.org/2021/xbrl-json"
      )
    }
    if let taxonomy = info["taxonomy"] {
      for schema in taxonomy.elements {
        if let address = schema.string { names.add(schema: address) }
      }
    }
    guard let declared = info["namespaces"] else { return }
    try fields.check(declared, is: .object, "\"namespaces\"")
    for member in declared.members {
      namespaces[member.key] = try fields.text(member.value, member.key)
    }
  }

  private func read(_ node: JSONNode, id: String) throws {
    let label = "fact \"\(id.prefix(80))\""
    try fields.check(node, is: .object, label)
    let dimensions = try fields.required("dimensions", of: node)
    try fields.check(dimensions, is: .object, "\"dimensions\" of \(label)")
    let value = try fields.required("value", of: node)
    let concept = try name(fields.required("concept", of: dimensions), "concept")
    let decimals = try fields.optionalInteger("decimals", of: node)
    let isFigure = try dimensions["unit"] != nil || decimals != nil || isPureNumber(concept)
    guard isFigure else {
      textCount += 1
      return try noteText(value, concept, dimensions)
    }
    let fact = Fact(
      entity: try entity(of: dimensions),
      concept: concept,
      dimensions: try taxonomyDimensions(of: dimensions),
      unit: try unit(of: dimensions),
      period: try period(of: dimensions, label)
    )
    let figure = try figure(value, decimals, concept)
    let (line, column) = places.end(of: value, from: fields.baseOffset)
    let text = value.string ?? value.numberText
    let source = Source(
      place: Source.Place(line: UInt32(clamping: line), column: UInt32(clamping: column)),
      text: figure.value?.description == text ? nil : text?.asPrinted
    )
    try claims.append(UnfiledClaim(fact: fact, figure: figure, source: source))
  }

  /// Keeps what a fact of dei says of the document.
  private func noteText(
    _ value: JSONNode,
    _ concept: String,
    _ dimensions: JSONNode
  ) throws(ImportError) {
    guard concept.hasPrefix("dei:"), let text = value.string, dimensions["entity"] != nil,
      !dimensions.members.contains(where: { $0.key.utf8.contains(UInt8(ascii: ":")) })
    else { return }
    documentFacts.add(concept, String(text.trimmed), of: try entity(of: dimensions))
  }

  private func figure(
    _ node: JSONNode,
    _ decimals: Int?,
    _ concept: String
  ) throws(ImportError) -> Figure {
    guard !node.isNull else { return Figure(value: nil) }
    let text = node.string ?? node.numberText ?? "neither number nor text"
    let value: Amount
    do {
      value = try Amount(lexical: text)
    } catch {
      throw fields.refusal(of: text, concept, error, at: node)
    }
    guard let decimals, decimals <= Amount.digitCountMax else { return Figure(value: value) }
    guard decimals >= -Amount.digitCountMax else {
      throw fields.error(
        at: node,
        "\(concept) has decimals \(decimals)",
        remedy: Remedies.fewerPlaces
      )
    }
    return Figure(value: value, decimals: Int8(decimals))
  }

  /// The ledger's name of `prefix:local`, whose prefix must be declared.
  private func name(_ node: JSONNode, _ field: String) throws(ImportError) -> String {
    let text = try fields.text(node, field)
    guard let name = name(text) else {
      throw fields.error(
        at: node,
        "\"\(field)\" is \"\(text.prefix(80))\", which is no name with a declared prefix",
        remedy: "declare the prefix in \"namespaces\" of \"documentInfo\""
      )
    }
    return name
  }

  private func name(_ text: String) -> String? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, let namespace = namespaces[String(parts[0])] else {
      return nil
    }
    let prefix = XBRLNames.standardPrefix(of: namespace) ?? String(parts[0])
    names.add(prefix, of: namespace)
    return "\(prefix):\(parts[1])"
  }

  private func entity(of dimensions: JSONNode) throws(ImportError) -> String {
    let node = try fields.required("entity", of: dimensions)
    let text = try fields.text(node, "entity")
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, !parts[1].contains(where: \.isWhitespace),
      let scheme = namespaces[String(parts[0])]
    else {
      throw fields.error(
        at: node,
        "\"entity\" is \"\(text.prefix(80))\", which is no name with a declared prefix",
        remedy: "declare the prefix in \"namespaces\" of \"documentInfo\""
      )
    }
    let entity = XBRLNames.entity(scheme: scheme, identifier: String(parts[1]))
    names.add(entity: entity, scheme: scheme)
    return entity
  }

  /// Dimensions of the taxonomy have a prefix, which those of the model itself have not.
  private func taxonomyDimensions(of node: JSONNode) throws(ImportError) -> Dimensions {
    var pairs: [(key: String, value: String)] = []
    for member in node.members where member.key.utf8.contains(UInt8(ascii: ":")) {
      guard let key = name(member.key) else {
        throw fields.error(
          at: member.keyNode,
          "the prefix of dimension \"\(member.key.prefix(80))\" is not declared",
          remedy: "declare the prefix in \"namespaces\" of \"documentInfo\""
        )
      }
      // The value of a typed dimension is a text, which may look like a name and be none.
      let text = try fields.text(member.value, member.key)
      pairs.append((key, name(text) ?? text))
    }
    do {
      return try Dimensions(pairs)
    } catch {
      throw fields.error(at: node, error.message, remedy: Remedies.usableDimensions)
    }
  }

  /// The measure without its prefix, which must be declared.
  private func measure(_ text: Substring) -> String? {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, let namespace = namespaces[String(parts[0])] else {
      return nil
    }
    names.add(measure: String(parts[1]), in: namespace, prefix: String(parts[0]))
    return String(parts[1])
  }

  /// `iso4217:USD`, `iso4217:USD/xbrli:shares`, `my:a*my:b/(my:c*my:d)`; a pure number for none.
  private func unit(of dimensions: JSONNode) throws(ImportError) -> String {
    guard let node = dimensions["unit"] else { return "pure" }
    let text = try fields.text(node, "unit")
    let sides = text.split(separator: "/", omittingEmptySubsequences: false).map { side in
      var side = side
      if side.first == "(", side.last == ")" { side = side.dropFirst().dropLast() }
      return side.split(separator: "*", omittingEmptySubsequences: false)
    }
    let names = sides.map { side in
      side.compactMap { measure($0) }
    }
    guard 1...2 ~= sides.count, zip(sides, names).allSatisfy({ $0.count == $1.count }) else {
      throw fields.error(
        at: node,
        "\"unit\" is \"\(text.prefix(80))\"",
        remedy: "write measures with declared prefixes: iso4217:USD, iso4217:USD/xbrli:shares"
      )
    }
    return XBRLNames.unit(names[0], per: names.count == 2 ? names[1] : [])
  }

  /// One midnight, of an instant, or two, of a duration; a midnight ends the day before it.
  private func period(of dimensions: JSONNode, _ label: String) throws(ImportError) -> Period {
    guard let node = dimensions["period"] else {
      throw fields.error(
        at: dimensions,
        "\(label) has no period",
        remedy: "a figure that is about all of time cannot be recorded"
      )
    }
    let text = try fields.text(node, "period")
    let ends = text.split(separator: "/", omittingEmptySubsequences: false)
    if ends.allSatisfy({ $0.utf8.contains(UInt8(ascii: "T")) }) {
      if ends.count == 1, let day = CivilDate(xbrl: ends[0], isEnd: true) { return .instant(day) }
      if ends.count == 2, let period = Period(xbrlStart: ends[0], end: ends[1]) { return period }
    }
    throw fields.error(
      at: node,
      "\"period\" is \"\(text.prefix(80))\"",
      remedy: "periods end at a midnight: 2010-10-01T00:00:00 is the end of September 30, "
        + "2010-07-01T00:00:00/2010-10-01T00:00:00 the quarter before it"
    )
  }
}
