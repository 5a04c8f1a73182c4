import EventStore
import Facts
import Projections

/// A statement or table of notes that can be printed for an entity.
public struct StatementName: Hashable, Sendable {
  /// The name to ask for.
  public var name: String

  /// The heading: of the newest filing that prints it, else of its definition.
  public var title: String

  /// The newest filing that prints it; `nil` for what is only defined.
  public var filing: String?

  /// How many filings print it.
  public var filingCount: Int
}

extension Ledger.View {
  /// The statements of an entity that are defined, then those and the tables of notes that its filings
  /// print.
  ///
  /// - Parameter part: A unique part of the entity's name or identifier; `nil` for the only one.
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(*n* log *n*), for *n* presentations of the entity.
  public func statementNames(entity part: String?) throws -> [StatementName] {
    try ledger.translating {
      let vantage = try vantage()
      let entity = try snapshot.entity(matching: part, before: vantage.head).entity
      var names: [StatementName] = []
      var places: [String: Int] = [:]
      for definition in try snapshot.definitions(
        ofType: "statement",
        applyingTo: entity,
        before: vantage.head
      ) {
        guard case .statement(let found) = try snapshot.definition(definition, before: vantage.head)
        else { continue }
        let name = StatementName(name: found.statement, title: found.title, filingCount: 0)
        if let place = places[found.statement] {
          if found.entity != nil { names[place] = name }
        } else {
          places[found.statement] = names.count
          names.append(name)
        }
      }
      var newest: [String: Timestamp] = [:]
      let amendments = try snapshot.amendments(before: vantage.head)
      for recorded in try snapshot.presentations(of: entity, named: nil, before: vantage.head)
        .sorted(by: { $0.sequence < $1.sequence })
      {
        let presentation = recorded.presentation
        guard
          amendments.withdrawer(ofFiling: presentation.filing, at: recorded.sequence) == nil,
          let filing = try snapshot.filing(presentation.filing, before: vantage.head),
          vantage.knows(filing.published.timestamp)
        else { continue }
        let key = presentation.shortName
        let place = places[key] ?? names.count
        if places.updateValue(place, forKey: key) == nil {
          names.append(StatementName(name: key, title: key, filingCount: 0))
        }
        names[place].filingCount += 1
        guard filing.published.timestamp >= newest[key] ?? Timestamp(microseconds: .min) else {
          continue
        }
        newest[key] = filing.published.timestamp
        names[place].filing = filing.filing
        if let title = presentation.title { names[place].title = title }
      }
      return names
    }
  }
}
