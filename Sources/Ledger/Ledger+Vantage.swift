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
  /// - Complexity: O(log *n*) for an identifier; else O(*n*), for *n* definitions of entities, some ten
  ///   nanoseconds each. Filings are read only where no defined entity matches.
  public func entity(matching part: String?, before head: UInt64) throws -> EntityDefinition {
    if let part,
      case .entity(let exact)? = try definition(
        DefinitionName(type: "entity", name: part),
        before: head
      )
    {
      return exact
    }
    var matching = try entities(matching: part, before: head, limit: Self.listedEntityCount)
    if matching.isEmpty {
      let undefined = try undefinedEntities(before: head)
      matching = undefined.filter { entity in
        part.map { entity.entity.lowercased().contains($0.lowercased()) } ?? true
      }
      if let exact = matching.first(where: { $0.entity == part }) { return exact }
    }
    if let only = matching.first, matching.count == 1 { return only }
    throw try ambiguity(of: part, matching, before: head)
  }

  /// How many entities a message lists at most.
  private static let listedEntityCount = 8

  private func ambiguity(
    of part: String?,
    _ matching: [EntityDefinition],
    before head: UInt64
  ) throws -> UnanswerableQuery {
    var listed = matching
    if listed.isEmpty {
      listed = try entities(matching: nil, before: head, limit: Self.listedEntityCount)
    }
    if listed.count < Self.listedEntityCount, matching.isEmpty {
      listed += try undefinedEntities(before: head)
    }
    let list = listed.prefix(Self.listedEntityCount)
      .map { "\($0.entity) (\($0.name))" }.joined(separator: ", ")
    guard let part else {
      return UnanswerableQuery(
        listed.isEmpty ? "the ledger has no entity" : "the ledger holds several entities",
        remedy: listed.isEmpty ? "append a filing first" : "name one with --entity: \(list)"
      )
    }
    return UnanswerableQuery(
      matching.isEmpty ? "no entity matches \"\(part)\"" : "\"\(part)\" matches several entities",
      remedy: "name one of: \(list)"
    )
  }

  /// The entities of filings that no event before `head` defines.
  private func undefinedEntities(before head: UInt64) throws -> [EntityDefinition] {
    var seen: Set<String> = []
    return try filingNames().compactMap { name in
      guard let entity = try filing(name)?.entity, seen.insert(entity).inserted,
        try definition(DefinitionName(type: "entity", name: entity), before: head) == nil
      else { return nil }
      return EntityDefinition(entity: entity, name: entity)
    }
  }
}
