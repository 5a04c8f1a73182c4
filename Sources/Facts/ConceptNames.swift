/// The names of concepts, to be found by what people type: the whole name, with or without its prefix, in
/// whatever case.
public struct ConceptNames: Sendable {
  /// The names by each of their forms in small letters.
  private var names: [String: [String]] = [:]

  /// An index of these names.
  ///
  /// - Complexity: O(*n*), for *n* names.
  public init(_ all: [String]) {
    names.reserveCapacity(2 * all.count)
    for name in all {
      let small = name.lowercased()
      names[small, default: []].append(name)
      guard let local = small.localName else { continue }
      names[local, default: []].append(name)
    }
  }

  /// The concepts that this word names as a whole.
  ///
  /// - Parameter word: In small letters.
  /// - Complexity: O(1).
  public func names(of word: String) -> [String] { names[word] ?? [] }
}

extension String {
  /// What follows the last colon; `nil` if there is none.
  fileprivate var localName: String? {
    guard let colon = utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    return String(self[utf8.index(after: colon)...])
  }
}
