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
  /// Whether both can be reports of one number.
  ///
  /// - Figures of the same decimals, or both exact, have equal values.
  /// - Figures of different decimals have closed intervals that meet, as in XBRL Calculations 1.1.
  /// - A dash is zero, rounded as the other figure is; two dashes agree.
  /// - A bound excludes its own value: "more than 50" agrees with values above 50 as they are printed,
  ///   with every other "more than", and with "less than" a greater value.
  ///
  /// - Complexity: O(1); fastest for figures of the same form, as those of one fact mostly are.
  @inline(__always)
  public func isConsistent(with other: Figure) -> Bool {
    let (mine, theirs) = (code, other.code)
    if mine.word == theirs.word { return mine.mantissa == theirs.mantissa || mine.isBound }
    return isConsistent(withOtherForm: other)
  }

  private func isConsistent(withOtherForm other: Figure) -> Bool {
    if isBound { return isBound(of: other) }
    if other.isBound { return other.isBound(of: self) }
    if let value, let otherValue = other.value, decimals == other.decimals {
      return value.isEqual(to: otherValue)
    }
    return Interval(termOf: self).overlaps(Interval(termOf: other))
  }

  /// Whether this bound and the other figure, a bound or none, can both hold.
  private func isBound(of other: Figure) -> Bool {
    let (mine, theirs) = (value?.fixedPoint ?? 0, other.value?.fixedPoint ?? 0)
    if qualifier == other.qualifier { return true }
    return qualifier == .moreThan ? theirs > mine : theirs < mine
  }

  /// Whether the figure is bounded on one side alone: "more than" or "less than".
  public var isBound: Bool { code.isBound }

  /// How precise the figure is; the greater, the more precise.
  ///
  /// Exact beats any number of decimals, a plain figure an approximate one of the same decimals. A
  /// dash, which has no decimals, is less precise than any number, and a bound than either.
  public var precision: Int {
    guard !isBound else { return -10_000 }
    guard value != nil else { return -5000 }
    let digits = decimals.map { Int($0) } ?? 1000
    return digits * 2 + (qualifier == .approximately ? 0 : 1)
  }
}
