public import Facts
public import Ledger

/// A statement as somebody asks for it, whatever face they ask: it fills in the receipt's question.
public struct StatementQuestion: Sendable {
  /// A unique part of an operating unit's name; `nil` for all lines.
  public var operatingUnit: String?

  /// Which layouts may be used; `nil` for any.
  public var layout: StatementRequest.Layout?

  /// The currency; `nil` for the one in which the entity reports most.
  public var currency: String?

  /// What the columns are about; `nil` for the statement's own.
  public var span: StatementRequest.Span?

  /// How many columns of the span; `nil` for the usual two.
  public var columnCount: Int?

  /// The known-at that was asked for; `nil` for none.
  public var knownAt: PublishedTime?

  /// The recorded-at that was asked for, as it was typed; `nil` for none.
  public var recordedAt: String?

  /// A question of the newest statement, as everything is known.
  public init() {}

  /// What is asked of a view.
  ///
  /// - Parameters:
  ///   - statement: Its name.
  ///   - entity: A unique part of the entity's name or identifier; `nil` for the only one.
  ///   - asOf: The reporting date; `nil` for the newest.
  public func request(
    _ statement: String,
    entity: String?,
    asOf: CivilDate?
  ) -> StatementRequest {
    StatementRequest(
      statement,
      entity: entity,
      asOf: asOf,
      layout: layout,
      currency: currency,
      operatingUnit: operatingUnit,
      span: span,
      columnCount: columnCount
    )
  }

  /// The answer with its receipt, whose question is a command that asks it again: with whatever decides on the
  /// answer and nothing else.
  public func report(_ answer: StatementAnswer) -> StatementReport {
    StatementReport(answer, query: ShellWords.joined(words(of: answer)), recordedAt: recordedAt)
  }

  /// The question as the words of a command that asks it again.
  ///
  /// - Parameter answer: The answer, which knows whose statement it is.
  public func words(of answer: StatementAnswer) -> [String] {
    var words = ["assay", "statement", answer.definition.statement]
    for case (let option, let value?) in [
      ("entity", answer.entity.entity), ("as-of", answer.requestedAsOf?.description),
      ("unit", operatingUnit), ("layout", layout?.rawValue), ("currency", currency),
      ("span", span?.rawValue), ("columns", columnCount.map { String($0) }),
      ("known-at", knownAt?.description), ("recorded-at", recordedAt),
    ] {
      words += ["--" + option, value]
    }
    return words
  }
}
