/// A name in its namespace (Namespaces in XML 1.0): the prefix is gone.
public struct XMLName: Hashable, Sendable {
  /// The namespace of `xml:lang` and its kind, whose prefix is never declared.
  public static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"

  /// The URI of the namespace; empty for none.
  public let namespace: String

  /// The name in it.
  public let local: String

  /// The name `local` in `namespace`.
  public init(_ local: String, in namespace: String = "") {
    self.namespace = namespace
    self.local = local
  }
}

/// The prefixes that are in scope at an element.
public struct XMLNamespaces: Sendable {
  /// The URI under each prefix; under the empty one, the default namespace.
  private var namespaces: [String: String] = ["xml": XMLName.xmlNamespace]

  /// Only `xml`, which is never declared.
  init() {}

  /// The URI that `prefix` is declared for; `nil` if it is not declared.
  public subscript(_ prefix: String) -> String? { namespaces[prefix] }

  mutating func declare(_ prefix: String, as namespace: String) {
    namespaces[prefix] = namespace
  }

  /// The shortest, then first, prefix declared for `namespace`; `nil` if there is none but the
  /// default.
  public func prefix(of namespace: String) -> String? {
    namespaces.lazy.filter { $0.value == namespace && !$0.key.isEmpty }.map(\.key)
      .min { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
  }

  /// The expanded name of a text such as `us-gaap:Assets` (XML Schema part 2, QName); `nil` if
  /// it is no name or its prefix is not declared.
  public func name(_ text: some StringProtocol) -> XMLName? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, !parts.contains(where: \.isEmpty), let local = parts.last else {
      return nil
    }
    guard parts.count == 2 else { return XMLName(String(local), in: namespaces[""] ?? "") }
    return namespaces[String(parts[0])].map { XMLName(String(local), in: $0) }
  }
}

/// An element of an XML document, with its contents.
public struct XMLNode: Sendable {
  /// Its name.
  public let name: XMLName

  /// Its attributes, in the order of the document; declarations of namespaces are none.
  public let attributes: [(name: XMLName, value: String)]

  /// The prefixes declared here.
  public let namespaces: XMLNamespaces

  /// Where its start tag begins.
  public let place: XMLPlace

  /// The line of ``place``, from 1.
  public var line: Int { place.line }

  /// The elements in it.
  public internal(set) var children: [XMLNode] = []

  /// The text in it, without that of its children.
  public private(set) var text = ""

  /// The place of the last character of ``trimmedText``; of an element without one, the last character
  /// before its end.
  public private(set) var textEnd: XMLPlace

  /// A node without contents.
  init(_ tag: XMLStartTag) {
    (name, attributes, namespaces) = (tag.name, tag.attributes, tag.namespaces)
    (place, textEnd) = (tag.place, tag.place)
  }

  /// Adds a piece of text.
  mutating func append(_ piece: XMLText) {
    text += piece.text
    let end = piece.end { scalar in scalar.isASCII && UInt8(scalar.value).isXMLSpace }
    if let end { textEnd = end }
  }

  /// Takes the place of the element's end.
  mutating func close(at place: XMLPlace) {
    guard textEnd == self.place, trimmedText.isEmpty else { return }
    textEnd = XMLPlace(line: place.line, column: max(place.column - 1, 1))
  }

  /// The value of an attribute; `nil` if there is none.
  public subscript(_ name: XMLName) -> String? {
    attributes.first { $0.name == name }?.value
  }

  /// The value of an attribute without a namespace; `nil` if there is none.
  public subscript(_ local: String) -> String? { self[XMLName(local)] }

  /// The first child of this name; `nil` if there is none.
  public func child(_ name: XMLName) -> XMLNode? { children.first { $0.name == name } }

  /// The text without white space around it.
  public var trimmedText: Substring {
    let bytes = text.utf8
    guard let first = bytes.firstIndex(where: { !$0.isXMLSpace }),
      let last = bytes.lastIndex(where: { !$0.isXMLSpace })
    else { return "" }
    return text[first...last]
  }
}
