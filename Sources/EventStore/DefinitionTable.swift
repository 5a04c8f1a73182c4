import Facts
import LMDB
import Platform

/// The keys of the `definitions` table: type, owner, name and sequence.
///
/// The newest definition of a name is found by one seek. The definitions of one entity are
/// neighbours, so that a reader of its checks or statements touches none of another entity.
///
/// Type, owner and name each end in a zero byte. The owner of a definition that applies to every
/// entity is empty.
enum DefinitionKey {
  /// How long an owner and a name in a key can be; with the rest, less than LMDB's 511 bytes.
  private static let ownerByteCountMax = 160
  private static let nameByteCountMax = 300

  /// Stands in a text that was cut, before its hash: no UTF-8 text has this byte.
  private static let cutMark: UInt8 = 0xFF

  private static let hashDigitCount = 64

  /// What the keys of all definitions of a type and owner begin with.
  static func prefix(ofType type: String, entity: String?) -> [UInt8] {
    Array(type.utf8) + [0] + fitting(entity ?? "", ownerByteCountMax) + [0]
  }

  /// What the keys of all definitions of one name begin with; the sequence follows.
  static func prefix(of name: DefinitionName) -> [UInt8] {
    prefix(ofType: name.type, entity: name.entity) + fitting(name.name, nameByteCountMax) + [0]
  }

  static func key(_ name: DefinitionName, at sequence: UInt64) -> ByteKey {
    var bytes = prefix(of: name)
    bytes.append(bigEndian: sequence)
    return ByteKey(bytes)
  }

  /// The text as a part of a key: cut, and followed by its hash, if it is too long or has a zero
  /// byte.
  private static func fitting(_ text: String, _ byteCountMax: Int) -> [UInt8] {
    let bytes = Array(text.utf8)
    guard bytes.count > byteCountMax || bytes.contains(0) else { return bytes }
    let start = bytes.prefix(byteCountMax - hashDigitCount - 1).filter { $0 != 0 }
    return start + [cutMark] + Digest.hexadecimal(of: bytes).utf8
  }

  /// The name in a key, and the sequence; no name if it was cut.
  ///
  /// - Parameter start: How many bytes the prefix of type and owner has.
  /// - Returns: `nil` if it is no key of a definition.
  static func parts(
    of key: Span<UInt8>,
    from start: Int
  ) -> (name: String?, sequence: UInt64)? {
    let end = key.count - 9
    guard end > start, key[end] == 0 else { return nil }
    var name: [UInt8] = []
    name.reserveCapacity(end - start)
    for index in start..<end { name.append(key[index]) }
    return (
      name.contains(cutMark) ? nil : String(decoding: name, as: UTF8.self),
      key.bigEndian(at: end + 1)
    )
  }
}

/// The values of the `definitions` table: of a definition 0, and of an entity its display name; of a
/// retirement 1; of a filing recorded anew 0, and the sequence of its event before (8).
enum DefinitionValue {
  private static let isDefinition: UInt8 = 0
  private static let isRetirement: UInt8 = 1

  static func encode(_ event: Event) -> [UInt8] {
    switch event {
    case .entity(let entity): [isDefinition] + entity.name.utf8
    case .retirement: [isRetirement]
    default: [isDefinition]
    }
  }

  /// Whether the row is of an event that retires the definitions of its name before it.
  static func isRetirement(_ value: Span<UInt8>) -> Bool {
    value.count == 1 && value[0] == isRetirement
  }

  /// Of an event that records a filing anew: the sequence of the one before.
  static func encode(previousFiling sequence: UInt64) -> [UInt8] {
    var bytes = [isDefinition]
    bytes.append(littleEndian: sequence)
    return bytes
  }
}

extension Transaction where Self: ~Copyable & ~Escapable {
  /// The sequence of the newest definition of `name` recorded before `head`; `nil` if there is none, or
  /// if it was retired since.
  ///
  /// - Complexity: O(log *n*).
  borrowing func definitionSequence(
    _ name: DefinitionName,
    before head: UInt64,
    _ tables: Tables
  ) throws -> UInt64? {
    guard let newest = try newestDefinition(name, before: head, tables), !newest.isRetirement else {
      return nil
    }
    return newest.sequence
  }

  /// The newest event before `head` that defines or retires `name`.
  ///
  /// - Complexity: O(log *n*).
  borrowing func newestDefinition(
    _ name: DefinitionName,
    before head: UInt64,
    _ tables: Tables
  ) throws -> (sequence: UInt64, isRetirement: Bool)? {
    guard head > 0 else { return nil }
    let key = DefinitionKey.key(name, at: head - 1)
    guard let entry = try lastLinkedEntry(atOrBefore: key, in: tables.definitions, tables) else {
      return nil
    }
    let prefix = DefinitionKey.prefix(of: name)
    guard entry.key.count == prefix.count + 8, entry.key.starts(with: prefix) else { return nil }
    return (entry.key.bigEndian(at: prefix.count), DefinitionValue.isRetirement(entry.value))
  }

  /// Calls `body` with the name, if the key has it whole, the sequence and the kind of each row of a
  /// type and owner, in the order of names and sequences, until it returns `false`.
  ///
  /// - Complexity: O(log *n* + *k*), for *k* such definitions.
  borrowing func forEachDefinition(
    ofType type: String,
    entity: String?,
    _ tables: Tables,
    _ body: (_ name: String?, _ sequence: UInt64, _ isRetirement: Bool) throws -> Bool
  ) throws {
    let prefix = DefinitionKey.prefix(ofType: type, entity: entity)
    var cursor = try linkedCursor(over: tables.definitions, from: ByteKey(prefix), tables)
    while let entry = try cursor.next(), entry.key.starts(with: prefix) {
      guard let (name, sequence) = DefinitionKey.parts(of: entry.key, from: prefix.count) else {
        throw DamagedLedger("a key is of no form", table: DefinitionTable.name)
      }
      guard try body(name, sequence, DefinitionValue.isRetirement(entry.value)) else { return }
    }
  }

  /// Whether any filing's presentation is recorded.
  ///
  /// - Complexity: O(log *n*).
  borrowing func hasPresentations(_ tables: Tables) throws -> Bool {
    let prefix = Array("presentation".utf8) + [0]
    var cursor = try linkedCursor(over: tables.definitions, from: ByteKey(prefix), tables)
    return try cursor.next()?.key.starts(with: prefix) ?? false
  }

  /// The sequences of an entity's presentations, in the order of their names and sequences.
  ///
  /// - Parameter name: Of one statement or role; `nil` for all.
  /// - Complexity: O(log *n* + *k*), for *k* such presentations.
  borrowing func presentationSequences(
    of entity: String,
    named name: String?,
    _ tables: Tables
  ) throws -> [UInt64] {
    let prefix =
      name.map { DefinitionKey.prefix(of: DefinitionName(presentationsOf: $0, by: entity)) }
      ?? DefinitionKey.prefix(ofType: "presentation", entity: entity)
    var sequences: [UInt64] = []
    var cursor = try linkedCursor(over: tables.definitions, from: ByteKey(prefix), tables)
    while let entry = try cursor.next(), entry.key.starts(with: prefix) {
      let end = entry.key.count - 8
      guard end >= prefix.count else {
        throw DamagedLedger("a key is of no form", table: DefinitionTable.name)
      }
      if name == nil || end == prefix.count { sequences.append(entry.key.bigEndian(at: end)) }
    }
    return sequences
  }

  /// Whether a definition of `name` with exactly this canonical line was recorded, and not retired
  /// since.
  borrowing func isRecorded(
    _ line: [UInt8],
    as name: DefinitionName,
    after first: UInt64 = 0,
    _ tables: Tables
  ) throws -> Bool {
    let prefix = DefinitionKey.prefix(of: name)
    var cursor = try linkedCursor(over: tables.definitions, from: ByteKey(prefix), tables)
    var isRecorded = false
    while let entry = try cursor.next(), entry.key.starts(with: prefix) {
      guard entry.key.count == prefix.count + 8 else { continue }
      let sequence: UInt64 = entry.key.bigEndian(at: prefix.count)
      if DefinitionValue.isRetirement(entry.value) {
        isRecorded = false
      } else if !isRecorded, sequence >= first {
        isRecorded = try value(for: sequence, in: tables.log)?.copied() == line
      }
    }
    return isRecorded
  }

  /// The names of all concepts, for a suggestion.
  borrowing func conceptNames(_ tables: Tables) throws -> [String] {
    try definitionNames(like: DefinitionName(type: "concept", name: ""), tables)
  }

  /// The names of all definitions of the type and owner of `name`, for a suggestion.
  borrowing func definitionNames(like name: DefinitionName, _ tables: Tables) throws -> [String] {
    var names: [String] = []
    try forEachDefinition(ofType: name.type, entity: name.entity, tables) { name, _, _ in
      if let name, names.last != name { names.append(name) }
      return true
    }
    return names
  }
}

extension Span<UInt8> {
  /// Whether these bytes begin with those of `prefix`.
  func starts(with prefix: [UInt8]) -> Bool {
    guard count >= prefix.count else { return false }
    for index in prefix.indices where self[index] != prefix[index] { return false }
    return true
  }
}
