import XML

/// An extended link (XLink, XBRL 2.1 §3.5.3): locators of concepts, resources, and arcs between
/// them.
struct ExtendedLink {
  /// The link's role.
  let role: String

  /// The concepts that each label locates.
  private(set) var concepts: [String: [String]] = [:]

  /// The resources under each label.
  private(set) var resources: [String: [XMLNode]] = [:]

  /// The arcs, in the order of the file.
  private(set) var arcs: [Arc] = []

  struct Arc {
    let from: String
    let to: String
    let node: XMLNode
  }

  /// - Parameters:
  ///   - arc: The name of the arcs.
  ///   - concept: The concept that a locator's `href` points to.
  /// - Throws: ``ImportError`` if an attribute is missing, or an arc starts or ends nowhere.
  init(
    _ node: XMLNode,
    arc arcName: String,
    in file: XBRLFile,
    concept: (_ href: String) -> String?
  ) throws(ImportError) {
    func attribute(_ local: String, of node: XMLNode) throws(ImportError) -> String {
      try file.attribute(XMLName(local, in: XBRLNames.link), of: node)
    }
    role = try attribute("role", of: node)
    for child in node.children {
      switch child.name.local {
      case "loc":
        let href = try attribute("href", of: child)
        guard let name = concept(href) else {
          throw file.error(
            at: child,
            "the locator \"\(href.prefix(120))\" points to no concept",
            remedy: "a locator names an element by its id: FILE.xsd#PREFIX_NAME"
          )
        }
        concepts[try attribute("label", of: child), default: []].append(name)
      case arcName:
        let (from, to) = (try attribute("from", of: child), try attribute("to", of: child))
        arcs.append(Arc(from: from, to: to, node: child))
      default:
        if let label = child[XMLName("label", in: XBRLNames.link)] {
          resources[label, default: []].append(child)
        }
      }
    }
    for arc in arcs {
      for label in [arc.from, arc.to] where concepts[label] == nil && resources[label] == nil {
        throw file.error(
          at: arc.node,
          "an arc names \"\(label.prefix(120))\", which the link does not locate",
          remedy: Remedies.downloadAgain
        )
      }
    }
  }
}
