public import Facts
import Projections

/// What is recorded in place of a figure that is not reported as a statement asks for it.
public struct ReportedOtherwise: Hashable, Sendable {
  /// In what it differs.
  public var reason: AbsenceReason

  /// What is recorded.
  public var fact: Fact

  /// A fact that differs in this.
  public init(_ reason: AbsenceReason, _ fact: Fact) {
    self.reason = reason
    self.fact = fact
  }

  /// An absence with its texts.
  init(
    _ absence: Absence,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    self.init(absence.reason, try source.fact(absence.fact))
  }
}
