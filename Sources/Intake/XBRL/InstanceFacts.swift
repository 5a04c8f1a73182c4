import Facts
import Platform
import XML

/// Gathers what the documents of a report hold, whatever their syntax: figures, whose contexts and units
/// may stand behind them, and what the report tells of itself.
final class InstanceFacts {
  /// The documents that are read, the current one last.
  private(set) var files: [XBRLFile] = []

  /// Figures as written, in the order of the documents.
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

  /// What the names of the report stand for.
  private var names = ReportNames()

  /// How many facts are no figures: texts, names, dates.
  var textCount = 0

  /// How many tuples there are.
  var tupleCount = 0

  /// How many facts are of other reports, by the name of each.
  private(set) var otherReportCounts: [String: Int] = [:]

  /// The entity of the first context.
  private(set) var firstEntity: String?

  /// The files that its schema references name.
  private(set) var references: [XBRLTaxonomy.Reference] = []

  /// The most documents of one report.
  static let fileCountMax = 255

  /// Whether the source of each figure names its document.
  private let namesDocuments: Bool

  /// The prefixes that the roots of the documents declare.
  private var rootNamespaces: [XMLNamespaces] = []

  init(namesDocuments: Bool = false, memoryLimit: Int) {
    self.namesDocuments = namesDocuments
    items = DiskBuffer(memoryLimit: memoryLimit)
  }

  /// Begins with the next document.
  func begin(_ file: XBRLFile) { files.append(file) }

  private var file: XBRLFile { files[files.count - 1] }

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

  /// Takes a context, a unit or a reference.
  ///
  /// - Returns: Whether the node is one, or another resource that tells nothing of figures.
  /// - Throws: ``ImportError`` if it is malformed, or its id stands twice.
  func takeResource(_ node: XMLNode) throws(ImportError) -> Bool {
    switch (node.name.namespace, node.name.local) {
    case (XBRLNames.instance, "context"):
      let id = try file.attribute(XMLName("id"), of: node)
      let context = try XBRLContext(node, in: file) { name, node throws(ImportError) in
        try self.name(name, in: node.namespaces, at: node.line)
      }
      let number = number(ofContext: id)
      names.add(entity: context.entity, scheme: context.scheme)
      guard contexts[number] == nil else { throw repeated("context", id, node) }
      if firstEntity == nil { firstEntity = context.entity }
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
      try noteMeasures(of: node)
    case (XBRLNames.linkbase, "schemaRef"), (XBRLNames.linkbase, "linkbaseRef"):
      references.append(
        XBRLTaxonomy.Reference(
          href: try file.attribute(XMLName("href", in: XBRLNames.link), of: node),
          role: node[XMLName("role", in: XBRLNames.link)],
          file: file,
          line: node.line,
          isSchema: node.name.local == "schemaRef"
        )
      )
    case (XBRLNames.linkbase, _): break  // Footnotes and role references.
    default: return false
    }
    return true
  }

  private func noteMeasures(of node: XMLNode) throws(ImportError) {
    for child in node.children {
      guard child.name.local == "measure" else {
        try noteMeasures(of: child)
        continue
      }
      let name = try file.name(child.trimmedText, in: child)
      let prefix = child.namespaces.prefix(of: name.namespace)
      names.add(measure: name.local, in: name.namespace, prefix: prefix)
    }
  }

  private func repeated(_ kind: String, _ id: String, _ node: XMLNode) -> ImportError {
    file.error(at: node.line, "\(kind) \"\(id)\" stands twice", remedy: "keep one")
  }

  /// Takes the prefixes that a document's root declares.
  func noteRoot(_ namespaces: XMLNamespaces) { rootNamespaces.append(namespaces) }

  /// The prefix that names in a namespace have in the ledger; `nil` if the documents declare none.
  func prefix(of namespace: String) -> String? {
    XBRLNames.standardPrefix(of: namespace) ?? prefixes[namespace]
      ?? rootNamespaces.lazy.compactMap { $0.prefix(of: namespace) }.first
  }

  /// The ledger's name of a concept, a dimension or a member: with the prefix that everybody uses
  /// for the taxonomy, else the one declared for it here.
  func name(
    _ name: XMLName,
    in namespaces: XMLNamespaces,
    at line: Int
  ) throws(ImportError) -> String {
    if let prefix = prefixes[name.namespace] { return "\(prefix):\(name.local)" }
    guard
      let prefix = XBRLNames.standardPrefix(of: name.namespace)
        ?? namespaces.prefix(of: name.namespace)
    else {
      throw file.error(
        at: line,
        "the namespace \"\(name.namespace)\" of \(name.local) has no prefix",
        remedy: "declare one with xmlns:PREFIX on the root element"
      )
    }
    prefixes[name.namespace] = prefix
    names.add(prefix, of: name.namespace)
    return "\(prefix):\(name.local)"
  }

  /// Counts a fact of another report that the documents hold (`target` of Inline XBRL).
  func note(target: String?) { otherReportCounts[target ?? "", default: 0] += 1 }

  /// Keeps what a fact of dei says of the document.
  ///
  /// - Parameter value: What it says; `nil` if that is not known.
  func noteText(_ concept: String, context: String, value: String?) {
    guard concept.hasPrefix("dei:"), let value else { return }
    documentItems.append((concept, number(ofContext: context), value))
  }

  /// Takes a figure.
  ///
  /// - Parameter tuples: The dimensions that the tuples around it give.
  /// - Throws: What keeps the storage from taking it.
  func addFigure(
    _ figure: Figure,
    of concept: String,
    context: String,
    unit: String,
    tuples: Dimensions = .none,
    at place: XMLPlace,
    text: String?
  ) throws {
    let item = InstanceItem(
      concept: texts.number(of: concept),
      context: UInt32(number(ofContext: context)),
      unit: texts.number(of: unit),
      tuples: texts.number(of: tuples.text),
      file: UInt8(files.count - 1),
      figure: figure,
      place: Source.Place(
        line: UInt32(clamping: place.line),
        column: UInt32(clamping: place.column)
      ),
      text: text
    )
    try items.append { item.append(to: &$0) }
    itemCount += 1
  }

  /// The figures, in the order of the documents; contexts and units are looked up as each is read.
  var figures: ReportedFigures {
    ReportedFigures(count: itemCount) { [self] body in
      var pieces = items.pieces()
      while let bytes = try pieces.next() {
        var rest = bytes[...]
        while !rest.isEmpty { try body(claim(of: InstanceItem(from: &rest))) }
      }
    }
  }

  /// What the report says of its names; `nil` if it has none.
  ///
  /// - Throws: ``ImportError`` for a namespace that is none.
  func report(of file: String) throws(ImportError) -> Filing.Report? {
    var names = names
    for reference in references where reference.isSchema { names.add(schema: reference.href) }
    return try names.report(of: file)
  }

  private func claim(of item: InstanceItem) throws(ImportError) -> UnfiledClaim {
    guard let context = contexts[Int(item.context)] else {
      throw missing("contextRef", contextIDs[Int(item.context)], of: item)
    }
    let unitID = texts[item.unit]
    guard let unit = units[unitID] else { throw missing("unitRef", unitID, of: item) }
    let own = Dimensions(canonicalText: texts[context.dimensions])
    guard let dimensions = own.merging(Dimensions(canonicalText: texts[item.tuples])) else {
      throw files[Int(item.file)].error(
        at: Int(item.place.line),
        "\(texts[item.concept]) lies in a tuple whose name is one of its dimensions",
        remedy: Remedies.usableDimensions
      )
    }
    return UnfiledClaim(
      fact: Fact(
        entity: texts[context.entity],
        concept: texts[item.concept],
        dimensions: dimensions,
        unit: unit,
        period: context.period
      ),
      figure: item.figure,
      source: Source(
        document: namesDocuments ? files[Int(item.file)].name : nil,
        place: item.place,
        text: item.text
      )
    )
  }

  private func missing(_ attribute: String, _ id: String, of item: InstanceItem) -> ImportError {
    files[Int(item.file)].error(
      at: Int(item.place.line),
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
