import CJSON

/// The elements of an array.
public struct JSONElements: Sequence, Sendable {
  private let storage: JSONStorage
  private let first: Int
  private let end: Int

  init(_ array: JSONNode) {
    let node = array.node
    storage = array.storage
    first = array.index + 1
    end = node.kind == CJSON_ARRAY ? Int(node.next) : first
  }

  /// Starts a walk over the elements.
  public func makeIterator() -> Iterator { Iterator(storage: storage, index: first, end: end) }

  /// A walk over the elements of an array.
  public struct Iterator: IteratorProtocol, Sendable {
    fileprivate let storage: JSONStorage
    fileprivate var index: Int
    fileprivate let end: Int

    /// The next element, or `nil` after the last.
    public mutating func next() -> JSONNode? {
      guard index < end else { return nil }
      defer { index = Int(storage.nodes[index].next) }
      return JSONNode(storage: storage, index: index)
    }
  }
}

/// A member of an object.
public struct JSONMember: Sendable {
  /// The key as a node: its place, and its text without a copy.
  public let keyNode: JSONNode

  /// The value.
  public let value: JSONNode

  /// The key without its escapes.
  public var key: String { keyNode.withUTF8 { String($0) } }
}

/// The members of an object, in source order.
public struct JSONMembers: Sequence, Sendable {
  private let storage: JSONStorage
  private let first: Int
  private let end: Int

  init(_ object: JSONNode) {
    let node = object.node
    storage = object.storage
    first = object.index + 1
    end = node.kind == CJSON_OBJECT ? Int(node.next) : first
  }

  /// Starts a walk over the members.
  public func makeIterator() -> Iterator { Iterator(storage: storage, index: first, end: end) }

  /// A walk over the members of an object.
  public struct Iterator: IteratorProtocol, Sendable {
    fileprivate let storage: JSONStorage
    fileprivate var index: Int
    fileprivate let end: Int

    /// The next member, or `nil` after the last.
    public mutating func next() -> JSONMember? {
      guard index < end else { return nil }
      let key = JSONNode(storage: storage, index: index)
      let value = JSONNode(storage: storage, index: index + 1)
      index = Int(storage.nodes[index + 1].next)
      return JSONMember(keyNode: key, value: value)
    }
  }
}
