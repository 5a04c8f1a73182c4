extension Ledger {
  /// Checks that one checkpoint of this ledger may take the place of an earlier one: that both have one
  /// name, that this ledger begins with the events of both, and that the later one has as many or more.
  ///
  /// A log must never show two trees of which one is not the beginning of the other.
  ///
  /// - Throws: ``LedgerError`` if not.
  /// - Complexity: O(log *n*).
  public func requireGrowth(
    from earlier: KeptCheckpoint,
    to later: KeptCheckpoint
  ) throws(LedgerError) {
    guard earlier.origin == later.origin else {
      throw LedgerError(
        .conflict,
        "it is of the ledger \(earlier.origin), and the new one of \(later.origin)",
        remedy: .nameAnotherFile
      )
    }
    do {
      _ = try read { try $0.proof(of: nil, since: earlier, at: later) }
    } catch {
      throw LedgerError(error, path: path) ?? LedgerError(.machine, "\(error)")
    }
  }
}
