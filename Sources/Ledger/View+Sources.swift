import EventStore
public import Facts

/// Where a claim is printed, and what proves it.
public struct ClaimSource: Hashable, Sendable {
  /// What the claim is about.
  public var fact: Fact

  /// The text that the document prints, and its place; `nil` if unknown.
  public var source: Source?

  /// The form of its filing; `nil` if unknown.
  public var form: String?

  /// The leaf hash of its event, in hexadecimal.
  public var leafHash: String

  /// A source with these aspects.
  public init(fact: Fact, source: Source?, form: String?, leafHash: String) {
    (self.fact, self.source, self.form, self.leafHash) = (fact, source, form, leafHash)
  }
}

extension Ledger.View {
  /// Where the claim at a sequence is printed, and its leaf hash.
  ///
  /// - Throws: ``LedgerError`` if there is no such claim.
  /// - Complexity: O(log *n*).
  public func claimSource(at sequence: UInt64) throws -> ClaimSource {
    try ledger.translating {
      guard sequence < head else {
        throw LedgerError(.notFound, "there is no event \(sequence)", remedy: .nameEvent)
      }
      let claim = try snapshot.claim(at: sequence)
      return ClaimSource(
        fact: claim.fact,
        source: claim.source,
        form: try snapshot.filing(claim.filing, before: head)?.form,
        leafHash: try snapshot.leafHash(at: sequence)
      )
    }
  }
}
