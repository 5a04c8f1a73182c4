public import Facts
import LMDB
import Platform

// Definitions found without reading the events of others.

extension Snapshot {
  /// The entities defined before `head` whose identifier or name contains a text, whatever the case
  /// of its letters, in the order of their identifiers.
  ///
  /// - Parameters:
  ///   - part: The text; `nil` for every entity.
  ///   - limit: How many at most, from 1.
  /// - Throws: ``DamagedLedger``, `LMDBError`.
  /// - Complexity: O(*n*) for *n* definitions of entities, some ten nanoseconds each: names are
  ///   compared where they lie in the `definitions` table, and only events of those found are read.
  public func entities(
    matching part: String?,
    before head: UInt64,
    limit: Int
  ) throws -> [EntityDefinition] {
    try sequencesOfEntities(matching: part, before: head, limit: limit).map { sequence in
      guard case .entity(let entity) = try cachedEvent(at: sequence) else {
        throw DamagedLedger(
          "its row names an event that defines no entity",
          sequence: sequence,
          table: DefinitionTable.name
        )
      }
      return entity
    }
  }

  /// The newest definition before `head` of each entity that matches.
  private func sequencesOfEntities(
    matching part: String?,
    before head: UInt64,
    limit: Int
  ) throws -> [UInt64] {
    let prefix = DefinitionKey.prefix(ofType: "entity", entity: nil)
    let pattern = part.map(CaselessPattern.init)
    var cursor = try transaction.linkedCursor(
      over: tables.definitions,
      from: ByteKey(prefix),
      tables
    )
    var found: [UInt64] = []
    // Rows of one entity follow each other, the newest last: it alone counts.
    var identifier: [UInt8] = []
    var candidate: UInt64?
    while let entry = try cursor.next(), entry.key.starts(with: prefix) {
      let end = entry.key.count - 8
      guard end > prefix.count, !entry.value.isEmpty else {
        throw DamagedLedger("a row is of no form", table: DefinitionTable.name)
      }
      let sequence: UInt64 = entry.key.bigEndian(at: end)
      guard sequence < head else { continue }
      if identifier.count != end - prefix.count
        || !entry.key.extracting(prefix.count..<end).starts(with: identifier)
      {
        if let candidate { found.append(candidate) }
        if found.count == limit { return found }
        identifier.removeAll(keepingCapacity: true)
        for index in prefix.count..<end { identifier.append(entry.key[index]) }
      }
      let isMatch = pattern.map { pattern in
        pattern.isFound(in: entry.key.extracting(prefix.count..<end - 1))
          || pattern.isFound(in: entry.value.extracting(1..<entry.value.count))
      }
      candidate = isMatch ?? true ? sequence : nil
    }
    if let candidate { found.append(candidate) }
    return found
  }

  /// Finds the newest definition before `head`.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func definition(_ name: DefinitionName, before head: UInt64) throws -> Event? {
    guard let sequence = try definitionSequence(name, before: head) else { return nil }
    let event = try cachedEvent(at: sequence)
    if let found = event?.definedOrRetired, found != name {
      throw DamagedLedger(
        "the row of \(name.qualifiedName) names the event of another definition",
        sequence: sequence,
        table: DefinitionTable.name
      )
    }
    return event
  }

  /// Finds the row of a definition in the `definitions` table, or remembers it.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func definitionSequence(_ name: DefinitionName, before head: UInt64) throws -> UInt64? {
    // Beyond the head there may be another one day.
    let place = DefinitionPlace(name: name, head: min(head, self.head))
    let sequence = try cache.definitions.value(place) {
      .some(try transaction.definitionSequence(name, before: head, tables))
    }
    return sequence.flatMap(\.self)
  }

  /// Reads the presentations that the `definitions` table lists.
  ///
  /// - Throws: ``DamagedLedger`` if a row that it needs is damaged, ``LMDBError`` if the file
  ///   cannot be read.
  public func presentations(
    of entity: String,
    named name: String?,
    before head: UInt64
  ) throws -> [RecordedPresentation] {
    // Most ledgers have none, and then no statement looks for its own.
    let hasAny = try cache.hasPresentations.value(self.head) {
      try transaction.hasPresentations(tables)
    }
    guard hasAny == true else { return [] }
    return try transaction.presentationSequences(of: entity, named: name, tables)
      .filter { $0 < head }
      .map { sequence in
        guard case .presentation(let presentation) = try cachedEvent(at: sequence) else {
          throw DamagedLedger(
            "its row names an event that is no presentation",
            sequence: sequence,
            table: DefinitionTable.name
          )
        }
        return RecordedPresentation(presentation, sequence: sequence)
      }
  }
}

/// A text to be found in others, whatever the case of letters.
private struct CaselessPattern {
  private let text: String
  private let bytes: [UInt8]
  private let isASCII: Bool

  init(_ text: String) {
    self.text = text.lowercased()
    bytes = Array(self.text.utf8)
    isASCII = bytes.allSatisfy { $0 < 0x80 }
  }

  func isFound(in other: Span<UInt8>) -> Bool {
    guard isASCII else { return isFoundInText(other) }
    guard let first = bytes.first else { return true }
    guard other.count >= bytes.count else { return hasOtherLetters(other) && isFoundInText(other) }
    for start in 0...other.count - bytes.count where Self.folded(other[start]) == first {
      var length = 1
      while length < bytes.count, Self.folded(other[start + length]) == bytes[length] {
        length += 1
      }
      if length == bytes.count { return true }
    }
    return hasOtherLetters(other) && isFoundInText(other)
  }

  /// Whether letters beyond ASCII are there, some of which have ASCII letters in lower case.
  private func hasOtherLetters(_ other: Span<UInt8>) -> Bool {
    for index in other.indices where other[index] >= 0x80 { return true }
    return false
  }

  private func isFoundInText(_ other: Span<UInt8>) -> Bool {
    String(decoding: other.copied(), as: UTF8.self).lowercased().contains(text)
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
  }
}
