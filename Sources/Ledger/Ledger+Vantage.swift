import EventStore
public import Facts
import Projections

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
  /// How many events count.
  ///
  /// - Throws: ``LedgerError`` if the ledger held nothing then, or does not hold so much.
  func head(recordedAt recorded: Times.Recorded?) throws -> UInt64 {
    guard let recorded else { return head }
    guard head > 0 else { throw Self.emptyLedger }
    switch recorded {
    case .head(let asked):
      guard 1...head ~= asked else {
        throw LedgerError(
          .notAnswerable,
          "the ledger holds \(head) events, not \(asked)",
          remedy: .boundRecordedAt(1...head)
        )
      }
      return asked
    case .time(let time):
      let found = try head(recordedBy: time.timestamp)
      guard found > 0 else {
        throw LedgerError(
          .notKnownYet,
          "the ledger recorded nothing until \(time)",
          remedy: .firstRecorded(try self.recorded(at: 0))
        )
      }
      return found
    }
  }

  /// The error for a question to a ledger without events.
  static var emptyLedger: LedgerError {
    LedgerError(.notFound, "the ledger is empty", remedy: .appendEvents)
  }

  /// The entity that a person means: by its identifier, or a unique part of its name or identifier;
  /// `nil` means the only one.
  ///
  /// - Throws: ``LedgerError`` if there is none or more than one, with their names.
  /// - Complexity: O(log *n*) for an identifier; else O(*n*), for *n* definitions of entities, some ten
  ///   nanoseconds each. Filings are read only where no defined entity matches.
  func entity(matching part: String?, before head: UInt64) throws -> EntityDefinition {
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
  ) throws -> LedgerError {
    var listed = matching
    if listed.isEmpty {
      listed = try entities(matching: nil, before: head, limit: Self.listedEntityCount)
    }
    if listed.count < Self.listedEntityCount, matching.isEmpty {
      listed += try undefinedEntities(before: head)
    }
    let list = listed.prefix(Self.listedEntityCount)
      .map { "\($0.entity) (\($0.name))" }
    guard let part else {
      return listed.isEmpty
        ? LedgerError(.notFound, "the ledger has no entity", remedy: .appendFilings)
        : LedgerError(.ambiguous, "the ledger holds several entities", remedy: .nameEntity(list))
    }
    return LedgerError(
      matching.isEmpty ? .notFound : .ambiguous,
      matching.isEmpty ? "no entity matches \"\(part)\"" : "\"\(part)\" matches several entities",
      remedy: .nameOneOf(list)
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
