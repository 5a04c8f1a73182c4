/// Takes what an ``XMLEventReader`` finds, in the order of the document.
public protocol XMLEventHandler: AnyObject {
  /// Whether the texts that come next are wanted; others are passed over without being decoded.
  var takesText: Bool { get }

  /// Takes the start of an element.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - tag: Makes the whole tag, for those who need more than the name.
  /// - Throws: What ends the reading.
  func start(_ name: XMLName, _ tag: () -> XMLStartTag) throws

  /// Takes a piece of text: a text may come in several, and a reference is a piece of its own.
  ///
  /// - Throws: What ends the reading.
  func text(_ piece: XMLText) throws

  /// Takes the end of the element that was started last and has not ended.
  ///
  /// - Parameter place: Where its end tag begins; of an empty tag, its last character.
  /// - Throws: What ends the reading.
  func end(_ place: XMLPlace) throws
}

/// The start tag of an element.
public struct XMLStartTag: Sendable {
  /// The element's name.
  public let name: XMLName

  /// Its attributes, in the order of the document; declarations of namespaces are none.
  public let attributes: [(name: XMLName, value: String)]

  /// The prefixes that are in scope.
  public let namespaces: XMLNamespaces

  /// Where the tag begins.
  public let place: XMLPlace

  /// The value of an attribute without a namespace; `nil` if there is none.
  public subscript(_ local: String) -> String? { self[XMLName(local)] }

  /// The value of an attribute; `nil` if there is none.
  public subscript(_ name: XMLName) -> String? {
    attributes.first { $0.name == name }?.value
  }
}

/// A piece of text.
public struct XMLText: Sendable {
  /// The text, without references.
  public let text: String

  /// Where it begins.
  public let place: XMLPlace

  /// How many columns it takes, if it is one reference such as `&#160;`; else `nil`.
  let referenceLength: Int?

  /// The place of the last character that is no space; `nil` if all are.
  ///
  /// - Parameter isSpace: Whether a character counts as space.
  public func end(isSpace: (Unicode.Scalar) -> Bool) -> XMLPlace? {
    guard let last = text.unicodeScalars.lastIndex(where: { !isSpace($0) }) else { return nil }
    let count = referenceLength ?? text.unicodeScalars[...last].count
    return XMLPlace(line: place.line, column: place.column + count - 1)
  }
}
