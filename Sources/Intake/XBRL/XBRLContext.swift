import Facts
import XML

/// A context of an XBRL 2.1 instance (§4.7): entity, period and dimensions of facts.
struct XBRLContext {
  let entity: String

  /// The namespace that the entity's identifier is of.
  let scheme: String
  let period: Period
  let dimensions: Dimensions

  /// Reads `<context>`.
  ///
  /// - Parameter name: Gives the ledger's name of a dimension or a member.
  init(
    _ node: XMLNode,
    in file: XBRLFile,
    name: (XMLName, XMLNode) throws(ImportError) -> String
  ) throws(ImportError) {
    let entityNode = try file.child("entity", of: node)
    let identifier = try file.child("identifier", of: entityNode)
    let scheme = try file.attribute(XMLName("scheme"), of: identifier)
    self.scheme = scheme
    entity = XBRLNames.entity(
      scheme: scheme,
      identifier: String(identifier.trimmedText)
    )
    period = try Self.period(file.child("period", of: node), in: file)
    var pairs: [(key: String, value: String)] = []
    for container in [
      entityNode.child(XMLName("segment", in: XBRLNames.instance)),
      node.child(XMLName("scenario", in: XBRLNames.instance)),
    ] {
      var others = SegmentParts()
      for member in container?.children ?? [] {
        if member.name.namespace == XBRLNames.dimensions {
          pairs.append(try Self.pair(member, in: file, name: name))
        } else {
          try others.add(member, in: file)
        }
      }
      pairs += others.pairs
    }
    do {
      dimensions = try Dimensions(pairs)
    } catch {
      throw file.error(
        at: node,
        "\(error.message) in context \"\(node["id"] ?? "")\"",
        remedy: Remedies.usableDimensions
      )
    }
  }

  private static func period(_ node: XMLNode, in file: XBRLFile) throws(ImportError) -> Period {
    func text(_ local: String) -> Substring? {
      node.child(XMLName(local, in: XBRLNames.instance))?.trimmedText
    }
    if let instant = text("instant"), let day = CivilDate(xbrl: instant, isEnd: true) {
      return .instant(day)
    }
    if let start = text("startDate"), let end = text("endDate"),
      let period = Period(xbrlStart: start, end: end)
    {
      return period
    }
    let words = node.children.map { "\($0.name.local) \($0.trimmedText)" }
    throw file.error(
      at: node,
      "the period is \(words.joined(separator: ", "))",
      remedy: "a period is an instant, or a start and a later end: dates or midnights"
    )
  }

  /// One dimension and its member (XBRL Dimensions 1.0): the name of an explicit member, the text
  /// of a typed one.
  private static func pair(
    _ node: XMLNode,
    in file: XBRLFile,
    name: (XMLName, XMLNode) throws(ImportError) -> String
  ) throws(ImportError) -> (key: String, value: String) {
    guard node.name.local == "explicitMember" || node.name.local == "typedMember" else {
      throw file.error(
        at: node,
        "<\(node.name.local)> is no element of XBRL Dimensions 1.0",
        remedy: "its members are explicit or typed ones"
      )
    }
    let axis = try file.name(file.attribute(XMLName("dimension"), of: node), in: node)
    let key = try name(axis, node)
    guard node.name.local == "explicitMember" else {
      return (key, String(node.children.first?.trimmedText ?? ""))
    }
    return (key, try name(file.name(node.trimmedText, in: node), node))
  }
}

extension XBRLNames {
  /// Reads `<unit>` (XBRL 2.1 §4.8).
  static func unit(_ node: XMLNode, in file: XBRLFile) throws(ImportError) -> String {
    func measures(_ node: XMLNode) throws(ImportError) -> [String] {
      var names: [String] = []
      for measure in node.children where measure.name.local == "measure" {
        let name = try file.name(measure.trimmedText, in: measure)
        // A measure without a namespace is a name like any other (304-unitOfMeasure.xml, V-12a).
        guard name.namespace != instance || name.local == "pure" || name.local == "shares" else {
          throw file.error(
            at: measure,
            "the measure \(measure.trimmedText) is none of XBRL's own, which are pure and shares",
            remedy: "a currency is iso4217:USD; the prefix of a measure must be declared"
          )
        }
        names.append(name.local)
      }
      guard !names.isEmpty else {
        throw file.error(
          at: node,
          "<\(node.name.local)> has no <measure>",
          remedy: "a unit has measures, or a numerator and a denominator of measures"
        )
      }
      return names
    }
    guard let divide = node.child(XMLName("divide", in: instance)) else {
      return unit(try measures(node), per: [])
    }
    let numerators = try measures(file.child("unitNumerator", of: divide))
    let denominators = try measures(file.child("unitDenominator", of: divide))
    if let measure = numerators.first(where: denominators.contains) {
      throw file.error(
        at: node,
        "\(measure) stands above and below the line of a unit",
        remedy: "a unit is given in its simplest form (XBRL 2.1 §4.8.4)"
      )
    }
    return unit(numerators, per: denominators)
  }
}
