public import EventStore
public import Facts
public import Projections

/// Two of the three times as a person names them.
public struct Times: Hashable, Sendable {
  /// How much of the log counts.
  public enum Recorded: Hashable, Sendable {
    /// The first so many events.
    case head(UInt64)

    /// What was recorded at or before a moment; a day counts whole.
    case time(PublishedTime)
  }

  /// The last moment whose filings count; a day counts whole, in UTC.
  ///
  /// `nil` for all.
  public var knownAt: PublishedTime?

  /// How much of the log counts; `nil` for all.
  public var recordedAt: Recorded?

  /// Bounds on what a query may use.
  public init(knownAt: PublishedTime? = nil, recordedAt: Recorded? = nil) {
    self.knownAt = knownAt
    self.recordedAt = recordedAt
  }
}

extension Snapshot {
  /// The bounds of a query.
  ///
  /// - Throws: ``UnanswerableQuery`` if the ledger held nothing then, or does not hold so much.
  public func vantage(_ times: Times) throws -> Vantage {
    guard head > 0 else {
      throw UnanswerableQuery(
        "the ledger is empty",
        remedy: "append events first: assay append Events"
      )
    }
    var vantage = Vantage(knownAt: times.knownAt?.timestamp, head: head)
    switch times.recordedAt {
    case nil: break
    case .head(let asked):
      guard 1...head ~= asked else {
        throw UnanswerableQuery(
          "the ledger holds \(head) events, not \(asked)",
          remedy: "give --recorded-at from 1 to \(head), or a time"
        )
      }
      vantage.head = asked
    case .time(let time):
      vantage.head = try head(recordedBy: time.timestamp)
      guard vantage.head > 0 else {
        throw UnanswerableQuery(
          "the ledger recorded nothing until \(time)",
          remedy: "its first batch is of \(try recorded(at: 0))"
        )
      }
    }
    return vantage
  }

  /// The entity that a person means: by its identifier, or a unique part of its name or identifier;
  /// `nil` means the only one.
  ///
  /// - Throws: ``UnanswerableQuery`` if there is none or more than one, with their names.
  public func entity(matching part: String?, before head: UInt64) throws -> EntityDefinition {
    if let part,
      case .entity(let exact)? = try definition(
        DefinitionName(type: "entity", name: part),
        before: head
      )
    {
      return exact
    }
    var entities = try definitionNames(ofType: "entity", before: head).compactMap { name in
      if case .entity(let entity) = try definition(
        DefinitionName(type: "entity", name: name),
        before: head
      ) {
        return entity
      }
      return nil
    }
    if entities.isEmpty || (part != nil && !entities.contains { $0.matches(part ?? "") }) {
      entities += try undefinedEntities(except: entities.map(\.entity))
    }
    if let exact = entities.first(where: { $0.entity == part }) { return exact }
    let matching = part.map { part in entities.filter { $0.matches(part) } } ?? entities
    if let only = matching.first, matching.count == 1 { return only }
    let list = (matching.isEmpty ? entities : matching).prefix(8)
      .map { "\($0.entity) (\($0.name))" }.joined(separator: ", ")
    guard let part else {
      throw UnanswerableQuery(
        entities.isEmpty ? "the ledger has no entity" : "the ledger holds several entities",
        remedy: entities.isEmpty ? "append a filing first" : "name one with --entity: \(list)"
      )
    }
    throw UnanswerableQuery(
      matching.isEmpty ? "no entity matches \"\(part)\"" : "\"\(part)\" matches several entities",
      remedy: "name one of: \(list)"
    )
  }

  /// The entities of filings that no event defines.
  private func undefinedEntities(except known: [String]) throws -> [EntityDefinition] {
    var seen = Set(known)
    return try filingNames().compactMap { name in
      guard let entity = try filing(name)?.entity, seen.insert(entity).inserted else { return nil }
      return EntityDefinition(entity: entity, name: entity)
    }
  }
}

extension EntityDefinition {
  fileprivate func matches(_ part: String) -> Bool {
    let part = part.lowercased()
    return entity.lowercased().contains(part) || name.lowercased().contains(part)
  }
}
