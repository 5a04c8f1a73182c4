extension Figure {
  /// What a person says is right in place of this figure.
  ///
  /// - Parameters:
  ///   - value: The number in full units, such as `-1234.50`; `nil` for a dash.
  ///   - decimals: How far it is rounded, a whole number from -18 to 18; `exact`; `nil` for as far as
  ///     this figure.
  /// - Throws: ``InvalidEvent`` for a text that is none of these.
  public func corrected(value: String, decimals: String?) throws(InvalidEvent) -> Figure {
    guard value != "nil" else { return Figure(value: nil) }
    var figure = self
    do {
      figure.value = try Amount(value)
    } catch {
      throw InvalidEvent(
        "value \"\(value)\" is not a plain decimal number of at most \(Amount.digitCountMax) digits",
        remedy: "write digits with at most one point, as in -1234.50, or nil"
      )
    }
    guard let decimals else { return figure }
    figure.decimals = decimals == "exact" ? nil : Int8(decimals)
    guard decimals == "exact" || (figure.decimals.map { -18...18 ~= $0 } ?? false) else {
      throw InvalidEvent(
        "decimals are \"\(decimals)\"",
        remedy: "give a whole number from -18 to 18, or exact"
      )
    }
    return figure
  }
}
