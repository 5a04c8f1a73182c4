import JSON

extension Filing {
  /// What an XBRL report said of its names, so that it can be written again from the ledger, which has short
  /// names: the taxonomies behind its prefixes and measures, and the files that it names.
  public struct Report: Hashable, Sendable {
    /// The namespace behind each prefix of the filing's concepts, dimensions, members, entities and measures.
    public var namespaces: [String: String]

    /// The prefix, one of ``namespaces``, of each measure of the filing's units: `iso4217` of `USD`.
    public var measures: [String: String]

    /// The addresses of the schemas that the report names, as it writes them, in its order.
    public var taxonomy: [String]

    /// A report with these aspects.
    public init(namespaces: [String: String], measures: [String: String], taxonomy: [String]) {
      (self.namespaces, self.measures, self.taxonomy) = (namespaces, measures, taxonomy)
    }

    init(_ node: JSONNode) throws(InvalidEvent) {
      var fields = try FieldReader(node, "report of a filing")
      self.init(
        namespaces: try fields.value("namespaces", Self.texts) ?? [:],
        measures: try fields.value("measures", Self.texts) ?? [:],
        taxonomy: try fields.identifiers("taxonomy")
      )
      try fields.finish()
      guard !namespaces.isEmpty else {
        throw InvalidEvent(
          "\"report\" names no namespaces",
          remedy: "give them by their prefixes, or leave the report out"
        )
      }
      for (measure, prefix) in measures where namespaces[prefix] == nil {
        throw InvalidEvent(
          "the prefix \(prefix) of measure \(measure) is none of \"namespaces\"",
          remedy: "give its namespace"
        )
      }
    }

    private static func texts(_ node: JSONNode) throws(InvalidEvent) -> [String: String] {
      var texts: [String: String] = [:]
      guard node.kind == .object else {
        throw InvalidEvent("it is no object", remedy: "write {\"us-gaap\":\"http://…\"}")
      }
      for member in node.members {
        guard let text = member.value.string, !text.isEmpty, !member.key.isEmpty,
          text.utf8.count + member.key.utf8.count <= 4096,
          (text + member.key).utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else {
          throw InvalidEvent(
            "\"\(member.key.prefix(40))\" is no name, or has no text",
            remedy: "give names and texts without spaces, of at most 4,096 bytes"
          )
        }
        texts[member.key] = text
      }
      return texts
    }

    var json: JSONValue {
      func object(_ texts: [String: String]) -> JSONValue {
        .object(texts.map { (key: $0.key, value: JSONValue.string($0.value)) })
      }
      var fields = Fields()
      fields.add("namespaces", object(namespaces))
      if !measures.isEmpty { fields.add("measures", object(measures)) }
      if !taxonomy.isEmpty { fields.add("taxonomy", .array(taxonomy.map(JSONValue.string))) }
      return fields.json
    }
  }
}
