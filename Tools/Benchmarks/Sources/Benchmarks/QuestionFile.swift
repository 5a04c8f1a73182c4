import EventStore
import Facts
import Generator
import Glibc

/// Writes questions for the programs in C, as beginnings of keys of the table `facts`, so that all
/// ask the same.
///
/// All numbers are little-endian, but those in keys: how many questions (4 bytes); then, for each,
/// known-at in microseconds (8), how many beginnings (4) and how long each is (4), and they
/// themselves in the order of the table.
enum QuestionFile {
  /// What is asked for.
  enum Subject {
    /// All cells of a balance sheet.
    case statement(Question.Kind)

    /// The first line at the fiscal year's end.
    case fact

    /// All facts of an entity.
    case entity
  }

  static func write(
    _ subject: Subject,
    of eventCount: Int,
    count: Int,
    ledger path: String,
    to target: String
  ) throws {
    let kind: Question.Kind =
      if case .statement(let kind) = subject { kind } else { .random }
    let questions = SyntheticFilings(eventCount: eventCount).questions(kind, count: count)
    let store = try EventStore(path: path, access: .readOnly)
    let bytes = try store.read { snapshot in
      var bytes: [UInt8] = []
      bytes.append(littleEndian: UInt32(count))
      for question in questions {
        let keys: [[UInt8]] =
          switch subject {
          case .statement: try question.facts.map { try key(of: $0, in: snapshot) }
          case .fact: [try key(of: question.lastFact, in: snapshot)]
          case .entity: [Array(try key(of: question.lastFact, in: snapshot).prefix(4))]
          }
        bytes.append(littleEndian: question.knownAt?.microseconds ?? .max)
        bytes.append(littleEndian: UInt32(keys.count))
        bytes.append(littleEndian: UInt32(keys[0].count))
        bytes += keys.sorted { $0.lexicographicallyPrecedes($1) }.joined()
      }
      return bytes
    }
    try write(bytes, to: target)
  }

  /// Questions for one fact with many claims, as ``OneFact/ask(path:claimCount:runLength:count:)`` asks.
  static func writeOneFact(
    claimCount: Int,
    runLength: Int,
    count: Int,
    ledger path: String,
    to target: String
  ) throws {
    let store = try EventStore(path: path, access: .readOnly)
    let bytes = try store.read { snapshot in
      var bytes: [UInt8] = []
      bytes.append(littleEndian: UInt32(count))
      let questions = try OneFact.questions(
        claimCount: claimCount,
        runLength: runLength,
        count: count
      )
      for (claim, filing) in questions {
        let key = try key(of: claim.fact, in: snapshot)
        bytes.append(littleEndian: filing.published.timestamp.microseconds)
        bytes.append(littleEndian: UInt32(1))
        bytes.append(littleEndian: UInt32(key.count))
        bytes += key
      }
      return bytes
    }
    try write(bytes, to: target)
  }

  private static func write(_ bytes: [UInt8], to target: String) throws {
    guard let file = fopen(target, "w") else { throw Failure("cannot write \(target)") }
    let count = fwrite(bytes, 1, bytes.count, file)
    guard fclose(file) == 0, count == bytes.count else { throw Failure("cannot write \(target)") }
  }

  /// The first 24 bytes of the keys of a fact's rows.
  private static func key(of fact: Fact, in snapshot: borrowing Snapshot) throws -> [UInt8] {
    var bytes: [UInt8] = []
    for text in [fact.entity, fact.concept, fact.dimensions.text, fact.unit] {
      guard let symbol = try snapshot.symbol(text) else { throw Failure("nobody says \(text)") }
      bytes.append(bigEndian: symbol.rawValue)
    }
    let start = fact.period.start?.dayNumber ?? FactID.instantStart
    for day in [fact.period.end.dayNumber, start] {
      bytes.append(bigEndian: UInt32(bitPattern: day) ^ 1 << 31)
    }
    return bytes
  }
}

extension [UInt8] {
  fileprivate mutating func append<Integer: FixedWidthInteger>(littleEndian integer: Integer) {
    for byte in 0..<Integer.bitWidth / 8 {
      append(UInt8(truncatingIfNeeded: integer >> Integer(8 * byte)))
    }
  }

  fileprivate mutating func append(bigEndian integer: UInt32) {
    for shift in [24, 16, 8, 0] { append(UInt8(truncatingIfNeeded: integer >> UInt32(shift))) }
  }
}
