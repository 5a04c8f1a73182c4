import EventStore
public import Facts
import Projections

// The filings of a ledger, or of one entity.
extension Ledger.View {
  /// The filings that were public at the moment, with what corrections say of them, the earliest first.
  ///
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(*f* log *n*), for *f* filings.
  public func allFilings() throws -> [Filing] {
    try ledger.translating { try publicFilings(snapshot.filingNames()) }
  }

  /// The filings of an entity that were public at the moment, with what corrections say of them, the earliest first.
  ///
  /// - Parameter entity: Its identifier.
  /// - Throws: ``LedgerError``.
  /// - Complexity: O(*k* log *n*), for *k* filings of the entity; for all filings at the first time after an append.
  public func filings(of entity: String) throws -> [Filing] {
    try ledger.translating { try publicFilings(filingNames(of: entity)) }
  }

  /// The days on which filings of an entity were published, in order: those after the moment, too.
  ///
  /// - Parameter entity: Its identifier.
  /// - Throws: ``LedgerError``.
  /// - Complexity: As ``filings(of:)``.
  public func publicationDays(of entity: String) throws -> [CivilDate] {
    try ledger.translating {
      let head = try vantage().head
      let filings = try filingNames(of: entity).compactMap { try snapshot.filing($0, before: head) }
      return Set(filings.map(\.published.timestamp.day)).sorted()
    }
  }

  private func filingNames(of entity: String) throws -> [String] {
    let names = try ledger.filingNames.value(snapshot.head) {
      var names: [String: [String]] = [:]
      try snapshot.forEachFiling { filing, _ in
        names[filing.entity, default: []].append(filing.filing)
      }
      return names
    }
    return names?[entity] ?? []
  }

  private func publicFilings(_ names: [String]) throws -> [Filing] {
    let vantage = try vantage()
    return try names.compactMap { name in
      let filing = try snapshot.filing(name, before: vantage.head)
      return filing.flatMap { vantage.knows($0.published.timestamp) ? $0 : nil }
    }.sorted {
      ($0.published.timestamp, $0.filing) < ($1.published.timestamp, $1.filing)
    }
  }
}
