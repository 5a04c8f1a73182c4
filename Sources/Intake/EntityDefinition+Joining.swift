import Facts

extension EntityDefinition {
  /// This definition, with what a document tells more or better of the entity; `nil` if that adds
  /// nothing.
  ///
  /// Which document came first does not matter: a name with small letters is better than one in
  /// capitals, and of two year ends that of the newest filing counts. Any other name stays, because
  /// somebody may have chosen it.
  ///
  /// - Parameters:
  ///   - other: What the document tells.
  ///   - published: When the newest filing of the document was published.
  ///   - newestRecorded: When the newest filing of the entity was published that is recorded; asked for
  ///     only where two year ends differ.
  /// - Throws: What `newestRecorded` throws.
  func joined(
    with other: EntityDefinition,
    published: Timestamp,
    newestRecorded: () throws -> Timestamp?
  ) rethrows -> EntityDefinition? {
    var joined = self
    if name == entity || (!name.hasSmallLetters && other.name.hasSmallLetters) {
      joined.name = other.name
    }
    if let own = fiscalYearEnd, let theirs = other.fiscalYearEnd, own != theirs {
      let newest = try newestRecorded() ?? Timestamp(microseconds: .min)
      if published > newest || (published == newest && theirs.description < own.description) {
        joined.fiscalYearEnd = theirs
      }
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
  /// - Parameter published: When the newest filing of the document was published.
  /// - Throws: Whatever reading the ledger throws.
  func additions(
    _ definition: EntityDefinition,
    published: Timestamp?
  ) throws -> EntityDefinition? {
    guard let recorded = try entity(definition.entity) else { return definition }
    return try recorded.joined(
      with: definition,
      published: published ?? Timestamp(microseconds: .min),
      newestRecorded: { try newestFiling(definition.entity)?.timestamp }
    )
  }
}
