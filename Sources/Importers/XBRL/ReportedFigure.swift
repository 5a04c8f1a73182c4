import Facts

/// A figure of an XBRL report, and where it stands.
struct ReportedFigure {
  var fact: Fact
  var figure: Figure
  var place: Source.Place

  /// The spelling, where it is not that of the value.
  var text: String?

  /// The claim that it makes in a filing.
  func claim(kind: String, filing: String) -> Claim {
    Claim(
      kind: kind,
      filing: filing,
      fact: fact,
      figure: figure,
      source: Source(place: place, text: text)
    )
  }
}

/// Facts that one report states more than once, sorted as "Handling Duplicate Facts in XBRL and
/// Inline XBRL" (XBRL International, 2025) and the Open Information Model define them.
public struct DuplicateFacts: Sendable {
  /// Copies that say the same number with the same decimals: they add nothing and are left out.
  public var completeCount = 0

  /// Facts stated with different decimals, whose rounding intervals meet.
  public var consistentCount = 0

  /// Facts of which the report contradicts itself: each with its figures and their lines.
  public var inconsistent: [String] = []
}

extension DuplicateFacts {
  /// Takes complete duplicates out of `figures`, and counts the others.
  init(removingCompleteFrom figures: inout [ReportedFigure]) {
    // Of the figures with one hash of their facts, the newest; of each figure, the one before it.
    var newest: [Int: Int] = [:]
    var older: [Int?] = []
    for index in figures.indices {
      let figure = figures[index]
      let hash = figure.fact.hashValue
      var (other, isDuplicate) = (newest[hash], false)
      while let place = other, !isDuplicate {
        isDuplicate = figures[place].isComplete(duplicateOf: figure)
        other = older[place]
      }
      if isDuplicate {
        completeCount += 1
      } else {
        figures[older.count] = figure
        older.append(newest.updateValue(older.count, forKey: hash))
      }
    }
    figures.removeLast(figures.count - older.count)
    var groups: [Fact: [ReportedFigure]] = [:]
    var stated: Set<Fact> = []
    for index in older.indices where older[index] != nil { stated.insert(figures[index].fact) }
    for figure in figures where stated.contains(figure.fact) {
      groups[figure.fact, default: []].append(figure)
    }
    for group in groups.values.sorted(by: { $0[0].place < $1[0].place }) where group.count > 1 {
      let isConsistent = group.allSatisfy { figure in
        group.allSatisfy { $0.figure.isConsistent(with: figure.figure) }
      }
      if isConsistent { consistentCount += 1 } else { inconsistent.append(Self.describe(group)) }
    }
  }

  private static func describe(_ group: [ReportedFigure]) -> String {
    let fact = group[0].fact
    let dimensions = fact.dimensions.isEmpty ? "" : " [\(fact.dimensions.text)]"
    let figures = group.map { figure in
      "\(figure.figure.value?.description ?? "nil") (line \(figure.place.line))"
    }
    return "\(fact.concept)\(dimensions) \(fact.period) \(fact.unit): "
      + figures.joined(separator: ", ")
  }
}

extension ReportedFigure {
  /// Whether both say the same of the same fact.
  fileprivate func isComplete(duplicateOf other: ReportedFigure) -> Bool {
    figure.isComplete(duplicateOf: other.figure) && fact == other.fact
  }
}

extension Source.Place {
  fileprivate static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.line, lhs.column) < (rhs.line, rhs.column)
  }
}

extension Figure {
  /// Whether both say the same number, however many zeros follow its point, with the same decimals.
  fileprivate func isComplete(duplicateOf other: Figure) -> Bool {
    guard decimals == other.decimals else { return false }
    guard let value, let otherValue = other.value else { return value == other.value }
    return value.isEqual(to: otherValue)
  }
}
