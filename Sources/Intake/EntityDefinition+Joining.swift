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
  /// Which document came first does not matter:
  ///
  /// - A name that somebody chose stays. A name with small letters is better than one in capitals. Of two
  ///   with small letters that counts whose document has the newer filing, and of one filing the first in
  ///   the order of their bytes.
  /// - Of two names in capitals, and of two year ends, that of the newest filing counts.
  ///
  /// - Parameters:
  ///   - other: What the document tells; its name is by the document's newest filing.
  ///   - newest: The newest filing of the document.
  ///   - filing: The filing of a name that is recorded.
  ///   - newestRecorded: When the newest filing of the entity was published that is recorded; asked for
  ///     only where two year ends differ, or two names in capitals.
  /// - Throws: What the functions throw.
  func joined(
    with other: EntityDefinition,
    _ newest: Newest,
    filing: (String) throws -> Filing?,
    newestRecorded: () throws -> Timestamp?
  ) throws -> EntityDefinition? {
    var joined = self
    func isNewer(_ theirs: String, than own: String) throws -> Bool {
      let recorded = try newestRecorded() ?? Timestamp(microseconds: .min)
      let published = newest.published.timestamp
      return published > recorded || (published == recorded && theirs < own)
    }
    let isBetter =
      if other.name == entity {
        false
      } else if name == entity {
        true
      } else if let namedBy {
        switch (name.hasSmallLetters, other.name.hasSmallLetters) {
        case (false, true): true
        case (true, false): false
        case (false, false): try other.name != name && isNewer(other.name, than: name)
        case (true, true):
          if namedBy == newest.filing {
            other.name < name
          } else if let recorded = try filing(namedBy) {
            (recorded.published.timestamp.day.dayNumber, namedBy)
              < (newest.published.timestamp.day.dayNumber, newest.filing)
          } else {
            true
          }
        }
      } else {
        false
      }
    if isBetter { (joined.name, joined.namedBy) = (other.name, newest.filing) }
    if let own = fiscalYearEnd, let theirs = other.fiscalYearEnd, own != theirs {
      if try isNewer(theirs.description, than: own.description) { joined.fiscalYearEnd = theirs }
    } else {
      joined.fiscalYearEnd = fiscalYearEnd ?? other.fiscalYearEnd
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
    guard let recorded else { return definition }
    return try recorded.joined(
      with: definition,
      newest,
      filing: filing,
      newestRecorded: { try newestFiling(definition.entity)?.timestamp }
    )
  }
}
