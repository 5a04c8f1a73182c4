extension Figure {
  /// What a person says is right in place of this figure.
  ///
  /// - Parameters:
  ///   - value: The number in full units; `nil` for a dash.
  ///   - decimals: How far it is rounded, a whole number from -18 to 18; `exact`; `nil` for as far as
  ///     this figure.
  /// - Throws: ``InvalidEvent`` for decimals that are none of these.
  public func corrected(value: Amount?, decimals: String?) throws(InvalidEvent) -> Figure {
    guard let value else { return Figure(value: nil) }
    var figure = self
    figure.value = value
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
