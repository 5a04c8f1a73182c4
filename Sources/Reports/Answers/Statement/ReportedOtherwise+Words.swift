import Facts
import Ledger

extension ReportedOtherwise {
  /// For reading: what is recorded otherwise in the same way, on a line with a few of its concepts.
  static func grouped(_ absences: [ReportedOtherwise]) -> [String] {
    var ways: [String] = []
    var concepts: [String: [String]] = [:]
    for absence in absences {
      let way = absence.way
      if concepts[way] == nil { ways.append(way) }
      if concepts[way]?.contains(absence.fact.concept) != true {
        concepts[way, default: []].append(absence.fact.concept)
      }
    }
    let lines = ways.map { way in
      let names = concepts[way] ?? []
      let rest = names.count - conceptCountMax
      return "\(way): " + names.prefix(conceptCountMax).joined(separator: ", ")
        + (rest > 0 ? " and \(rest) more, which -O json names" : "")
    }
    let rest = lines.count - lineCountMax
    return lines.prefix(lineCountMax)
      + (rest > 0 ? ["and in \(rest) more ways, which -O json names"] : [])
  }

  private static let conceptCountMax = 3
  private static let lineCountMax = 12

  /// In what it differs, with the words that find it beside its concept: `in EUR, 2009-12-31`.
  private var way: String {
    let period = fact.period.description
    switch reason {
    case .otherConcept: return "as another concept, \(period)"
    case .otherCurrency, .otherUnit: return "in \(fact.unit), \(period)"
    case .otherDimensions:
      return (fact.dimensions.isEmpty ? "without dimensions" : "with \(fact.dimensions.text)")
        + ", \(period)"
    case .otherPeriod: return "for \(period)"
    case .withdrawn: return "recorded and withdrawn, \(period)"
    case .contained: return "in another line, \(period)"
    }
  }
}

extension Fact {
  /// The words by which commands find it, as a shell takes them.
  var words: String {
    let pairs = dimensions.pairs.map { "\($0.key)=\($0.value)" }
    let isCurrency = unit.split(separator: "/").first.map(Currency.isCurrency) ?? false
    return ShellWords.joined(
      [concept] + pairs + [period.description] + (isCurrency ? [unit] : [])
    )
  }
}
