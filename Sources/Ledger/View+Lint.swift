import EventStore
public import Facts
import Projections

/// What looks like a slip of a filer in the history of its figures.
public struct LintEntry: Sendable {
  /// What kind of slip it looks like.
  public enum Kind: Hashable, Sendable {
    /// The later figure is a thousand times the earlier or more, or a thousandth or less;
    /// `exponent` is 3, 6 or 9 where it is just that power of ten.
    case scale(exponent: Int?)

    /// The later figure is the earlier with the other sign.
    case signFlip

    /// The later figure is the one reported for another period.
    case otherPeriod(Period)

    /// Both figures are right: the later is the earlier after a split of the shares.
    case split(ReportedSplit)

    /// The figures of a check tied before the filing, and have not since: they are off by the
    /// residual, a decimal number.
    case brokenSum(check: String, residual: String)

    /// The lines of a general layout leave more than half of the total out, or more than all of it:
    /// `amount`, a decimal number, is the total less those lines.
    case leftOut(statement: String, amount: String)

    /// Its name in every output.
    public var name: String {
      switch self {
      case .scale: "scale"
      case .signFlip: "sign-flip"
      case .otherPeriod: "other-period"
      case .split: "split"
      case .brokenSum: "broken-sum"
      case .leftOut: "left-out"
      }
    }
  }

  /// What it looks like.
  public var kind: Kind

  /// The fact: of a sum its total.
  public var fact: Fact

  /// The claim that held before; `nil` for a sum.
  public var before: ReportedFigure?

  /// The claim that looks wrong; of a broken sum, the first figure that the filing changed, of what is
  /// left out the total.
  public var claim: ReportedFigure

  /// The filing that said the figure before; `nil` for a broken sum.
  public var beforeFiling: Filing?

  /// The filing whose figure looks wrong.
  public var filing: Filing

  /// The filing that went back to the figure before; `nil` if none did.
  public var putRightBy: Filing?
}

extension LintEntry {
  /// Whether it looks like a slip: what a split explains does not.
  public var isSlip: Bool { if case .split = kind { false } else { true } }
}

extension Ledger.View {
  /// What looks like a slip of a filer in a company's history.
  ///
  /// - Parameter entity: A unique part of the entity's name or identifier; `nil` for the only one.
  /// - Throws: ``LedgerError`` if there is no such entity.
  /// - Complexity: As `LintRun/findings(in:)`.
  public func lint(entity: String? = nil) throws -> [LintEntry] {
    try ledger.translating {
      let vantage = try vantage()
      let entity = try self.entity(matching: entity).entity
      let run = LintRun(entity: entity, within: vantage)
      func filing(_ row: FactRow) throws -> Filing {
        try snapshot.filing(of: row, before: vantage.head)
      }
      var texts = AnswerTexts()
      return try run.findings(in: snapshot).map { finding in
        LintEntry(
          kind: try kind(finding.kind),
          fact: try snapshot.fact(finding.fact),
          before: try finding.before.map { try texts.claim($0, in: snapshot) },
          claim: try texts.claim(finding.claim, in: snapshot),
          beforeFiling: try finding.before.map(filing),
          filing: try filing(finding.claim),
          putRightBy: try finding.putRightBy.map(filing)
        )
      } + leftOut(of: entity)
    }
  }

  /// What the general layouts of the newest statements leave out, where it is more than half of a total
  /// or has its opposite sign.
  private func leftOut(of entity: String) throws -> [LintEntry] {
    var found: [LintEntry] = []
    var texts = AnswerTexts()
    for name in StatementDefinition.commonNames {
      guard let statement = try lintedStatement(name, of: entity) else { continue }
      for (line, total) in zip(statement.lines, statement.lines.dropFirst()) where line.isResidual {
        for (left, whole) in zip(line.cells, total.cells) {
          guard case .derived(let derivation) = left.answer, case .holds(let row) = whole.answer,
            let amount = derivation.figure.value, let value = row.figure.value, !amount.isZero,
            (amount.mantissa < 0) != (value.mantissa < 0)
              || amount.fixedPoint.magnitude > value.fixedPoint.magnitude / 2
          else { continue }
          found.append(
            LintEntry(
              kind: .leftOut(statement: name, amount: amount.description),
              fact: try snapshot.fact(row.fact),
              claim: try texts.claim(row, in: snapshot),
              filing: try snapshot.filing(of: row, before: head)
            )
          )
        }
      }
    }
    return found
  }

  /// A statement in the general layout; `nil` if nothing is reported for it.
  private func lintedStatement(_ name: String, of entity: String) throws -> Statement? {
    do {
      return try filled(StatementRequest(name, entity: entity, layout: .general))
    } catch is UnanswerableQuery {
      return nil
    }
  }

  private func kind(_ kind: LintFinding.Kind) throws -> LintEntry.Kind {
    switch kind {
    case .scale(let exponent): .scale(exponent: exponent)
    case .signFlip: .signFlip
    case .otherPeriod(let row): .otherPeriod(row.fact.period)
    case .split(let split): .split(try ReportedSplit(split, in: snapshot))
    case .brokenSum(let result):
      .brokenSum(check: result.check.check, residual: result.residual ?? "")
    }
  }
}
