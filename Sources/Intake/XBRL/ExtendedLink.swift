import Facts
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

    /// Attributes that two arcs must have alike to be equivalent, besides those of XBRL's own (XBRL 2.1
    /// §3.5.3.9.7.4): numbers as numbers.
    var otherAttributes: [String] {
      node.attributes.filter { name, _ in
        name.namespace != XBRLNames.link && !Self.ownNames.contains(name)
      }.map { name, value in
        let number = try? Amount(lexical: value)
        return
          "\(name.namespace) \(name.local)=\(number?.withoutTrailingZeros.description ?? value)"
      }.sorted()
    }

    /// How high the arc ranks, and whether it prohibits (XBRL 2.1 §3.5.3.9.7.1).
    var rank: ArcRank {
      ArcRank(
        priority: node["priority"].flatMap { Int($0) } ?? 0,
        isProhibition: node["use"] == "prohibited"
      )
    }

    /// The order among the arcs from one concept; 1 if none is given.
    var order: Amount {
      node["order"].flatMap { try? Amount(lexical: $0) }
        ?? Amount(mantissa: 1, fractionDigitCount: 0)
    }

    private static let ownNames = Set(
      ["order", "use", "priority", "weight", "preferredLabel"].map { XMLName($0) }
    )
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

/// Which of several equivalent arcs counts: of the highest priority, a prohibition.
struct ArcRank: Comparable {
  let priority: Int
  let isProhibition: Bool

  static func < (lhs: ArcRank, rhs: ArcRank) -> Bool {
    (lhs.priority, lhs.isProhibition ? 1 : 0) < (rhs.priority, rhs.isProhibition ? 1 : 0)
  }
}
