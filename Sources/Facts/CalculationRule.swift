/// When a sum of a calculation linkbase is tied out.
public enum CalculationRule: String, Hashable, Sendable, CaseIterable {
  /// When all of its items are reported: a sum of which one is missing is not checkable.
  case complete

  /// When at least one of them is, and what is not reported contributes nothing (XBRL Calculations 1.1).
  case calculations11 = "1.1"
}
