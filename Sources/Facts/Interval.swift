/// The numbers that a figure can stand for, and the one that it is printed or computed as.
///
/// All are in units of 10^-19 (see ``Amount/fixedPoint``), and the bounds belong to the interval, as in
/// XBRL Calculations 1.1 §"Rounding": a figure with decimals *d* stands for everything within half of
/// 10^-*d*.
public struct Interval: Hashable, Sendable {
  /// The number printed or computed.
  public let center: Int128

  /// The least number; `Int128.min` stands for no bound.
  public let low: Int128

  /// The greatest number; `Int128.max` stands for no bound.
  public let high: Int128

  /// Zero, exactly.
  public static let zero = Interval(center: 0, low: 0, high: 0)

  init(center: Int128, low: Int128, high: Int128) {
    self.center = center
    self.low = low
    self.high = high
  }

  /// The one number `amount`.
  public init(_ amount: Amount) {
    self.init(center: amount.fixedPoint, low: amount.fixedPoint, high: amount.fixedPoint)
  }

  /// What `figure` can stand for; `nil` for a dash, which is no number.
  public init?(_ figure: Figure) {
    guard let value = figure.value else { return nil }
    center = value.fixedPoint
    let half = figure.decimals.map { Int128.powerOfTen(18 - Int($0)) * 5 } ?? 0
    let rounding = figure.decimals.map { $0 > 18 } == true ? 0 : half
    switch figure.qualifier {
    case .moreThan: (low, high) = (center - rounding, .max)
    case .lessThan: (low, high) = (.min, center + rounding)
    // An end of a range is a figure of its own, and is never compared with the other end.
    case .approximately, .low, .high, nil: (low, high) = (center - rounding, center + rounding)
    }
  }

  /// What `figure` can stand for as a term of a sum, where a dash is zero, exactly.
  public init(termOf figure: Figure) { self = Interval(figure) ?? .zero }

  /// Whether some number lies in both.
  public func overlaps(_ other: Interval) -> Bool { low <= other.high && other.low <= high }
}

extension Figure {
  /// Whether both can be reports of one number: two dashes, or intervals that meet.
  ///
  /// - Complexity: O(1); fastest for figures of the same form, as those of one fact mostly are.
  public func isConsistent(with other: Figure) -> Bool {
    if let isConsistent = isConsistent(withSameForm: other) { return isConsistent }
    guard let mine = Interval(self), let theirs = Interval(other) else {
      return value == nil && other.value == nil
    }
    return mine.overlaps(theirs)
  }

  /// Whether both are consistent, where they differ in the digits alone; `nil` if they differ in more,
  /// or are bounds.
  private func isConsistent(withSameForm other: Figure) -> Bool? {
    let (mine, theirs) = (code, other.code)
    guard mine.word == theirs.word else { return nil }
    if mine.mantissa == theirs.mantissa { return true }
    guard !mine.isBound else { return nil }
    guard let decimals else { return false }
    // Half a unit of rounding on either side: intervals meet at a distance of one unit.
    var unit: UInt64 = 1
    var exponent = mine.fractionDigitCount - Int(decimals)
    guard exponent >= 0 else { return false }
    guard exponent <= Amount.digitCountMax else { return nil }
    while exponent > 0 {
      unit *= 10
      exponent -= 1
    }
    return (mine.mantissa - theirs.mantissa).magnitude <= unit
  }

  /// How precise the figure is; the greater, the more precise.
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
