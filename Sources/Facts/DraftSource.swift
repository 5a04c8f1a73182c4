/// Drafts that can be read again and again, one at a time: an append may have to begin anew.
public protocol DraftSource: Sendable {
  /// How many there are.
  var count: Int { get }

  /// Starts at the first.
  func makeReader() -> any DraftReader
}

/// A walk over drafts.
public protocol DraftReader {
  /// The next draft; `nil` after the last.
  ///
  /// - Throws: What keeps the drafts from being read back.
  mutating func next() throws -> Draft?
}

extension [Draft]: DraftSource {
  /// Starts at the first.
  public func makeReader() -> any DraftReader { makeIterator() }
}

extension IndexingIterator: DraftReader where Elements == [Draft] {}
