import Facts
import XML

/// Reads an XBRL 2.1 instance, one child of `<xbrl>` after the other.
struct XBRLInstanceReader {
  let file: XBRLFile

  /// Takes what is read.
  let facts: InstanceFacts

  init(_ file: XBRLFile, into facts: InstanceFacts) {
    (self.file, self.facts) = (file, facts)
    facts.begin(file)
  }

  /// Takes one child of `<xbrl>`.
  ///
  /// - Throws: ``ImportError`` if it is malformed, or no item; what keeps it from being stored.
  func take(_ node: XMLNode) throws {
    if try !facts.takeResource(node) { try takeFact(node) }
  }

  private func takeFact(_ node: XMLNode) throws {
    guard let context = node["contextRef"] else {
      throw file.error(
        at: node,
        "<\(node.name.local)> is no fact: it has no contextRef",
        remedy: "only items are read; tuples are not"
      )
    }
    let concept = try facts.name(node.name, in: node.namespaces, at: node.line)
    guard let unit = node["unitRef"] else {
      facts.textCount += 1
      return facts.noteText(concept, context: context, value: String(node.trimmedText))
    }
    let (figure, text) = try figure(of: node, concept)
    try facts.addFigure(
      figure,
      of: concept,
      context: context,
      unit: unit,
      at: node.textEnd,
      text: text
    )
  }

  private func figure(
    of node: XMLNode,
    _ concept: String
  ) throws(ImportError) -> (Figure, text: String?) {
    if node.isNil { return (Figure(value: nil), nil) }
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
    let rounding = FigureRounding(decimals: node["decimals"], precision: node["precision"])
    let decimals: Int8?
    do {
      decimals = try rounding.places(of: value, concept)
    } catch {
      throw file.error(at: node, error.message, remedy: error.remedy)
    }
    let spelling = value.description == text ? nil : text.asPrinted
    return (Figure(value: value, decimals: decimals), spelling)
  }
}

extension XMLNode {
  /// Whether the element says that it has no value (`xsi:nil`).
  fileprivate var isNil: Bool {
    let text = self[XMLName("nil", in: XBRLNames.schemaInstance)]
    return text == "true" || text == "1"
  }
}
