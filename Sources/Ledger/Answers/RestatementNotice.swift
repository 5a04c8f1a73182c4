/// How a filing that restates a figure tells its readers so, as far as the ledger has its words.
public enum RestatementNotice: String, Hashable, Sendable, CaseIterable {
  /// The filing is an amendment: its form ends in `/A`.
  case amendment

  /// A footnote of the filing speaks of a restatement, a reclassification or a revision.
  case footnote

  /// A split of the shares explains the step of a figure a share.
  case split

  /// None of these: the figure was changed without a word that the ledger has.
  case silent

  /// What footnotes say of figures that were changed, in lower case.
  static let words = ["restat", "reclassif", "recast", "revised", "revision", "as adjusted"]
}
