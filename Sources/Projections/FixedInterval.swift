import Facts

/// The numbers that a computed figure can stand for, and the one that it is computed as.
///
/// All in units of 10^-19, as ``Facts/Amount/fixedPoint``. Arithmetic follows XBRL Calculations 1.1:
/// every operand is the interval that its decimals leave open. `nil` results mean that 128 bits do
/// not hold the number.
struct FixedInterval: Hashable, Sendable {
  var center: Int128
  var low: Int128
  var high: Int128

  static let zero = FixedInterval(center: 0, low: 0, high: 0)

  init(center: Int128, low: Int128, high: Int128) {
    self.center = center
    self.low = low
    self.high = high
  }

  init(_ amount: Amount) {
    self.init(center: amount.fixedPoint, low: amount.fixedPoint, high: amount.fixedPoint)
  }

  /// What `figure` can stand for; a dash is nothing, exactly.
  init(_ figure: Figure) {
    guard let value = figure.value, let interval = Interval(figure) else {
      self = .zero
      return
    }
    self.init(center: value.fixedPoint, low: interval.low, high: interval.high)
  }

  var negated: FixedInterval {
    FixedInterval(
      center: -center,
      low: high == .max ? .min : -high,
      high: low == .min ? .max : -low
    )
  }

  func overlaps(_ other: FixedInterval) -> Bool { low <= other.high && other.low <= high }

  func adding(_ other: FixedInterval) -> FixedInterval? {
    let sum = center.addingReportingOverflow(other.center)
    guard !sum.overflow, let low = Self.bound(low, other.low, unbounded: .min),
      let high = Self.bound(high, other.high, unbounded: .max)
    else { return nil }
    return FixedInterval(center: sum.partialValue, low: low, high: high)
  }

  private static func bound(_ first: Int128, _ second: Int128, unbounded: Int128) -> Int128? {
    guard first != unbounded, second != unbounded else { return unbounded }
    let sum = first.addingReportingOverflow(second)
    return sum.overflow ? nil : sum.partialValue
  }

  func multiplied(by other: FixedInterval) -> FixedInterval? {
    combined(with: other) { Self.product($0, $1) }
  }

  /// `nil` also where the divisor can be zero.
  func divided(by other: FixedInterval) -> FixedInterval? {
    guard other.low > 0 || other.high < 0 else { return nil }
    return combined(with: other) { Self.quotient($0, $1) }
  }

  private func combined(
    with other: FixedInterval,
    _ operation: (Int128, Int128) -> Int128?
  ) -> FixedInterval? {
    guard low != .min, high != .max, other.low != .min, other.high != .max,
      let center = operation(center, other.center)
    else { return nil }
    let corners = [(low, other.low), (low, other.high), (high, other.low), (high, other.high)]
      .compactMap { operation($0, $1) }
    guard corners.count == 4, let least = corners.min(), let greatest = corners.max() else {
      return nil
    }
    return FixedInterval(center: center, low: least, high: greatest)
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

extension FixedInterval {
  /// A number in units of 10^-19, rounded half away from zero to `places`, without zeros at its end.
  static func text(_ value: Int128, places: Int = 19) -> String {
    let unit = UInt128(Int128.powerOfTen(19 - min(places, 19)))
    let rounded = (value.magnitude + unit / 2) / unit * unit
    let one = UInt128(Int128.powerOfTen(19))
    var text = String(rounded / one)
    let digits = String(rounded % one)
    var fraction = Substring(String(repeating: "0", count: 19 - digits.utf8.count) + digits)
    while fraction.last == "0" { fraction.removeLast() }
    if !fraction.isEmpty { text += ".\(fraction)" }
    return value < 0 && rounded > 0 ? "-" + text : text
  }
}
