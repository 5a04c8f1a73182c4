/// The numbers a rounded figure can stand for.
///
/// Bounds are in units of 10^-19 (see ``Amount/fixedPoint``) and belong to the interval, as in
/// XBRL Calculations 1.1 §"Rounding": a figure with decimals *d* stands for everything within
/// half of 10^-*d*.
public struct Interval: Hashable, Sendable {
  /// The least number; `Int128.min` stands for no bound.
  public let low: Int128

  /// The greatest number; `Int128.max` stands for no bound.
  public let high: Int128

  /// What `figure` can stand for; `nil` for a dash, which is no number.
  public init?(_ figure: Figure) {
    guard let value = figure.value else { return nil }
    let center = value.fixedPoint
    let half = figure.decimals.map { Int128.powerOfTen(18 - Int($0)) * 5 } ?? 0
    let rounding = figure.decimals.map { $0 > 18 } == true ? 0 : half
    switch figure.qualifier {
    case .moreThan: (low, high) = (center - rounding, .max)
    case .lessThan: (low, high) = (.min, center + rounding)
    // An end of a range is a figure of its own, and walks apart from the other.
    case .approximately, .low, .high, nil: (low, high) = (center - rounding, center + rounding)
    }
  }

  /// Whether some number lies in both.
  public func overlaps(_ other: Interval) -> Bool { low <= other.high && other.low <= high }
}

extension Figure {
  /// Whether both can be reports of one number: two dashes, or intervals that meet.
  public func isConsistent(with other: Figure) -> Bool {
    guard let mine = Interval(self), let theirs = Interval(other) else {
      return value == nil && other.value == nil
    }
    return mine.overlaps(theirs)
  }

  /// How precisely the figure speaks; the greater, the more precisely.
  ///
  /// Exact beats any number of decimals, a plain figure an approximate one of the same decimals,
  /// and any figure a bound.
  public var precision: Int {
    let digits = decimals.map { Int($0) } ?? 1000
    switch qualifier {
    case .low, .high, nil: return digits * 2 + 1
    case .approximately: return digits * 2
    case .moreThan, .lessThan: return digits * 2 - 10_000
    }
  }
}
