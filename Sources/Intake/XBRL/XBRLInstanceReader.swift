import Facts
import XML

/// Reads an XBRL 2.1 instance, one child of `<xbrl>` after the other.
struct XBRLInstanceReader {
  let file: XBRLFile

  /// Takes what is read.
  let facts: InstanceFacts

  /// Numbers the tuples.
  private let tuples: TupleCounter

  init(_ file: XBRLFile, into facts: InstanceFacts, filing: String?) {
    (self.file, self.facts) = (file, facts)
    tuples = TupleCounter(filing: filing ?? "")
    facts.begin(file)
  }

  /// Takes one child of `<xbrl>`.
  ///
  /// - Throws: ``ImportError`` if it is malformed, or no item; what keeps it from being stored.
  func take(_ node: XMLNode) throws {
    if try !facts.takeResource(node) { try takeFact(node, in: [:]) }
  }

  /// Takes an item, or those of a tuple.
  ///
  /// - Parameter around: The tuples around it, by their names.
  private func takeFact(_ node: XMLNode, in around: [String: String]) throws {
    let concept = try facts.name(node.name, in: node.namespaces, at: node.line)
    guard let context = node["contextRef"] else {
      guard node.trimmedText.isEmpty else {
        throw file.error(
          at: node,
          "<\(node.name.local)> is no fact: it has no contextRef",
          remedy: "an item has a context; a tuple has items, and no text"
        )
      }
      var around = around
      facts.tupleCount += 1
      around[concept] = tuples.value(ofNext: concept)
      for child in node.children { try takeFact(child, in: around) }
      return
    }
    guard let unit = node["unitRef"] else {
      facts.textCount += 1
      return facts.noteText(concept, context: context, value: String(node.trimmedText))
    }
    let (figure, text) = try figure(of: node, concept)
    let dimensions: Dimensions
    do {
      dimensions = try Dimensions(around.map { ($0.key, $0.value) })
    } catch {
      throw file.error(at: node, error.message, remedy: Remedies.usableDimensions)
    }
    try facts.addFigure(
      figure,
      of: concept,
      context: context,
      unit: unit,
      tuples: dimensions,
      at: node.textEnd,
      text: text
    )
  }

  private func figure(
    of node: XMLNode,
    _ concept: String
  ) throws(ImportError) -> (Figure, text: String?) {
    if node.isNil {
      guard node["decimals"] == nil, node["precision"] == nil else {
        throw file.error(
          at: node,
          "\(concept) has no value (xsi:nil), and says how far it is rounded",
          remedy: "a fact without a value has neither decimals nor precision (XBRL 2.1 §4.6.3)"
        )
      }
      return (Figure(value: nil), nil)
    }
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

/// Numbers the tuples of an instance (XBRL 2.1 §4.9), so that figures of one are those of no other.
///
/// A tuple has no name of its own: `FILING#1` is the first of its concept in the document, and no tuple of
/// another filing.
private final class TupleCounter {
  private let filing: String
  private var counts: [String: Int] = [:]

  init(filing: String) { self.filing = filing }

  /// What the next tuple of a concept is called.
  func value(ofNext concept: String) -> String {
    let number = counts[concept, default: 0] + 1
    counts[concept] = number
    return "\(filing)#\(number)"
  }
}
