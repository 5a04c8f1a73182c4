/// How an actual figure compares with a forecast.
public enum GuidanceOutcome: String, Hashable, Sendable, CaseIterable {
  /// A bound or range holds; a point agrees within rounding.
  case met

  /// It does not.
  case missed

  /// The actual figure is rounded too coarsely to decide.
  case undecided

  /// The actual figure is not known yet.
  case open

  /// The company took the forecast back.
  case retracted
}
