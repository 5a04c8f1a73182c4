import Facts
import Platform
import XML

/// Gathers what an XBRL 2.1 instance holds: figures, whose contexts and units may stand behind
/// them, and what it says of the document.
final class XBRLInstanceReader {
  private let file: XBRLFile

  /// Figures as written, in the order of the file.
  private var items: DiskBuffer
  private var itemCount = 0

  /// What contexts say, by the numbers of their ids; `nil` for an id that is only referred to yet.
  private var contexts: [Context?] = []
  private var contextIDs = PackedTexts()
  private var units: [String: String] = [:]
  private var prefixes: [String: String] = [:]

  /// Concepts, entities, dimensions and the ids of units.
  private var texts = NumberedTexts()
  private var documentItems: [(concept: String, context: Int, value: String)] = []

  /// How many facts are no figures: texts, names, dates.
  private(set) var textCount = 0

  /// The files that its schema references name, with their lines.
  private(set) var references: [(href: String, line: Int, role: String?)] = []

  init(path: String, memoryLimit: Int) {
    file = XBRLFile(path: path)
    items = DiskBuffer(memoryLimit: memoryLimit)
  }

  /// A context whose texts are numbers: a document may have as many as figures.
  private struct Context {
    let entity: UInt32
    let dimensions: UInt32
    let period: Period
  }

  private func number(ofContext id: String) -> Int {
    let number = contextIDs.number(of: id)
    if number == contexts.count { contexts.append(nil) }
    return number
  }

  /// Takes one child of `<xbrl>`.
  func take(_ node: XMLNode) throws {
    switch (node.name.namespace, node.name.local) {
    case (XBRLNames.instance, "context"):
      let id = try file.attribute(XMLName("id"), of: node)
      let context = try XBRLContext(node, in: file) { name, node throws(ImportError) in
        try self.name(name, node)
      }
      let number = number(ofContext: id)
      guard contexts[number] == nil else { throw repeated("context", id, node) }
      contexts[number] = Context(
        entity: texts.number(of: context.entity),
        dimensions: texts.number(of: context.dimensions.text),
        period: context.period
      )
    case (XBRLNames.instance, "unit"):
      let id = try file.attribute(XMLName("id"), of: node)
      guard units.updateValue(try XBRLNames.unit(node, in: file), forKey: id) == nil else {
        throw repeated("unit", id, node)
      }
    case (XBRLNames.linkbase, "schemaRef"), (XBRLNames.linkbase, "linkbaseRef"):
      let href = try file.attribute(XMLName("href", in: XBRLNames.link), of: node)
      references.append((href, node.line, node[XMLName("role", in: XBRLNames.link)]))
    case (XBRLNames.linkbase, _): break  // Footnotes and role references.
    default: try takeFact(node)
    }
  }

  private func repeated(_ kind: String, _ id: String, _ node: XMLNode) -> ImportError {
    file.error(at: node, "\(kind) \"\(id)\" stands twice", remedy: "keep one")
  }

  /// The ledger's name of a concept, a dimension or a member: with the prefix that everybody uses
  /// for the taxonomy, else the one declared for it here.
  func name(_ name: XMLName, _ node: XMLNode) throws(ImportError) -> String {
    if let prefix = prefixes[name.namespace] { return "\(prefix):\(name.local)" }
    guard
      let prefix = XBRLNames.standardPrefix(of: name.namespace)
        ?? node.namespaces.prefix(of: name.namespace)
    else {
      throw file.error(
        at: node,
        "the namespace \"\(name.namespace)\" of \(name.local) has no prefix",
        remedy: "declare one with xmlns:PREFIX on the root element"
      )
    }
    prefixes[name.namespace] = prefix
    return "\(prefix):\(name.local)"
  }

  private func takeFact(_ node: XMLNode) throws {
    guard let context = node["contextRef"] else {
      throw file.error(
        at: node,
        "<\(node.name.local)> is no fact: it has no contextRef",
        remedy: "only items are read; tuples are not"
      )
    }
    let concept = try name(node.name, node)
    guard let unit = node["unitRef"] else {
      textCount += 1
      if concept.hasPrefix("dei:") {
        documentItems.append((concept, number(ofContext: context), String(node.trimmedText)))
      }
      return
    }
    let (figure, text) = try figure(of: node, concept)
    let (line, column) = node.textEnd
    let item = InstanceItem(
      concept: texts.number(of: concept),
      context: UInt32(number(ofContext: context)),
      unit: texts.number(of: unit),
      figure: figure,
      place: Source.Place(line: UInt32(line), column: UInt32(clamping: column)),
      text: text
    )
    try items.append { item.append(to: &$0) }
    itemCount += 1
  }

  private func figure(
    of node: XMLNode,
    _ concept: String
  ) throws(ImportError) -> (Figure, text: String?) {
    let isNil = node[XMLName("nil", in: XBRLNames.schemaInstance)]
    if isNil == "true" || isNil == "1" { return (Figure(value: nil), nil) }
    let text = node.trimmedText
    let value: Amount
    do {
      value = try Amount(lexical: text)
    } catch {
      throw file.error(
        at: node,
        error.message(text, of: concept),
        remedy: error.remedy(
          without: "this fact",
          "a fact with a unit has a number, or xsi:nil=\"true\""
        )
      )
    }
    let decimals = try decimals(of: node, value, concept)
    let spelling = value.description == text ? nil : String(text.prefix(255))
    return (Figure(value: value, decimals: decimals), spelling)
  }

  /// How far the number is rounded; `nil` if it is exact.
  private func decimals(
    of node: XMLNode,
    _ value: Amount,
    _ concept: String
  ) throws(ImportError) -> Int8? {
    let (decimals, precision) = (node["decimals"], node["precision"])
    if decimals == "INF" || precision == "INF" { return nil }
    let number: Int?
    if let decimals, let given = Int(decimals) {
      number = given
    } else if let precision, let given = Int(precision), given > 0 {
      number = value.decimals(ofPrecision: given)
    } else {
      let given = decimals ?? precision
      throw file.error(
        at: node,
        "\(concept) has \(given.map { "decimals or precision \"\($0)\"" } ?? "no decimals")",
        remedy: "a figure says how far it is rounded: decimals=\"-3\" is thousands, INF is exact"
      )
    }
    guard let number, number <= Amount.digitCountMax else { return nil }
    guard number >= -Amount.digitCountMax else {
      throw file.error(
        at: node,
        "\(concept) has decimals \(number)",
        remedy: Remedies.fewerPlaces
      )
    }
    return Int8(number)
  }

  /// The figures, in the order of the file; contexts and units are looked up as each is read.
  var figures: ReportedFigures {
    ReportedFigures(count: itemCount) { [self] body in
      var pieces = items.pieces()
      while let bytes = try pieces.next() {
        var rest = bytes[...]
        while !rest.isEmpty { try body(claim(of: InstanceItem(from: &rest))) }
      }
    }
  }

  private func claim(of item: InstanceItem) throws(ImportError) -> UnfiledClaim {
    guard let context = contexts[Int(item.context)] else {
      throw missing("contextRef", contextIDs[Int(item.context)], of: item)
    }
    let unitID = texts[item.unit]
    guard let unit = units[unitID] else { throw missing("unitRef", unitID, of: item) }
    return UnfiledClaim(
      fact: Fact(
        entity: texts[context.entity],
        concept: texts[item.concept],
        dimensions: Dimensions(canonicalText: texts[context.dimensions]),
        unit: unit,
        period: context.period
      ),
      figure: item.figure,
      source: Source(place: item.place, text: item.text)
    )
  }

  private func missing(_ attribute: String, _ id: String, of item: InstanceItem) -> ImportError {
    ImportError(
      file: file.path,
      place: .line(Int(item.place.line)),
      message:
        "\(attribute) of \(texts[item.concept]) is \"\(id)\", which the file does not define",
      remedy: Remedies.downloadAgain
    )
  }

  /// What the facts of dei without dimensions say, by entity and concept, the first of each.
  var documentFacts: DocumentFacts {
    var facts = DocumentFacts()
    for item in documentItems {
      guard let context = contexts[item.context], texts[context.dimensions].isEmpty else {
        continue
      }
      facts.add(item.concept, item.value, of: texts[context.entity])
    }
    return facts
  }
}
