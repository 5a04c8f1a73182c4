import Facts
import XML

/// Gathers what an XBRL 2.1 instance holds: figures, whose contexts and units may stand behind
/// them, and what it says of the document.
final class XBRLInstanceReader {
  private let file: XBRLFile

  /// Figures as written, in the order of the file.
  private var items: [Item] = []
  private var contexts: [String: XBRLContext] = [:]
  private var units: [String: String] = [:]
  private var prefixes: [String: String] = [:]
  private var texts = SharedTexts()
  private var documentItems: [(concept: String, context: String, value: String)] = []

  /// How many facts are no figures: texts, names, dates.
  private(set) var textCount = 0

  /// The files that its schema references name, with their lines.
  private(set) var references: [(href: String, line: Int, role: String?)] = []

  private struct Item {
    let concept: String
    let context: String
    let unit: String
    let figure: Figure
    let text: String?
    let place: Source.Place
  }

  init(path: String) { file = XBRLFile(path: path) }

  /// Takes one child of `<xbrl>`.
  func take(_ node: XMLNode) throws {
    switch (node.name.namespace, node.name.local) {
    case (XBRLNames.instance, "context"):
      let id = try file.attribute(XMLName("id"), of: node)
      let context = try XBRLContext(node, in: file) { name, node throws(ImportError) in
        try self.name(name, node)
      }
      guard contexts.updateValue(context, forKey: id) == nil else {
        throw repeated("context", id, node)
      }
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

  private func takeFact(_ node: XMLNode) throws(ImportError) {
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
        documentItems.append((concept, context, String(node.trimmedText)))
      }
      return
    }
    let (figure, text) = try figure(of: node, concept)
    let (line, column) = node.textEnd
    items.append(
      Item(
        concept: texts.copy(of: concept),
        context: texts.copy(of: context),
        unit: texts.copy(of: unit),
        figure: figure,
        text: text,
        place: Source.Place(line: UInt32(line), column: UInt32(clamping: column))
      )
    )
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
        error == .tooManyDigits
          ? "\(concept) is \(text.prefix(80)), which has more than \(Amount.digitCountMax) digits"
          : "\(concept) is \"\(text.prefix(80))\", which is no decimal number",
        remedy: error == .tooManyDigits
          ? "no ledger can hold it exactly: take this fact out of the file"
          : "a fact with a unit has a number, or xsi:nil=\"true\""
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
        remedy: "figures are rounded to at most 18 places before the point"
      )
    }
    return Int8(number)
  }

  /// The figures, with their contexts and units; they are not kept here.
  func takeFigures() throws(ImportError) -> [ReportedFigure] {
    var figures: [ReportedFigure] = []
    figures.reserveCapacity(items.count)
    defer { items = [] }
    for item in items {
      guard let context = contexts[item.context] else {
        throw missing("contextRef", item.context, of: item)
      }
      guard let unit = units[item.unit] else { throw missing("unitRef", item.unit, of: item) }
      let fact = Fact(
        entity: context.entity,
        concept: item.concept,
        dimensions: context.dimensions,
        unit: unit,
        period: context.period
      )
      figures.append(
        ReportedFigure(fact: fact, figure: item.figure, place: item.place, text: item.text)
      )
    }
    return figures
  }

  private func missing(_ attribute: String, _ id: String, of item: Item) -> ImportError {
    ImportError(
      file: file.path,
      place: .line(Int(item.place.line)),
      message: "\(attribute) of \(item.concept) is \"\(id)\", which the file does not define",
      remedy: "is the file whole and unchanged? Download it again"
    )
  }

  /// What the facts of dei without dimensions say, by entity and concept, the first of each.
  var documentFacts: DocumentFacts {
    var facts = DocumentFacts()
    for item in documentItems {
      guard let context = contexts[item.context], context.dimensions.isEmpty else { continue }
      facts.add(item.concept, item.value, of: context.entity)
    }
    return facts
  }
}
