public import Facts

/// The result of one check for one period.
public struct CheckResult: Sendable {
  /// A figure that took part.
  public struct Part: Sendable {
    /// Its place in the check.
    public var operand: CheckDefinition.Operand

    /// Its period; `nil` for a constant.
    public var period: Period?

    /// The claim; `nil` for a constant, or if it is not known.
    public var row: FactRow?

    /// Whether a filing contradicts itself there, so that no claim holds.
    public var isConflict = false

    /// Whether a range is reported in place of a figure.
    var isRange = false

    /// Whether a filing took the figure back.
    var isRetracted = false

    /// What it is multiplied by.
    public var factors: [Part] = []
  }

  /// The check.
  public var check: CheckDefinition

  /// Whose figures.
  public var entity: String

  /// The period of the total.
  public var period: Period

  /// Whether the figures tie.
  public var status: CheckStatus

  /// Why it is not checkable, or can never be checked; `nil` if the figures were compared.
  public var reason: String?

  /// The figure that should follow from the others.
  public var total: Part

  /// The others: items, multipliers, divisors.
  public var parts: [Part]

  /// The reported figure, as a decimal number; `nil` as text for a dash, which counts as nothing.
  public var reported: String?

  /// What it should be; for a quotient to two digits more than were reported.
  public var computed: String?

  /// Reported less computed, with its sign.
  public var residual: String?

  /// How large a residual rounding explains; `nil` if a figure is a bound.
  public var tolerance: String?
}

extension CheckResult {
  /// The claims that took part.
  private var rows: [FactRow] { ([total] + parts).flatMap(\.all).compactMap(\.row) }

  /// Two figures of the check of which one was restated after the other was last reported; `nil` if the
  /// check ties the claims of one filing, or of one fact.
  ///
  /// - Throws: Whatever `source` throws.
  /// - Complexity: As ``VintageMixture/init(of:within:from:)``.
  public func mixture(
    within vantage: Vantage,
    from source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> VintageMixture? {
    guard check.filing == nil, !rows.isEmpty else { return nil }
    return try VintageMixture(of: rows, within: vantage, from: source)
  }
}

extension CheckResult.Part {
  var isMissing: Bool { operand.constant == nil && row == nil }

  /// Whether nothing at all is reported in its place.
  var isUnreported: Bool { isMissing && !isConflict && !isRange && !isRetracted }

  /// Why there is no figure.
  var absence: String {
    if isConflict { return "contradicts itself" }
    if isRange { return "is reported as a range" }
    return isRetracted ? "was retracted" : "is not known"
  }

  /// The part and its factors.
  var all: [CheckResult.Part] { [self] + factors }

  /// What the part adds, with its weight.
  var interval: Interval? {
    let plain = operand.constant.map { Interval($0) } ?? row.map { Interval(termOf: $0.figure) }
    let product = factors.reduce(plain) { product, factor in
      guard let product, let interval = factor.interval else { return nil }
      return product.multiplied(by: interval)
    }
    return operand.weight < 0 ? product?.negated : product
  }

  var name: String {
    let dimensions = operand.dimensions.isEmpty ? "" : " [\(operand.dimensions.text)]"
    return "\(operand.concept ?? "")\(dimensions) \(period?.description ?? "")"
  }
}

extension CheckResult {
  /// Compares, and notes the figures of the comparison.
  ///
  /// - Parameter canAgree: Whether rounding can explain a difference: two claims of one filing must also
  ///   agree as claims do.
  mutating func settle(
    _ reported: Interval,
    _ computed: Interval,
    _ figure: Figure?,
    _ tolerance: Amount?,
    canAgree: Bool = true
  ) {
    let residual = reported.center - computed.center
    // A quotient has no last digit: to the digit means that rounding it gives what is printed.
    let isExact =
      check.kind == .ratio
      ? residual.magnitude <= UInt128(figure.map { Self.halfUnit($0) } ?? 0) : residual == 0
    if isExact {
      status = .agrees
    } else if canAgree, reported.overlaps(computed) {
      status = .agreesWithinRounding
    } else if let tolerance, residual.magnitude <= tolerance.fixedPoint.magnitude {
      status = .immaterial
    } else {
      status = .exception
    }
    let places = check.kind == .ratio ? max(0, Int(figure?.decimals ?? 6)) + 2 : 19
    self.reported = figure?.value == nil ? "nil" : reported.center.fixedPointText()
    self.computed = computed.center.fixedPointText(places: places)
    self.residual = residual.fixedPointText(places: places)
    let bounds = [reported.low, reported.high, computed.low, computed.high]
    if !bounds.contains(.min), !bounds.contains(.max) {
      let width = max(computed.high - computed.center, computed.center - computed.low)
      self.tolerance = (reported.high - reported.center + width).fixedPointText(places: places)
    }
  }

  private static func halfUnit(_ figure: Figure) -> Int128 {
    figure.decimals.map { Int128.powerOfTen(18 - Int($0)) * 5 } ?? 0
  }
}
