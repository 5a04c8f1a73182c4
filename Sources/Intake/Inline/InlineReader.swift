import Facts
import XML

/// Reads one document of an Inline XBRL 1.1 set: figures, contexts and units as an extracted instance has
/// them, with the line and the column where the page shows each figure.
final class InlineReader: XMLEventHandler {
  private let file: XBRLFile
  private let facts: InstanceFacts
  private let texts: InlineTexts

  /// What each open element is.
  private var open: [Role] = []

  /// Figures that are open: one may lie in another.
  private var figures: [InlineFigure] = []

  /// Builds the resource that is open.
  private var resource = XMLNodeBuilder()

  /// How many open elements leave their text out (`ix:exclude`).
  private var exclusionDepth = 0

  /// What an element of the page is.
  private enum Role {
    case figure, text, exclusion, resources, references, partOfResource, other

    /// References of another report.
    case otherReferences
  }

  /// How many elements of a page may lie in each other.
  static let depthLimit = 4096

  /// - Parameters:
  ///   - file: The document.
  ///   - facts: Takes what is read.
  ///   - texts: Takes what it tells of itself.
  init(_ file: XBRLFile, into facts: InstanceFacts, _ texts: InlineTexts) {
    (self.file, self.facts, self.texts) = (file, facts, texts)
    facts.begin(file)
  }

  var takesText: Bool { resource.isOpen || !figures.isEmpty || texts.areOpen }

  func start(_ name: XMLName, _ tag: () -> XMLStartTag) throws {
    if open.isEmpty { facts.noteRoot(tag().namespaces) }
    let isResource = open.last == .resources || open.last == .references
    if resource.isOpen || (isResource && !InlineNames.isInline(name)) {
      resource.start(tag())
      open.append(.partOfResource)
    } else if InlineNames.isInline(name) {
      open.append(try start(of: name.local, tag()))
    } else {
      // A figure that would be passed over in silence.
      guard name.local != "nonFraction" else {
        throw error(
          tag().place,
          "<nonFraction> is of the namespace \"\(name.namespace.prefix(80))\", which is not Inline XBRL's",
          remedy: Remedies.downloadAgain
        )
      }
      guard let figure = figures.last, figure.exclusionDepth == exclusionDepth else {
        return open.append(.other)
      }
      throw error(
        tag().place,
        "<\(name.local)> lies in ix:nonFraction of \(figure.concept)",
        remedy: "only text and one more ix:nonFraction may"
      )
    }
  }

  /// What an element of Inline XBRL is, which is taken.
  private func start(of local: String, _ tag: XMLStartTag) throws -> Role {
    switch local {
    case "nonFraction":
      figures.append(try figure(tag))
      return .figure
    case "nonNumeric":
      try startText(tag)
      return .text
    case "continuation":
      texts.startContinuation(tag["id"], continuedAt: tag["continuedAt"], exclusionDepth)
      return .text
    case "exclude":
      exclusionDepth += 1
      return .exclusion
    case "resources": return .resources
    case "references": return tag["target"] == nil ? .references : .otherReferences
    case "header", "hidden", "relationship", "footnote": return .other
    case "fraction", "numerator", "denominator", "tuple":
      throw error(
        tag.place,
        "ix:\(local) is not read",
        remedy: "take it out of the page: no figure of the ledger is a fraction or has parts"
      )
    default:
      throw error(
        tag.place,
        "ix:\(local.prefix(80)) is no element of Inline XBRL 1.1",
        remedy: Remedies.downloadAgain
      )
    }
  }

  private func error(_ place: XMLPlace, _ message: String, remedy: String) -> ImportError {
    file.error(at: place, message, remedy: remedy)
  }

  private func attribute(_ name: String, of tag: XMLStartTag) throws(ImportError) -> String {
    try file.required(tag[name], "ix:\(tag.name.local) has no \(name)", at: tag.place)
  }

  /// The concept that a fact is of.
  private func concept(of tag: XMLStartTag) throws(ImportError) -> String {
    let written = try attribute("name", of: tag)
    let name = try file.name(written, in: tag.namespaces, at: tag.place)
    return try facts.name(name, in: tag.namespaces, at: tag.place.line)
  }

  private func figure(_ tag: XMLStartTag) throws(ImportError) -> InlineFigure {
    if tag["tupleRef"] != nil {
      throw error(tag.place, "ix:nonFraction is part of a tuple", remedy: "tuples are not read")
    }
    return InlineFigure(
      tag,
      concept: try concept(of: tag),
      context: try attribute("contextRef", of: tag),
      unit: try attribute("unitRef", of: tag),
      exclusionDepth: exclusionDepth
    )
  }

  private func startText(_ tag: XMLStartTag) throws(ImportError) {
    let concept = try concept(of: tag)
    let context = try attribute("contextRef", of: tag)
    let isOfReport = tag["target"] == nil && concept.hasPrefix("dei:")
    texts.start(
      InlineText(
        concept: concept,
        context: context,
        format: tag["format"].map { written in
          tag.namespaces.name(written.trimmed) ?? XMLName(written)
        },
        exclusionDepth: exclusionDepth,
        continuation: tag["continuedAt"]
      ),
      isKept: isOfReport
    )
    if tag["target"] == nil { facts.textCount += 1 } else { facts.note(target: tag["target"]) }
  }

  func text(_ piece: XMLText) throws {
    if resource.isOpen { return resource.text(piece) }
    if let figure = figures.last, figure.exclusionDepth == exclusionDepth {
      figures[figures.count - 1].append(piece)
    }
    texts.append(piece, exclusionDepth)
  }

  func end(_ place: XMLPlace) throws {
    switch open.popLast() {
    case .partOfResource:
      if let node = resource.end(place) { _ = try facts.takeResource(node) }
    case .figure: try endFigure(place)
    case .text: texts.end(into: facts)
    case .exclusion: exclusionDepth -= 1
    case .resources, .references, .otherReferences, .other, nil: break
    }
  }

  private func endFigure(_ place: XMLPlace) throws {
    guard let figure = figures.popLast() else { return }
    if !figures.isEmpty { figures[figures.count - 1].append(figure) }
    if let target = figure.tag["target"] { return facts.note(target: target) }
    let value: Figure
    do throws(InlineFigure.Malformation) {
      value = try figure.figure()
    } catch {
      throw self.error(figure.end ?? figure.tag.place, error.message, remedy: error.remedy)
    }
    let printed = figure.printed.prefix(utf8Count: Source.textByteCountMax)
    try facts.addFigure(
      value,
      of: figure.concept,
      context: figure.context,
      unit: figure.unit,
      at: figure.end ?? XMLPlace(line: place.line, column: max(place.column - 1, 1)),
      text: printed.isEmpty || printed == value.value?.description ? nil : printed
    )
  }
}

/// The namespaces of Inline XBRL.
enum InlineNames {
  /// Of version 1.1, and of 1.0, which has the same elements.
  static let namespaces = [
    "http://www.xbrl.org/2013/inlineXBRL", "http://www.xbrl.org/2008/inlineXBRL",
  ]

  static func isInline(_ name: XMLName) -> Bool { namespaces.contains(name.namespace) }
}
