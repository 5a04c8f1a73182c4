import Facts
import XML

/// What the files of a report's own taxonomy say: the schema, labels, calculations and presentation.
///
/// The standard taxonomies that they build on lie elsewhere and are never fetched.
final class XBRLTaxonomy {
  private let folder: SourceFolder

  /// The prefix under which the report declares a namespace.
  private let prefix: (_ namespace: String) -> String?

  private(set) var declarations: [String: ConceptDeclaration] = [:]
  private(set) var labels = ConceptLabels()
  private(set) var calculations = CalculationNetworks()
  private(set) var presentations = PresentationNetworks()

  /// What the schema says that a role is: `0000002 - Statement - Balance Sheets`.
  private(set) var roleDefinitions: [String: String] = [:]

  /// Concepts that the schema declares as parts of dimensions: axes, members and tables.
  private(set) var dimensionParts: [String: DimensionPart] = [:]

  /// The concept that an element of a schema declares, by `FILE#ID`.
  private var conceptsByID: [String: String] = [:]
  private var readNames: Set<String> = []

  /// The first schema that declares concepts, by their prefix.
  private var declaringFiles: [String: String] = [:]

  /// Prefixes whose concepts other files declare, too, which are not read.
  private var openPrefixes: Set<String> = []

  /// Finds the files that addresses name.
  private let addresses: PackageAddresses

  /// Whether files that are named and not there are passed over.
  private let isPartial: Bool

  /// The files that were passed over, in the order in which they are named.
  private(set) var missingNames: [String] = []

  /// What the files of `folder` say.
  ///
  /// - Parameters:
  ///   - addresses: Finds the files that addresses name.
  ///   - isPartial: Whether files that are named and not there are passed over.
  ///   - prefix: The prefix under which the report declares a namespace.
  init(
    folder: SourceFolder,
    addresses: PackageAddresses = PackageAddresses(),
    isPartial: Bool = false,
    prefix: @escaping (_ namespace: String) -> String?
  ) {
    (self.folder, self.isPartial, self.prefix) = (folder, isPartial, prefix)
    self.addresses = addresses
  }

  /// A file that another names.
  struct Reference {
    let href: String
    let role: String?
    let file: XBRLFile
    let line: Int

    /// Whether the report itself names it as a schema.
    var isSchema = false
  }

  /// Reads the files that `references` name, schemas first, and those that the schemas name.
  ///
  /// - Throws: ``ImportError`` if the folder lacks one, or one is damaged.
  func read(_ references: [Reference]) throws {
    var linkbases: [Reference] = []
    for reference in references {
      if reference.href.contains(".xsd") {
        linkbases += try readSchema(reference)
      } else {
        linkbases.append(reference)
      }
    }
    for linkbase in linkbases { try readLinkbase(linkbase) }
  }

  /// The name of the file, if it is to be in the folder and was not read before.
  private func localName(_ reference: Reference) throws -> String? {
    guard let href = addresses.name(of: reference.href, in: reference.file.nameInFolder),
      readNames.insert(href).inserted
    else { return nil }
    if folder.names.contains(href) { return href }
    if isPartial {
      missingNames.append(href)
      return nil
    }
    var error = reference.file.error(
      at: reference.line,
      "it names \(href), which the folder lacks",
      remedy: "put all files of the filing into \(folder.path)"
    )
    error.lacking = [.taxonomy]
    throw error
  }

  private func readSchema(_ reference: Reference) throws -> [Reference] {
    guard let name = try localName(reference) else { return [] }
    let file = XBRLFile(path: folder.path(of: name), nameInFolder: name)
    var references: [Reference] = []
    try folder.readXML(name) { [self] node, root in
      switch node.name.local {
      case "element": declare(node, root, in: name)
      case "include", "redefine":
        if let prefix = self.prefix(of: root) { openPrefixes.insert(prefix) }
      case "annotation":
        for child in node.children.flatMap(\.children) {
          switch child.name.local {
          case "linkbaseRef":
            let href = try file.attribute(XMLName("href", in: XBRLNames.link), of: child)
            let role = child[XMLName("role", in: XBRLNames.link)]
            references.append(Reference(href: href, role: role, file: file, line: child.line))
          case "roleType":
            let definition = child.child(XMLName("definition", in: XBRLNames.linkbase))
            if let role = child["roleURI"] { roleDefinitions[role] = definition?.text.onOneLine }
          default: break
          }
        }
      default: break
      }
    }
    return references
  }

  /// The prefix of what the schema with this root declares.
  private func prefix(of root: XMLNode) -> String? {
    let namespace = root["targetNamespace"] ?? ""
    return prefix(namespace) ?? root.namespaces.prefix(of: namespace)
  }

  /// The schema that declares all concepts with the prefix of this one, and not it; `nil` if there is none.
  func fileThatLacks(_ concept: String) -> String? {
    guard declarations[concept] == nil,
      let prefix = concept.split(separator: ":").first.map(String.init),
      !openPrefixes.contains(prefix)
    else { return nil }
    return declaringFiles[prefix]
  }

  private func declare(_ node: XMLNode, _ root: XMLNode, in fileName: String) {
    guard let local = node["name"], let prefix = prefix(of: root) else { return }
    let concept = "\(prefix):\(local)"
    if declaringFiles[prefix] == nil { declaringFiles[prefix] = fileName }
    if let id = node["id"] { conceptsByID["\(fileName)#\(id)"] = concept }
    let type = node["type"].flatMap { node.namespaces.name($0) }?.local
    let group = node["substitutionGroup"].flatMap { node.namespaces.name($0) }?.local
    if let part = DimensionPart(substitutionGroup: group, type: type) {
      dimensionParts[concept] = part
    }
    let balance = node[XMLName("balance", in: XBRLNames.instance)]
    let periodType = node[XMLName("periodType", in: XBRLNames.instance)]
    declarations[concept] = ConceptDeclaration(
      dataType: type.flatMap(Self.dataType),
      balance: balance.flatMap { ConceptDefinition.Balance(rawValue: $0) },
      periodType: periodType.flatMap { ConceptDefinition.PeriodType(rawValue: $0) }
    )
  }

  /// What values of an item type of XBRL and its data type registry are; `nil` for texts and for
  /// types that say too little.
  static func dataType(ofItemType type: String) -> ConceptDefinition.DataType? {
    switch type {
    case "monetaryItemType": .monetary
    case "sharesItemType": .shares
    case "perShareItemType": .perShare
    case "perUnitItemType": .perUnit
    case "pureItemType": .pure
    case "percentItemType": .percent
    case "integerItemType", "nonNegativeIntegerItemType", "positiveIntegerItemType": .integer
    case "massItemType": .mass
    case "lengthItemType": .length
    case "areaItemType": .area
    case "volumeItemType": .volume
    case "energyItemType": .energy
    default: nil
    }
  }

  private func readLinkbase(_ reference: Reference) throws {
    // Which dimensions go together and where concepts are explained says nothing of figures.
    let unread = ["definitionLinkbaseRef", "referenceLinkbaseRef"]
    if let role = reference.role, unread.contains(where: role.hasSuffix) { return }
    // A presentation adds no figure: a filing whose folder lacks it is whole without.
    if let role = reference.role, role.hasSuffix("presentationLinkbaseRef"),
      let href = addresses.name(of: reference.href, in: reference.file.nameInFolder),
      !folder.names.contains(href)
    {
      return
    }
    guard let name = try localName(reference) else { return }
    let file = XBRLFile(path: folder.path(of: name), nameInFolder: name)
    try folder.readXML(name) { [self] node, _ in
      guard node.name.namespace == XBRLNames.linkbase else { return }
      switch node.name.local {
      case "calculationLink":
        let link = try ExtendedLink(node, arc: "calculationArc", in: file, concept: concept)
        try calculations.add(link, in: file)
      case "presentationLink":
        let link = try ExtendedLink(node, arc: "presentationArc", in: file, concept: concept)
        presentations.add(link)
      case "labelLink":
        labels.add(try ExtendedLink(node, arc: "labelArc", in: file, concept: concept))
      default: break
      }
    }
  }

  /// The concept that a locator points to: declared in the folder, else by the custom of all
  /// standard taxonomies, whose elements have the identifier `PREFIX_NAME`.
  private func concept(_ href: String) -> String? {
    let parts = href.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let fileName = parts[0].split(separator: "/").last ?? ""
    if let concept = conceptsByID["\(fileName)#\(parts[1])"] { return concept }
    let words = parts[1].split(separator: "_", maxSplits: 1)
    return words.count == 2 ? "\(words[0]):\(words[1])" : nil
  }
}
