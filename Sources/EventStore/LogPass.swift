import Facts
import LMDB
import Platform

/// One reading of the whole log, in stretches, by as many threads as there are cores.
///
/// Each thread takes the next stretch that nobody has, and reads it with a transaction of its own, of
/// the same snapshot. What they found is joined in the order of the log, by the thread that began:
/// the first damage is the same however many threads there are.
final class LogPass: Sendable {
  /// What follows if an event's leaf hash differs from the one in the tiles.
  enum Purpose: Sendable {
    /// The ledger is damaged.
    case verification

    /// The log or the tree is damaged. For an event before `trustedBefore`, which a checkpoint covers, the
    /// tree is damaged, and is made again. For a later event it is unknown which of both is damaged.
    case rebuild(trustedBefore: UInt64)
  }

  let tables: Tables

  /// How many events the log holds.
  let head: UInt64

  /// The dictionary.
  let texts: [String]

  let rowHash = RowHash()
  let purpose: Purpose

  private let stretchCount: Int

  private static let threadCountMax = 8

  init(_ tables: Tables, head: UInt64, texts: [String], purpose: Purpose) {
    self.tables = tables
    self.head = head
    self.texts = texts
    self.purpose = purpose
    stretchCount = Int((head + LogStretch.eventCount - 1) / LogStretch.eventCount)
  }

  /// Reads all stretches, and gives each to `join`, in order.
  ///
  /// - Parameters:
  ///   - environment: Where other threads begin their transactions.
  ///   - snapshot: Which one they must see; those that come too late for it do not help.
  ///   - transaction: This thread's.
  func run(
    in environment: Environment,
    snapshot: Int,
    _ transaction: borrowing some Transaction & ~Copyable & ~Escapable,
    join: (LogStretch) throws -> Void
  ) throws {
    var reader = StretchReader(self)
    try SharedParts<LogStretch>.run(
      partCount: stretchCount,
      threadCountMax: Self.threadCountMax,
      help: { self.help(with: $0, in: environment, snapshot: snapshot) },
      work: { reader.read(stretch: $0, in: transaction) },
      join: join
    )
  }

  private func help(
    with parts: SharedParts<LogStretch>,
    in environment: Environment,
    snapshot: Int
  ) {
    guard let transaction = try? environment.beginRead(), transaction.id == snapshot else { return }
    var reader = StretchReader(self)
    while let stretch = parts.nextPart() {
      parts.put(.success(reader.read(stretch: stretch, in: transaction)), for: stretch)
    }
  }
}
