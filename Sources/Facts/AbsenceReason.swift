/// In what a fact that is recorded differs from one that a statement has no figure of.
public enum AbsenceReason: String, Sendable, CaseIterable {
  /// It is of another concept of the same meaning.
  case otherConcept = "other-concept"

  /// It is in another currency.
  case otherCurrency = "other-currency"

  /// It is in another unit.
  case otherUnit = "other-unit"

  /// It has more dimensions, or fewer.
  case otherDimensions = "other-dimensions"

  /// It is about a period that overlaps the one asked for, or about a day near it.
  case otherPeriod = "other-period"

  /// In nothing: all its claims were withdrawn.
  case withdrawn

  /// In nothing: another line of the statement contains it.
  case contained
}
