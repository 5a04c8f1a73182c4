public import Facts

/// A figure as its document prints it, to vouch a claim's value by.
///
/// Printed figures are scaled (thousands, millions, cents, percent) and signed as the issuer likes,
/// so the digits are compared, and the sign is not.
public struct PrintedText: Hashable, Sendable {
  /// The number without its sign; `nil` for a dash.
  private let magnitude: Amount?

  /// Printed figures are the value divided by 10 to one of these.
  private static let scales = [0, 3, 6, 9, -2]

  /// Reads `28,290`, `(11,292)`, `$.42`, `- -`; `nil` for words, which have no digits.
  public init?(_ text: String) {
    var digits = text.filter { !",$() ".contains($0) }
    guard !digits.isEmpty else { return nil }
    if digits.allSatisfy({ "-–—".contains($0) }) {
      magnitude = nil
      return
    }
    if digits.hasPrefix("-") { digits.removeFirst() }
    if digits.hasPrefix(".") { digits = "0" + digits }
    guard let amount = try? Amount(digits) else { return nil }
    magnitude = amount
  }

  /// The value that the text prints, nearest to `value` of those that its scale leaves open, and with
  /// its sign; `nil` for a dash.
  public func value(nearestTo value: Amount?) -> Amount? {
    guard let magnitude else { return nil }
    let target = (value?.fixedPoint ?? 0).magnitude
    let candidates = Self.scales.compactMap { magnitude.scaled(by: $0) }
    let nearest = candidates.min { lhs, rhs in
      lhs.fixedPoint.magnitude.distance(to: target) < rhs.fixedPoint.magnitude.distance(to: target)
    }
    return value.map { $0.mantissa < 0 } == true ? nearest?.negated : nearest
  }
}

extension UInt128 {
  fileprivate func distance(to other: UInt128) -> UInt128 {
    self > other ? self - other : other - self
  }
}

extension Amount {
  /// The number times 10^`exponent`; `nil` if it has too many digits.
  fileprivate func scaled(by exponent: Int) -> Amount? {
    let places = Int(fractionDigitCount) - exponent
    guard places < 0 else {
      return places <= Self.digitCountMax
        ? Amount(mantissa: mantissa, fractionDigitCount: UInt8(places)) : nil
    }
    let product = Int128(mantissa) * Int128.powerOfTen(-places)
    guard product.magnitude < UInt128(Int128.powerOfTen(Self.digitCountMax)) else { return nil }
    return Amount(mantissa: Int64(product), fractionDigitCount: 0)
  }
}

extension CheckResult {
  /// Vouches a claim: its value against the text that its document prints.
  ///
  /// - Returns: `nil` if the claim has no text, or one without digits.
  public init?(vouching row: FactRow, of claim: Claim, _ check: CheckDefinition) {
    guard let printed = claim.source?.text.flatMap(PrintedText.init) else { return nil }
    let operand = CheckDefinition.Operand(
      concept: claim.fact.concept,
      dimensions: claim.fact.dimensions,
      unit: claim.fact.unit
    )
    let value = claim.figure.value
    let expected = printed.value(nearestTo: value)
    self.init(
      check: check,
      entity: claim.fact.entity,
      period: claim.fact.period,
      status: .exception,
      total: Part(operand: operand, period: claim.fact.period, row: row),
      parts: []
    )
    reported = value?.description ?? "nil"
    computed = expected?.description ?? "nil"
    guard let value, let expected else {
      // A dash is zero, as some pages say of theirs; digits are no dash.
      if expected == nil, value?.isZero ?? true { status = .agrees }
      return
    }
    let difference = value.fixedPoint - expected.fixedPoint
    if difference == 0 { status = .agrees }
    residual = difference.fixedPointText()
    tolerance = "0"
  }
}
