import EventStore
public import Facts
public import Projections

/// What looks like a slip, with the texts that a reader needs.
public struct LintEntry: Sendable {
  /// The finding.
  public var finding: LintFinding

  /// The fact.
  public var fact: Fact

  /// The filing that said the figure before; `nil` for a broken sum.
  public var beforeFiling: Filing?

  /// The filing whose figure looks wrong.
  public var filing: Filing

  /// The filing that went back to the figure before; `nil` if none did.
  public var putRightBy: Filing?
}

extension Ledger.View {
  /// What looks like a slip of a filer in a company's history.
  ///
  /// - Parameter entity: A unique part of the entity's name or identifier; `nil` for the only one.
  /// - Throws: ``LedgerError`` if there is no such entity.
  /// - Complexity: As ``LintRun/findings(in:)``.
  public func lint(entity: String? = nil) throws -> [LintEntry] {
    try ledger.translating {
      let run = LintRun(entity: try self.entity(matching: entity).entity, within: try vantage())
      return try run.findings(in: snapshot).map { finding in
        LintEntry(
          finding: finding,
          fact: try snapshot.fact(finding.fact),
          beforeFiling: try finding.before.map { try snapshot.filing(of: $0) },
          filing: try snapshot.filing(of: finding.claim),
          putRightBy: try finding.putRightBy.map { try snapshot.filing(of: $0) }
        )
      }
    }
  }
}
