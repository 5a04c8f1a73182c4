import XML

/// What a segment or a scenario holds besides dimensions (XBRL 2.1 §4.7.3.2, §4.7.4): elements of any kind, each
/// taken as a dimension that is named by the element.
///
/// An element with a text alone has it as the value: `<my:state>MI</my:state>` is `my:state=MI`. One that is
/// empty, has attributes or elements in it, or stands there again, has itself as the value, written without
/// white space, its attributes sorted: `my:planet=<my:planet ring="no"/>`. Characters that would be taken for
/// another are written as in addresses (`%3C` for `<`), so nothing is lost.
struct SegmentParts {
  /// Values, and names in the order of the document.
  private var elements: [String: [XMLNode]] = [:]
  private var names: [String] = []

  /// Takes an element.
  ///
  /// - Throws: ``ImportError`` if it has text beside elements, whose order would be lost.
  mutating func add(_ node: XMLNode, in file: XBRLFile) throws(ImportError) {
    try Self.check(node, in: file)
    let name = Self.name(node.name, in: node)
    if elements[name] == nil { names.append(name) }
    elements[name, default: []].append(node)
  }

  private static func check(_ node: XMLNode, in file: XBRLFile) throws(ImportError) {
    guard node.children.isEmpty || node.trimmedText.isEmpty else {
      throw file.error(
        at: node,
        "<\(node.name.local)> in a segment or scenario has text beside elements",
        remedy: "of what is no dimension, elements with a text or with elements in them are read"
      )
    }
    for child in node.children { try check(child, in: file) }
  }

  /// The dimensions that the elements stand for.
  var pairs: [(key: String, value: String)] {
    names.map { name in
      let nodes = elements[name] ?? []
      let text = nodes[0].trimmedText
      let isText =
        nodes.count == 1 && nodes[0].attributes.isEmpty && nodes[0].children.isEmpty
        && !text.isEmpty
        && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: ";") }
        && text.first != "<"
      return (name, isText ? String(text) : nodes.map(Self.written).joined())
    }
  }

  /// A name with the prefix that the document declares, without one in braces behind its namespace.
  private static func name(_ name: XMLName, in node: XMLNode) -> String {
    guard !name.namespace.isEmpty else { return name.local }
    if name.namespace == XMLName.xmlNamespace { return "xml:\(name.local)" }
    guard let prefix = node.namespaces.prefix(of: name.namespace) else {
      return "{\(escaped(name.namespace))}\(name.local)"
    }
    return "\(prefix):\(name.local)"
  }

  private static func written(_ node: XMLNode) -> String {
    let name = name(node.name, in: node)
    let attributes = node.attributes.map { attribute, value in
      " \(Self.name(attribute, in: node))=\"\(escaped(value))\""
    }
    let content = escaped(node.trimmedText) + node.children.map(written).joined()
    let start = "<\(name)\(attributes.sorted().joined())"
    return content.isEmpty ? "\(start)/>" : "\(start)>\(content)</\(name)>"
  }

  private static func escaped(_ text: some StringProtocol) -> String {
    let reserved = Array("<>\"%;=".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      guard byte < 0x20 || byte == 0x7F || reserved.contains(byte) else {
        bytes.append(byte)
        continue
      }
      let digits = String(byte, radix: 16, uppercase: true)
      bytes += Array("%\(digits.utf8.count == 1 ? "0" : "")\(digits)".utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
