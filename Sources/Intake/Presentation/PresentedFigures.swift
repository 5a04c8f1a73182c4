import Facts

/// What the figures of one filing are about, as far as its layouts need it: their values but for
/// their exactness are not kept.
struct PresentedFigures {
  /// The figures of one concept, under the same dimensions, in the same unit.
  struct Series {
    let dimensions: Dimensions
    let unit: String
    fileprivate(set) var periods: Set<Period> = []

    /// To how many digits after the point the finest of its figures is given, -3 for thousands;
    /// `nil` if all are zero or dashes.
    fileprivate(set) var decimals: Int?
  }

  private var series: [String: [Series]] = [:]
  private var places: [Key: Int] = [:]

  private struct Key: Hashable {
    let concept: String
    let dimensions: Dimensions
    let unit: String
  }

  /// The concepts whose figures are noted.
  private let concepts: Set<String>

  /// No figures yet.
  ///
  /// - Parameter concepts: The concepts that layouts have rows for.
  init(of concepts: Set<String>) { self.concepts = concepts }

  /// Notes a figure, if its concept is wanted.
  ///
  /// - Complexity: O(1).
  mutating func note(_ fact: Fact, _ figure: Figure) {
    guard concepts.contains(fact.concept) else { return }
    note(
      fact.concept,
      fact.dimensions,
      unit: fact.unit,
      fact.period,
      decimals: Self.decimals(of: figure)
    )
  }

  /// Notes that there is a figure of this concept.
  mutating func note(
    _ concept: String,
    _ dimensions: Dimensions,
    unit: String,
    _ period: Period,
    decimals: Int?
  ) {
    let key = Key(concept: concept, dimensions: dimensions, unit: unit)
    let place = places[key] ?? series[concept, default: []].count
    if places.updateValue(place, forKey: key) == nil {
      series[concept, default: []].append(Series(dimensions: dimensions, unit: unit))
    }
    series[concept]?[place].periods.insert(period)
    guard let decimals else { return }
    let finest = series[concept]?[place].decimals
    series[concept]?[place].decimals = max(finest ?? decimals, decimals)
  }

  /// The series of a concept, in the order of their first figures.
  subscript(_ concept: String) -> [Series] { series[concept] ?? [] }

  /// To how many digits after the point a figure is given: as it says, or, where it is exact, as far
  /// as it has digits other than zero; `nil` for zero and for a dash.
  static func decimals(of figure: Figure) -> Int? {
    guard let value = figure.value, !value.isZero else { return nil }
    if let decimals = figure.decimals { return Int(decimals) }
    var (mantissa, decimals) = (value.mantissa, Int(value.fractionDigitCount))
    while mantissa.isMultiple(of: 10) {
      mantissa /= 10
      decimals -= 1
    }
    return decimals
  }
}
