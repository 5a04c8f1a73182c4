import Facts

extension ConceptDefinition {
  /// This definition, with what another document tells of the concept; `nil` if that adds nothing.
  ///
  /// Only what answers rest on is joined, in a way that does not depend on which document came first:
  /// a period type that is not the same in both is open, and what one document leaves open the other
  /// decides. What somebody defined with a kind of its own stays, and so do descriptions.
  ///
  /// The label of an element of a public taxonomy is the same in all documents: another one was somebody's
  /// choice, and stays. Of two labels of any other concept, the first in the order of their bytes counts.
  ///
  /// - Parameter isElement: Whether the concept is such an element.
  func joined(with other: ConceptDefinition, isElement: Bool) -> ConceptDefinition? {
    var joined = self
    // Filers do report a concept both ways: then its definition cannot say which is right.
    if periodType != other.periodType { joined.periodType = nil }
    if kind == other.kind {
      joined.dataType = dataType ?? other.dataType
      joined.balance = balance ?? other.balance
      joined.isAdditive = isAdditive ?? other.isAdditive
      if let own = label, let theirs = other.label, !isElement {
        joined.label = theirs.utf8.lexicographicallyPrecedes(own.utf8) ? theirs : own
      } else {
        joined.label = label ?? other.label
      }
    }
    return joined == self ? nil : joined
  }
}
