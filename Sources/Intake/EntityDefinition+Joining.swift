import Facts

extension EntityDefinition {
  /// A document's definition of an entity: which of the document's filings is the newest, and when it was
  /// published.
  struct Newest {
    let filing: String
    let published: PublishedTime

    /// The newest of some filings; `nil` if there are none.
    init?(of filings: some Sequence<Filing>) {
      let newest = filings.max { lhs, rhs in
        (lhs.published.timestamp, lhs.filing) < (rhs.published.timestamp, rhs.filing)
      }
      guard let newest else { return nil }
      (filing, published) = (newest.filing, newest.published)
    }
  }

  /// This definition, with what a document tells more or better of the entity; `nil` if that adds
  /// nothing.
  ///
  /// Which document came first does not matter, since a name and a year end each keep the filing that gave
  /// them:
  ///
  /// - What somebody chose stays.
  /// - A name with small letters is better than one in capitals.
  /// - Else that of the newer filing counts, and of one filing the first in the order of their bytes.
  ///
  /// - Parameters:
  ///   - other: What the document tells; its name and year end are by the document's newest filing.
  ///   - newest: The newest filing of the document.
  ///   - filing: A filing that is recorded, by its name.
  /// - Throws: What `filing` throws.
  func joined(
    with other: EntityDefinition,
    _ newest: Newest,
    filing: (String) throws -> Filing?
  ) throws -> EntityDefinition? {
    var joined = self
    func isNewer(_ theirs: String, than own: String, by recordedBy: String) throws -> Bool {
      if recordedBy == newest.filing { return theirs < own }
      guard let recorded = try filing(recordedBy) else { return true }
      return (recorded.published.timestamp.day.dayNumber, recordedBy)
        < (newest.published.timestamp.day.dayNumber, newest.filing)
    }
    let isBetterName =
      if other.name == entity {
        false
      } else if name == entity {
        true
      } else if let namedBy {
        if name.hasSmallLetters == other.name.hasSmallLetters {
          try isNewer(other.name, than: name, by: namedBy)
        } else {
          other.name.hasSmallLetters
        }
      } else {
        false
      }
    if isBetterName { (joined.name, joined.namedBy) = (other.name, newest.filing) }
    let isBetterYearEnd =
      if let theirs = other.fiscalYearEnd, let own = fiscalYearEnd {
        if let yearEndBy {
          try isNewer(theirs.description, than: own.description, by: yearEndBy)
        } else {
          false
        }
      } else {
        other.fiscalYearEnd != nil
      }
    if isBetterYearEnd {
      (joined.fiscalYearEnd, joined.yearEndBy) = (other.fiscalYearEnd, newest.filing)
    }
    return joined == self ? nil : joined
  }
}

extension String {
  fileprivate var hasSmallLetters: Bool { self != uppercased() }
}

extension KnownDefinitions {
  /// What a document's definition of an entity adds to what is recorded; `nil` for nothing.
  ///
  /// - Parameter filings: The filings of the entity that the document is, or tells of.
  /// - Throws: Whatever reading the ledger throws.
  func additions(
    _ definition: EntityDefinition,
    by filings: some Sequence<Filing>
  ) throws -> EntityDefinition? {
    let recorded = try entity(definition.entity)
    guard let newest = EntityDefinition.Newest(of: filings) else {
      return recorded == nil ? definition : nil
    }
    var definition = definition
    if definition.name != definition.entity { definition.namedBy = newest.filing }
    if definition.fiscalYearEnd != nil { definition.yearEndBy = newest.filing }
    guard let recorded else { return definition }
    return try recorded.joined(with: definition, newest, filing: filing)
  }
}
