/// Whether the figures of a check tie.
public enum CheckStatus: String, Hashable, Sendable, CaseIterable {
  /// To the digit.
  case agrees

  /// Not to the digit, but the roundings of the figures explain it.
  case agreesWithinRounding = "agrees-within-rounding"

  /// Not even so, but by no more than the tolerance that was asked for.
  case immaterial

  /// Rounding does not explain it.
  case exception

  /// A figure is not known.
  case notCheckable = "not-checkable"
}
