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
    var indicesByFact: [Fact: [Int]] = [:]
    var kept: [ReportedFigure] = []
    kept.reserveCapacity(figures.count)
    for figure in figures {
      let indices = indicesByFact[figure.fact, default: []]
      if indices.contains(where: { kept[$0].figure.isComplete(duplicateOf: figure.figure) }) {
        completeCount += 1
      } else {
        indicesByFact[figure.fact, default: []].append(kept.count)
        kept.append(figure)
      }
    }
    for indices in indicesByFact.values.filter({ $0.count > 1 }).sorted(by: { $0[0] < $1[0] }) {
      let group = indices.map { kept[$0] }
      let isConsistent = group.allSatisfy { figure in
        group.allSatisfy { $0.figure.isConsistent(with: figure.figure) }
      }
      if isConsistent { consistentCount += 1 } else { inconsistent.append(Self.describe(group)) }
    }
    figures = kept
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

extension Figure {
  /// Whether both say the same number, however many zeros follow its point, with the same decimals.
  fileprivate func isComplete(duplicateOf other: Figure) -> Bool {
    guard decimals == other.decimals else { return false }
    guard let value, let otherValue = other.value else { return value == other.value }
    return value.isEqual(to: otherValue)
  }
}
