/// What a claim changed about its fact when its filing was published.
public enum ClaimRole: String, Hashable, Sendable {
  case firstReported = "first reported"
  case confirmed, refined, restated, conflict

  /// Its filing reported the same figure with another claim, too, as at another place or in another
  /// syntax: a filing never confirms itself.
  case repeated
}

/// What became of a claim, on the three times.
public enum ClaimStatus: String, Hashable, Sendable, CaseIterable {
  /// It is the claim that holds.
  case holds

  /// It agrees with the claim that held, and is no more precise.
  case confirmed

  /// A later filing reported another figure.
  case restated

  /// A later filing reported the figure more precisely.
  case refined

  /// The ledger's keeper had copied it wrongly, and recorded the right figure.
  case corrected

  /// The ledger's keeper withdrew it.
  case withdrawn

  /// Its filing contradicts itself.
  case conflict

  /// It held until a later filing took it back.
  case retracted

  /// Its filing was published after the moment asked for.
  case notYetKnown = "not-yet-known"

  /// Whether the claim is what is to be said of its fact: it holds, or is why no figure does.
  public var isCurrent: Bool { self == .holds || self == .conflict || self == .retracted }
}
