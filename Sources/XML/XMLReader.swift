/// Reads an XML document piece by piece, and hands over the children of its root.
///
/// A document of any length is read in the memory of its largest child. Nothing but the bytes given
/// is ever read: a document type declaration is refused, and with it every entity that is not one
/// of XML's own five, so that no text can grow on its own or name a file or an address.
///
///     let reader = XMLReader { child, root in … }
///     for chunk in chunks { try reader.read(chunk.span) }
///     try reader.finish()
public final class XMLReader {
  /// How many elements may lie in each other.
  public static let depthLimit = 256

  private let events: XMLEventReader

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - root: Called with the root's start tag, before any child.
  ///   - child: Called with each child of the root, whole, and the root's start tag.
  public init(
    root: @escaping (_ root: XMLNode) throws -> Void = { _ in },
    child: @escaping (_ child: XMLNode, _ root: XMLNode) throws -> Void
  ) {
    events = XMLEventReader(
      RootsChildren(root: root, child: child),
      allowsDocumentType: false,
      depthLimit: Self.depthLimit
    )
  }

  /// Reads the next bytes of the document.
  ///
  /// - Throws: ``XMLError`` if they are no well-formed XML, declare a document type or lie in more
  ///   than ``depthLimit`` elements; whatever the two functions throw. The reader is then of no
  ///   more use.
  /// - Complexity: O(*n*).
  public func read(_ bytes: Span<UInt8>) throws { try events.read(bytes) }

  /// Ends the document.
  ///
  /// - Throws: As ``read(_:)``, also if the document is not complete.
  public func finish() throws { try events.finish() }
}

/// Builds each child of the root.
private final class RootsChildren: XMLEventHandler {
  private let take: (root: (XMLNode) throws -> Void, child: (XMLNode, XMLNode) throws -> Void)
  private var root: XMLNode?
  private var builder = XMLNodeBuilder()

  init(
    root: @escaping (XMLNode) throws -> Void,
    child: @escaping (XMLNode, XMLNode) throws -> Void
  ) {
    take = (root, child)
  }

  /// Text beside the root's children belongs to none of them.
  var takesText: Bool { builder.isOpen }

  func start(_ name: XMLName, _ tag: () -> XMLStartTag) throws {
    guard root != nil else {
      let node = XMLNode(tag())
      root = node
      return try take.root(node)
    }
    builder.start(tag())
  }

  func text(_ piece: XMLText) { builder.text(piece) }

  func end(_ place: XMLPlace) throws {
    guard let child = builder.end(place), let root else { return }
    try take.child(child, root)
  }
}
