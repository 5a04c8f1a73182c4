public import Facts

/// The concepts of a company that a ledger knows, with what was reported of them: the rows of a document are
/// held against them.
///
/// A row is a recorded concept where its figures are those that were reported for the same periods. Its caption
/// decides where the figures cannot: where they are those of several concepts, or where none was reported for
/// the periods of the document.
public struct RecordedConcepts: Sendable {
  /// What is known of a concept in one unit.
  private struct Entry {
    /// What was reported without dimensions, by any filing, with 19 digits after the point, by the day with
    /// which the period ends.
    var figures: [CivilDate: [Period: Set<Int128>]] = [:]
  }

  private struct Key: Hashable {
    let concept: String
    let unit: String
  }

  private var entries: [Key: Entry] = [:]
  private var captions: [String: Set<String>] = [:]

  /// Nothing is known.
  public init() {}

  /// Adds a figure that was reported without dimensions, by whichever filing.
  public mutating func add(_ fact: Fact, _ value: Amount) {
    guard fact.dimensions.isEmpty else { return }
    let key = Key(concept: fact.concept, unit: fact.unit)
    entries[key, default: Entry()].figures[fact.period.end, default: [:]][fact.period, default: []]
      .insert(value.fixedPoint)
  }

  /// Adds a caption under which a concept is printed.
  public mutating func add(_ caption: String, of concept: String) {
    captions[concept, default: []].insert(caption)
  }

  /// The names of all concepts with figures.
  public var names: Set<String> { Set(entries.keys.map(\.concept)) }

  /// A row of a document: what it measures, and its figures.
  struct Row {
    var label: String
    var unit: String
    var isInstant: Bool
    var figures: [(length: PeriodWords.Length?, end: CivilDate, value: Int128)]
  }

  /// The concept of a row.
  struct Match {
    var concept: String

    /// Whether the row prints its figures with the other sign.
    var isNegated: Bool

    /// What a person should look at; `nil` where caption and figures say the same.
    var doubt: String?
  }

  /// How the figures of a row and of a concept agree.
  private enum Agreement {
    case none, other

    /// As many are the same, and not zero.
    case same(count: Int, isNegated: Bool)
  }

  /// The concept of a row; `nil` if none is known, or if several are alike.
  ///
  /// - Parameter used: Concepts that other rows of the statement are.
  /// - Complexity: O(*n*), for *n* concepts.
  func match(_ row: Row, except used: Set<String>) -> Match? {
    let caption = CaptionKey(row.label)
    let words = CaptionWords.of(row.label)
    var both: [Match] = []
    var figuresAlone: [Match] = []
    var captionAlone: [Match] = []
    for (key, entry) in entries where key.unit == row.unit && !used.contains(key.concept) {
      let names = captions[key.concept] ?? []
      let hasCaption = names.contains { CaptionKey($0) == caption }
      switch agreement(row, entry) {
      case .none where hasCaption:
        let doubt =
          "it is \(key.concept) by its caption alone: the ledger has no figure of its periods"
        captionAlone.append(Match(concept: key.concept, isNegated: false, doubt: doubt))
      case .same(_, let isNegated) where hasCaption:
        both.append(Match(concept: key.concept, isNegated: isNegated))
      case .same(let count, let isNegated) where count > 1:
        var match = Match(concept: key.concept, isNegated: isNegated)
        let known = names.reduce(into: CaptionWords.of(name: key.concept)) {
          $0.formUnion(CaptionWords.of($1))
        }
        if known.isDisjoint(with: words) {
          match.doubt = "it is \(key.concept) by its figures alone"
        }
        figuresAlone.append(match)
      default: break
      }
    }
    for matches in [both, figuresAlone, captionAlone] where !matches.isEmpty {
      return matches.count == 1 ? matches[0] : nil
    }
    return nil
  }

  /// Whether other figures than those of a row were reported for its periods.
  func contradicts(_ row: Row, concept: String) -> Bool {
    guard let entry = entries[Key(concept: concept, unit: row.unit)] else { return false }
    if case .other = agreement(row, entry) { return true }
    return false
  }

  /// By how many days the beginning of a period may lie from where its length says.
  private static let slackDayCount = 10

  private func agreement(_ row: Row, _ entry: Entry) -> Agreement {
    var (shared, same, negated, zeros) = (0, 0, 0, 0)
    for figure in row.figures {
      var reported: Set<Int128> = []
      for (period, values) in entry.figures[figure.end] ?? [:] {
        guard let start = period.start else {
          if row.isInstant { reported.formUnion(values) }
          continue
        }
        guard !row.isInstant, let length = figure.length else { continue }
        let dayCount = Int(figure.end.dayNumber - start.dayNumber) + 1
        if abs(dayCount - length.usualDayCount) <= Self.slackDayCount { reported.formUnion(values) }
      }
      guard !reported.isEmpty else { continue }
      shared += 1
      if reported.contains(figure.value) { same += 1 }
      if reported.contains(-figure.value) { negated += 1 }
      if figure.value == 0 { zeros += 1 }
    }
    guard shared > 0 else { return .none }
    if same == shared, shared > zeros { return .same(count: shared - zeros, isNegated: false) }
    if negated == shared, shared > zeros { return .same(count: shared - zeros, isNegated: true) }
    return same + negated >= shared && shared == zeros ? .none : .other
  }
}

extension PeriodWords.Length {
  /// How many days it has, more or less.
  fileprivate var usualDayCount: Int {
    switch self {
    case .months(let count): (count * 365 + 6) / 12
    case .weeks(let count): count * 7
    }
  }
}
