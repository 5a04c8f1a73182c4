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

/// Drafts of which somebody is told how many were read.
public struct ObservedDrafts: DraftSource {
  private let drafts: any DraftSource
  private let observe: @Sendable (_ readCount: Int) -> Void

  /// - Parameters:
  ///   - drafts: Where the drafts come from.
  ///   - observe: Is told after each 256th draft; again from the first where they are read again.
  public init(
    _ drafts: any DraftSource,
    observe: @escaping @Sendable (_ readCount: Int) -> Void
  ) {
    (self.drafts, self.observe) = (drafts, observe)
  }

  /// How many there are.
  public var count: Int { drafts.count }

  /// Starts at the first.
  public func makeReader() -> any DraftReader {
    Reader(drafts: drafts.makeReader(), observe: observe)
  }

  private struct Reader: DraftReader {
    var drafts: any DraftReader
    let observe: @Sendable (_ readCount: Int) -> Void
    var readCount = 0

    mutating func next() throws -> Draft? {
      guard let draft = try drafts.next() else { return nil }
      readCount += 1
      if readCount & 255 == 0 { observe(readCount) }
      return draft
    }
  }
}
