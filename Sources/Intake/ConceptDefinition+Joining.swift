import Facts

extension ConceptDefinition {
  /// This definition, with what another document tells of the concept; `nil` if that adds nothing.
  ///
  /// Only what answers rest on is joined, in a way that does not depend on which document came first:
  /// a period type that is not the same in both is open, and what one document leaves open the other
  /// decides. Captions and descriptions stay as they were recorded, and so does what somebody defined
  /// with a kind of its own.
  func joined(with other: ConceptDefinition) -> ConceptDefinition? {
    var joined = self
    // Filers do report a concept both ways: then its definition cannot say which is right.
    if periodType != other.periodType { joined.periodType = nil }
    if kind == other.kind {
      joined.dataType = dataType ?? other.dataType
      joined.balance = balance ?? other.balance
      joined.isAdditive = isAdditive ?? other.isAdditive
    }
    return joined == self ? nil : joined
  }
}
