/// The step from one figure of a fact to another.
public struct Change: Hashable, Sendable {
  /// The figure before.
  public var from: Figure

  /// The figure after.
  public var to: Figure

  /// The step from `from` to `to`.
  public init(from: Figure, to: Figure) {
    self.from = from
    self.to = to
  }

  /// After less before, exactly; `nil` if either is a dash, or if the same number was a bound before, or is
  /// one now: then what changed is what is said of it.
  public var difference: Amount? {
    guard let old = from.value, let new = to.value, isNone || !new.isEqual(to: old) else {
      return nil
    }
    return new.subtracting(old)
  }

  /// The difference in hundredths of a percent of the figure before, rounded toward zero, without
  /// its sign; `nil` where there is no difference, or if the figure before is zero.
  public var basisPoints: Int? {
    guard let old = from.value?.fixedPoint, let new = to.value?.fixedPoint, old != 0,
      new != old || isNone
    else { return nil }
    var (change, base) = ((new - old).magnitude, old.magnitude)
    while change > UInt128.max / 10_000 { (change, base) = (change / 10, base / 10) }
    guard base > 0 else { return .max }
    return Int(clamping: change * 10_000 / base)
  }

  /// Whether a reader sees the same in both.
  public var isNone: Bool { from.isSame(as: to) }

  /// By which power of ten the figures differ, if by nothing else: a likely slip of scale.
  ///
  /// - Returns: 3, 6 or 9 if one is a thousand, a million or a thousand million times the other,
  ///   give or take one in a hundred; `nil` otherwise.
  public var scaleSlip: Int? {
    guard let old = from.value?.fixedPoint.magnitude, let new = to.value?.fixedPoint.magnitude,
      old > 0, new > 0
    else { return nil }
    let (small, large) = (min(old, new), max(old, new))
    return [3, 6, 9].first { exponent in
      let scaled = large / UInt128(Int128.powerOfTen(exponent))
      return max(scaled, small) - min(scaled, small) <= small / 100
    }
  }
}

extension Figure {
  /// Whether a reader sees the same in both: two dashes, or one number that is a bound in both of one
  /// kind, or in neither.
  public func isSame(as other: Figure) -> Bool {
    guard isBound == other.isBound, !isBound || qualifier == other.qualifier else { return false }
    guard let mine = value, let theirs = other.value else {
      return value == nil && other.value == nil
    }
    return mine.isEqual(to: theirs)
  }
}
