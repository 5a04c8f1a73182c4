/// Arithmetic of XBRL Calculations 1.1: every operand is the interval that its decimals leave open.
extension Interval {
  /// The interval of the numbers with the other sign.
  public var negated: Interval {
    Interval(
      center: -center,
      low: high == .max ? .min : -high,
      high: low == .min ? .max : -low
    )
  }

  /// The interval of the sums; `nil` if 128 bits do not hold a bound of it.
  public func adding(_ other: Interval) -> Interval? {
    let sum = center.addingReportingOverflow(other.center)
    guard !sum.overflow, let low = Self.bound(low, other.low, unbounded: .min),
      let high = Self.bound(high, other.high, unbounded: .max)
    else { return nil }
    return Interval(center: sum.partialValue, low: low, high: high)
  }

  /// The interval of the sum of any number of terms, whatever numbers it passes through; `nil` if 128
  /// bits do not hold a bound of it.
  ///
  /// - Complexity: O(*n*), for *n* terms.
  public static func sum(_ terms: some Sequence<Interval>) -> Interval? {
    let terms = Array(terms)
    guard let center = exactSum(terms.map(\.center)),
      let low = exactSum(terms.map(\.low), unbounded: .min),
      let high = exactSum(terms.map(\.high), unbounded: .max)
    else { return nil }
    return Interval(center: center, low: low, high: high)
  }

  /// The next term is always one of the other sign, as long as there is one: so a sum that fits never
  /// passes through one that does not.
  private static func exactSum(_ terms: [Int128], unbounded: Int128? = nil) -> Int128? {
    if let unbounded, terms.contains(unbounded) { return unbounded }
    var (positive, negative) = (terms.filter { $0 > 0 }, terms.filter { $0 < 0 })
    var total: Int128 = 0
    while !positive.isEmpty || !negative.isEmpty {
      let isNegativeNext = positive.isEmpty || total > 0 && !negative.isEmpty
      let next = isNegativeNext ? negative.removeLast() : positive.removeLast()
      let sum = total.addingReportingOverflow(next)
      guard !sum.overflow else { return nil }
      total = sum.partialValue
    }
    return total
  }

  private static func bound(_ first: Int128, _ second: Int128, unbounded: Int128) -> Int128? {
    guard first != unbounded, second != unbounded else { return unbounded }
    let sum = first.addingReportingOverflow(second)
    return sum.overflow ? nil : sum.partialValue
  }

  /// The interval of the products; `nil` if a factor has no bound, or 128 bits do not hold a product.
  public func multiplied(by other: Interval) -> Interval? {
    combined(with: other) { Self.product($0, $1) }
  }

  /// The interval of the quotients; `nil` if a number has no bound, the divisor can be zero, or 128
  /// bits do not hold a quotient.
  public func divided(by other: Interval) -> Interval? {
    guard other.low > 0 || other.high < 0 else { return nil }
    return combined(with: other) { Self.quotient($0, $1) }
  }

  private func combined(
    with other: Interval,
    _ operation: (Int128, Int128) -> Int128?
  ) -> Interval? {
    guard low != .min, high != .max, other.low != .min, other.high != .max,
      let center = operation(center, other.center)
    else { return nil }
    let corners = [(low, other.low), (low, other.high), (high, other.low), (high, other.high)]
      .compactMap { operation($0, $1) }
    guard corners.count == 4, let least = corners.min(), let greatest = corners.max() else {
      return nil
    }
    return Interval(center: center, low: least, high: greatest)
  }

  private static let one = Int128.powerOfTen(19)

  private static func product(_ first: Int128, _ second: Int128) -> Int128? {
    divide(first.multipliedFullWidth(by: second), by: one)
  }

  private static func quotient(_ first: Int128, _ second: Int128) -> Int128? {
    divide(first.multipliedFullWidth(by: one), by: second)
  }

  /// Divides and rounds toward zero; `nil` if 128 bits do not hold the quotient.
  private static func divide(
    _ dividend: (high: Int128, low: UInt128),
    by divisor: Int128
  ) -> Int128? {
    // The quotient fits if the high half is less than half of the divisor.
    let high = dividend.high < 0 ? -(dividend.high + 1) : dividend.high
    guard divisor != 0, high < Int128(clamping: divisor.magnitude / 2) else { return nil }
    return divisor.dividingFullWidth(dividend).quotient
  }
}

extension Int128 {
  /// The decimal text of a number in units of 10^-19 (see ``Amount/fixedPoint``), rounded half away
  /// from zero to `places` digits after the point, without zeros at its end.
  ///
  /// - Parameter places: From 0; 19 and more round nothing.
  public func fixedPointText(places: Int = 19) -> String {
    let unit = UInt128(Int128.powerOfTen(19 - Swift.min(places, 19)))
    let rounded = (magnitude + unit / 2) / unit * unit
    let one = UInt128(Int128.powerOfTen(19))
    var text = String(rounded / one)
    let digits = String(rounded % one)
    var fraction = Substring(String(repeating: "0", count: 19 - digits.utf8.count) + digits)
    while fraction.last == "0" { fraction.removeLast() }
    if !fraction.isEmpty { text += ".\(fraction)" }
    return self < 0 && rounded > 0 ? "-" + text : text
  }
}
