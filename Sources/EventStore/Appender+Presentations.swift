import Facts
import LMDB

extension Appender {
  /// Records which layout a filing prints, if that was not recorded before.
  ///
  /// - Throws: ``InvalidEvent`` if its filing or its layout is not recorded.
  mutating func recordPresentation(
    _ presentation: Presentation,
    in transaction: inout WriteTransaction
  ) throws -> Bool {
    guard let record = try knownFiling(presentation.filing, in: transaction),
      case .filing(let filing) = try transaction.event(
        at: record.sequence,
        tables,
        text: { _ in "" }
      )
    else { throw Self.unrecordedFiling(presentation.filing, "presentations") }
    let layout = DefinitionName(layout: presentation.layout)
    guard try transaction.definitionSequence(layout, before: head, tables) != nil else {
      throw InvalidEvent(
        "layout \(presentation.layout) is not recorded",
        remedy: "put its layout event before the presentation; its name is its leaf hash"
      )
    }
    let event = Event.presentation(presentation)
    let name = DefinitionName(presentationsOf: presentation.name, by: filing.entity)
    return try recordDefinition(
      event,
      event.canonicalLine,
      as: name,
      after: record.sequence,
      in: &transaction
    )
  }

  /// The refusal of what belongs to a filing that is not recorded.
  static func unrecordedFiling(_ name: String, _ dependents: String) -> InvalidEvent {
    InvalidEvent(
      "filing \"\(name)\" is not recorded",
      remedy: "put its filing event before its \(dependents)"
    )
  }
}
