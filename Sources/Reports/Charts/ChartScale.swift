import Facts

/// Where figures stand along an axis of whole pixels, and which round figures are written beside it.
struct ChartScale {
  /// The ends of the axis, in units of 10^-19 as ``Amount/fixedPoint``.
  private let low: Int128
  private let high: Int128

  /// The round figures, the lowest first.
  let ticks: [Int128]

  /// How many digits the figures beside the axis leave out: 0, 3, 6 or 9.
  let omittedDigitCount: Int

  /// The digits of one, in those units.
  private static let unitDigitCount = 19

  /// About so many round figures.
  private static let tickCount: Int128 = 4

  /// An axis that has all of the figures on it.
  ///
  /// - Parameter hasZero: Whether zero is on it, as below bars.
  init(_ values: [Amount], hasZero: Bool) {
    var points = values.map(\.fixedPoint)
    if hasZero || points.isEmpty { points.append(0) }
    var (low, high) = (points.min() ?? 0, points.max() ?? 0)
    // A line of one height stands in the middle.
    if low == high {
      let margin = max(1, (low < 0 ? -low : low) / 10)
      (low, high) =
        hasZero
        ? (low, high + Int128.powerOfTen(Self.unitDigitCount)) : (low - margin, high + margin)
    }
    let step = Self.step(for: high - low)
    let first = low >= 0 ? low / step : -((-low + step - 1) / step)
    let last = high >= 0 ? (high + step - 1) / step : -(-high / step)
    ticks = (first...last).map { $0 * step }
    (self.low, self.high) = (first * step, last * step)
    let largest = max(-self.low, self.high)
    omittedDigitCount =
      [9, 6, 3].first { digits in
        largest >= Int128.powerOfTen(Self.unitDigitCount + digits + 1)
          && step % Int128.powerOfTen(Self.unitDigitCount + digits - 2) == 0
      } ?? 0
  }

  /// One, two or five times a power of ten, so that the range has some four of it.
  private static func step(for range: Int128) -> Int128 {
    var power: Int128 = 1
    while power * 10 <= range / tickCount { power *= 10 }
    return [1, 2, 5, 10].map { power * $0 }.first { range / $0 <= tickCount + 1 } ?? power * 10
  }

  /// How many of `length` pixels a figure stands above the lower end.
  func place(of value: Int128, in length: Int) -> Int {
    var (part, range) = (value - low, high - low)
    // So that the product fits.
    while range > Int128.powerOfTen(30) { (part, range) = (part / 10, range / 10) }
    return Int(part * Int128(length) / max(1, range))
  }

  /// The zero if it is on the axis, else its lower end.
  var base: Int128 { low <= 0 && high >= 0 ? 0 : low }

  /// A round figure for reading, without the digits that are left out.
  func text(of tick: Int128) -> String {
    let scaled = tick / Int128.powerOfTen(omittedDigitCount)
    var digits: UInt8 = 0
    while digits < 18, scaled % Int128.powerOfTen(Self.unitDigitCount - Int(digits)) != 0 {
      digits += 1
    }
    return Amount(fixedPoint: scaled, fractionDigitCount: digits)?.grouped ?? ""
  }

  /// `USD, in millions`.
  func caption(_ unit: String) -> String {
    let names = [3: "thousands", 6: "millions", 9: "thousand millions"]
    return names[omittedDigitCount].map { "\(unit), in \($0)" } ?? unit
  }
}
