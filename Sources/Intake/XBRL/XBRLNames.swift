/// How names of XBRL become those of the ledger.
enum XBRLNames {
  static let instance = "http://www.xbrl.org/2003/instance"
  static let linkbase = "http://www.xbrl.org/2003/linkbase"
  static let link = "http://www.w3.org/1999/xlink"
  static let schema = "http://www.w3.org/2001/XMLSchema"
  static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"
  static let dimensions = "http://xbrl.org/2006/xbrldi"

  /// The prefix that everybody uses for a taxonomy published in yearly namespaces, such as
  /// `us-gaap` for `http://fasb.org/us-gaap/2022`; `nil` for any other namespace.
  ///
  /// So one concept has one name in reports of all years, whatever prefix they declare.
  static func standardPrefix(of namespace: String) -> String? {
    let parts = namespace.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count >= 5, parts[1].isEmpty else { return nil }
    switch parts[2] {
    case "fasb.org", "xbrl.us", "xbrl.sec.gov": return parts.count == 5 ? String(parts[3]) : nil
    case "xbrl.ifrs.org": return parts.last.map(String.init)
    default: return nil
    }
  }

  /// The name of an entity: `cik:0000719413`, `lei:…`, or for another scheme `SCHEME#IDENTIFIER`.
  static func entity(scheme: String, identifier: String) -> String {
    switch scheme {
    case "http://www.sec.gov/CIK":
      let zeros = max(0, 10 - identifier.utf8.count)
      return "cik:" + String(repeating: "0", count: zeros) + identifier
    case "http://standards.iso.org/iso/17442": return "lei:\(identifier)"
    default: return "\(scheme)#\(identifier)"
    }
  }

  /// A unit of these measures, without their prefixes, in the form of the Open Information Model:
  /// `USD`, `USD/shares`, `m*m`, `USD/(ozt*d)`.
  static func unit(_ numerators: [String], per denominators: [String]) -> String {
    func product(_ measures: [String], inQuotient: Bool) -> String {
      let text = measures.sorted().joined(separator: "*")
      return measures.count > 1 && inQuotient ? "(\(text))" : text
    }
    let isQuotient = !denominators.isEmpty
    let numerator = product(numerators, inQuotient: isQuotient)
    return isQuotient ? "\(numerator)/\(product(denominators, inQuotient: true))" : numerator
  }
}
