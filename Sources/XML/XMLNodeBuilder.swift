/// Builds a node from the events of its element.
public struct XMLNodeBuilder {
  /// The elements that are open, the outermost first.
  private var open: [XMLNode] = []

  /// A builder that waits for a start tag.
  public init() {}

  /// Whether an element is open.
  public var isOpen: Bool { !open.isEmpty }

  /// Takes a start tag.
  public mutating func start(_ tag: XMLStartTag) { open.append(XMLNode(tag)) }

  /// Takes a piece of text.
  public mutating func text(_ piece: XMLText) {
    guard !open.isEmpty else { return }
    open[open.count - 1].append(piece)
  }

  /// Takes an end.
  ///
  /// - Returns: The outermost element, if it is the one that ends.
  public mutating func end(_ place: XMLPlace) -> XMLNode? {
    guard var node = open.popLast() else { return nil }
    node.close(at: place)
    guard !open.isEmpty else { return node }
    open[open.count - 1].children.append(node)
    return nil
  }
}
