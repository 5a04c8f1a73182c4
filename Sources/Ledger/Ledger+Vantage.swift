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
    let identifiers = part.map { [$0] + ($0.centralIndexKey.map { ["cik:\($0)"] } ?? []) } ?? []
    for identifier in identifiers {
      let name = DefinitionName(type: "entity", name: identifier)
      if case .entity(let exact)? = try definition(name, before: head) { return exact }
    }
    // Two are enough to see that there is more than one.
    var matching = try entities(matching: part, before: head, limit: 2)
    if matching.isEmpty {
      let undefined = try undefinedEntities(before: head)
      matching = undefined.filter { entity in
        part.map { entity.entity.lowercased().contains($0.lowercased()) } ?? true
      }
      let exact = matching + undefined.filter { identifiers.contains($0.entity) }
      if let exact = exact.first(where: { identifiers.contains($0.entity) }) { return exact }
    }
    if let only = matching.first, matching.count == 1 { return only }
    throw try ambiguity(of: part, isAny: !matching.isEmpty, before: head)
  }

  /// How many entities a message lists at most.
  private static let listedEntityCount = 20

  private func ambiguity(
    of part: String?,
    isAny: Bool,
    before head: UInt64
  ) throws -> LedgerError {
    var listed = try entities(matching: isAny ? part : nil, before: head, limit: .max)
    if !isAny || listed.isEmpty {
      listed += try undefinedEntities(before: head).filter { entity in
        !isAny || part.map { entity.entity.lowercased().contains($0.lowercased()) } ?? true
      }
    }
    var list = listed.prefix(Self.listedEntityCount).map { "\($0.entity) (\($0.name))" }
    let restCount = listed.count - list.count
    if restCount > 0 { list.append("and \(restCount) more") }
    guard let part else {
      return listed.isEmpty
        ? LedgerError(.notFound, "the ledger has no entity", remedy: .appendFilings)
        : LedgerError(.ambiguous, "the ledger holds several entities", remedy: .nameEntity(list))
    }
    return LedgerError(
      isAny ? .ambiguous : .notFound,
      isAny ? "\"\(part)\" matches several entities" : "no entity matches \"\(part)\"",
      remedy: .nameOneOf(list)
    )
  }

  /// The entities of filings that no event before `head` defines.
  func undefinedEntities(before head: UInt64) throws -> [EntityDefinition] {
    var seen: Set<String> = []
    var undefined: [EntityDefinition] = []
    try forEachFiling { filing, sequence in
      guard sequence < head, seen.insert(filing.entity).inserted,
        try definition(DefinitionName(type: "entity", name: filing.entity), before: head) == nil
      else { return }
      undefined.append(EntityDefinition(entity: filing.entity, name: filing.entity))
    }
    return undefined
  }
}

extension String {
  /// The ten digits of a central index key that is written `CIK0000320193`, `CIK 320193` or `320193`;
  /// `nil` for any other text.
  fileprivate var centralIndexKey: String? {
    var digits = lowercased()[...]
    if digits.hasPrefix("cik") { digits = digits.dropFirst(3).drop { $0 == ":" || $0 == " " } }
    guard 1...10 ~= digits.utf8.count, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else {
      return nil
    }
    return String(repeating: "0", count: 10 - digits.utf8.count) + digits
  }
}
