public import Facts

extension Change {
  /// The difference for reading: `-11,292,000`, `no change`, `n/a` where one of the two is a dash, `was a
  /// bound` where the number is the same; empty where both are dashes.
  public var described: String {
    guard let difference else {
      if from.value != nil, to.value != nil {
        return !to.isBound ? "was a bound" : from.isBound ? "another bound" : "now a bound"
      }
      return from.value == nil && to.value == nil ? "" : "n/a"
    }
    return difference.isZero ? "no change" : difference.grouped
  }

  /// The difference in percent of the figure before, with two decimal places; empty where there is
  /// none.
  public var percent: String {
    guard let basisPoints else { return "" }
    return "\(basisPoints / 100).\(basisPoints % 100 < 10 ? "0" : "")\(basisPoints % 100)"
  }
}
