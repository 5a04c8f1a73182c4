import XML

/// The labels that label linkbases give concepts, by their roles; those in English before any other.
struct ConceptLabels {
  /// The role of labels that are given without any.
  static let standardRole = "http://www.xbrl.org/2003/role/label"

  private var texts: [String: [String: String]] = [:]

  /// Adds the labels of one extended link.
  mutating func add(_ link: ExtendedLink) {
    for arc in link.arcs {
      guard let concept = link.concepts[arc.from]?.first else { continue }
      for label in link.resources[arc.to] ?? [] {
        let role = label[XMLName("role", in: XBRLNames.link)] ?? Self.standardRole
        // Documentation is longer than any caption.
        guard !role.hasSuffix("/documentation"), let text = label.text.onOneLine,
          text.utf8.count <= 4096
        else { continue }
        let language = label[XMLName("lang", in: XMLName.xmlNamespace)]
        if texts[concept]?[role] == nil || language?.hasPrefix("en") == true {
          texts[concept, default: [:]][role] = text
        }
      }
    }
  }

  /// The standard label of a concept.
  subscript(_ concept: String) -> String? { texts[concept]?[Self.standardRole] }

  /// The label of a concept in a role.
  subscript(_ concept: String, role role: String) -> String? { texts[concept]?[role] }
}
