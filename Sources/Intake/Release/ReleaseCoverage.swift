import Facts

/// How much of a document was read, counted figure by figure.
public struct ReleaseCoverage: Sendable {
  /// How many figures became claims, dashes included.
  public private(set) var mappedCount = 0

  /// How many of those are dashes.
  public private(set) var dashCount = 0

  /// How many figures in cells did not become claims.
  public private(set) var unmappedCount = 0

  /// How many figures in cells are computed from other figures of their rows: changes, percentages.
  public private(set) var computedCount = 0

  /// How many figures head columns.
  public private(set) var headingCount = 0

  /// How many figures stand in prose, titles, captions, footnotes and markup.
  public private(set) var textCount = 0

  /// The first figures that did not become claims; at most ``keptCountMax``.
  public private(set) var unmapped: [ReleaseFigure] = []

  /// How many unmapped figures are kept.
  public static let keptCountMax = 1000

  /// Nothing read yet.
  public init() {}

  /// How many figures there are, in cells and elsewhere.
  public var count: Int {
    mappedCount + unmappedCount + computedCount + headingCount + textCount
  }

  /// Counts a figure.
  public mutating func add(_ figure: ReleaseFigure) {
    switch figure.status {
    case .mapped(let claim):
      mappedCount += 1
      if claim.figure.value == nil { dashCount += 1 }
    case .unmapped:
      unmappedCount += 1
      if unmapped.count < Self.keptCountMax { unmapped.append(figure) }
    case .computed: computedCount += 1
    case .heading: headingCount += 1
    case .text: textCount += 1
    }
  }
}
