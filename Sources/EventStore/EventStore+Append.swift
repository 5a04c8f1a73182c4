public import Facts
import LMDB
import Merkle
import Platform

extension EventStore {
  /// What became of an append.
  public enum AppendResult: Hashable, Sendable {
    /// New events are durable; `skipped` others were recorded before this append.
    case appended(from: UInt64, head: UInt64, skipped: Int)

    /// Every event was recorded before; nothing was written.
    case nothingNew(head: UInt64, skipped: Int)

    /// The log holds `head` events, not as many as expected; nothing was written.
    case conflict(head: UInt64)
  }

  /// One append: which events, after which head, when and by whom.
  public struct Append: Sendable {
    /// The events, in order: definitions before what uses them, filings before their claims.
    public var drafts: any DraftSource

    /// What an empty log gets as its first batch; asked for only then.
    ///
    /// Their canonical lines must read back as they are: that is not checked again.
    ///
    /// - Throws: Whatever reading the definitions throws; the append then writes nothing.
    public var standardDefinitions: @Sendable () throws -> [Draft] = { [] }

    /// What defines a concept that a claim names and the ledger lacks.
    public var standardConcepts = StandardConcepts.none

    /// How many events the log must hold; `nil` for any number.
    public var expectedHead: UInt64?

    /// The root that the log must have then, in hexadecimal; `nil` for any.
    public var expectedRoot: String?

    /// When the ledger learns of the events; batches of another ledger keep their own time.
    public var time: Timestamp

    /// Who or what appends; batches of another ledger keep who appended them there.
    public var by: String

    /// The request of a client that may ask again, for the batch event; `nil` for none.
    public var request: Batch.Request?

    /// Whether to check everything and write nothing.
    public var isDryRun = false

    /// Whether to believe a time that is more than two years after the last batch's.
    public var acceptsClock = false

    /// Whether to wait for another process that writes.
    public var waits = true

    /// An append of `drafts` now, by `by`.
    public init(_ drafts: any DraftSource, time: Timestamp, by: String) {
      self.drafts = drafts
      self.time = time
      self.by = by
    }
  }

  /// Appends events as one batch, all or none; they are durable when it returns.
  ///
  /// Events that were recorded before are not recorded again, so that appending a file twice is
  /// appending it once.
  ///
  /// - Throws: ``RefusedEvents`` if an event does not fit the ledger, ``ImplausibleClock`` if its time
  ///   does not, `LMDBError` if the machine fails. Either way nothing was written.
  /// - Complexity: O(*k* log *n*), for *k* events after *n*.
  public func append(_ append: Append) throws -> AppendResult {
    try record(append) { appender, transaction in
      try appender.record(append, in: &transaction)
    }
  }

  /// Appends the export of another ledger, with its batches as they are, so that both ledgers hold
  /// the same bytes.
  ///
  /// The export must begin with all events of this ledger; what follows is appended. Where the
  /// follower knows the root of both, ``apply(_:at:rootBefore:rootAfter:waits:)`` needs no more than
  /// the new batches.
  ///
  /// - Throws: ``RefusedEvents`` or ``InvalidEvent`` if the export does not begin so, or if its batches
  ///   are not whole; `LMDBError` if the machine fails. Either way nothing was written.
  /// - Complexity: O(*n* + *k* log *n*), for *k* events after *n*.
  public func replicate(_ append: Append) throws -> AppendResult {
    try record(append) { appender, transaction in
      let (head, count) = (appender.head, append.drafts.count)
      guard count >= Int(head) else {
        throw InvalidEvent(
          "the export holds \(count) events, and the ledger \(head)",
          remedy: "append an export that continues this ledger"
        )
      }
      var drafts = append.drafts.makeReader()
      try transaction.checkPrefix(of: append.drafts, &drafts, head: head, tables)
      try appender.appendBatches(of: &drafts, count: count - Int(head), to: &transaction)
      return appender.head > head ? Int(head) : count
    }
  }

  /// Applies batches of another ledger to a follower of it, all or none; they are durable when it
  /// returns.
  ///
  /// The follower must be just where the other ledger was before the batches, and must be where the
  /// other one was after them. So a batch that is lost, doubled, out of order or changed in one digit
  /// is not applied.
  ///
  /// - Parameters:
  ///   - batches: Whole batches, each with its batch event first, as the other ledger exports them.
  ///   - head: How many events both ledgers hold before them.
  ///   - rootBefore: The root over those events, in hexadecimal.
  ///   - rootAfter: The root over those events and the batches, in hexadecimal.
  ///   - waits: Whether to wait for another process that writes.
  /// - Returns: ``AppendResult/conflict(head:)`` if this ledger holds more or fewer events, as after
  ///   the same call a second time.
  /// - Throws: ``UnexpectedRoot`` if a root differs; ``RefusedEvents`` or ``InvalidEvent`` if a batch
  ///   is not whole or an event does not fit; `LMDBError` if the machine fails. Nothing was written.
  /// - Complexity: O(*k* log *n*), for *k* events after *n*.
  public func apply(
    _ batches: any DraftSource,
    at head: UInt64,
    rootBefore: String,
    rootAfter: String,
    waits: Bool = true
  ) throws -> AppendResult {
    // The batches bring their times and who appended them.
    var append = Append(batches, time: Timestamp(microseconds: 0), by: "")
    append.expectedHead = head
    append.expectedRoot = rootAfter
    append.waits = waits
    return try record(append) { appender, transaction in
      let root = try transaction.root(at: head, tables).hexadecimal
      guard root == rootBefore else {
        throw UnexpectedRoot(head: head, isBefore: true, expected: rootBefore, found: root)
      }
      var drafts = batches.makeReader()
      try appender.appendBatches(of: &drafts, count: batches.count, to: &transaction)
      guard appender.head > head else {
        throw InvalidEvent("there is no batch", remedy: "apply one batch or more")
      }
      return 0
    }
  }

  /// Runs `body` with an appender and commits what it appended, if nothing was refused.
  ///
  /// - Parameter body: Appends; returns how many events were recorded before.
  private func record(
    _ append: Append,
    _ body: (inout Appender, inout WriteTransaction) throws -> Int
  ) throws -> AppendResult {
    try write(waits: append.waits) { transaction in
      var appender = try Appender(tables, in: transaction)
      let first = appender.head
      guard append.expectedHead.map({ $0 == first }) ?? true else {
        return (.conflict(head: first), isKept: false)
      }
      let skippedCount = try body(&appender, &transaction)
      guard appender.refusals.count == 0 else { throw appender.refusals }
      guard appender.head > first else {
        try check(transaction.root(at: first, tables).hexadecimal, append, head: first)
        return (.nothingNew(head: first, skipped: skippedCount), isKept: false)
      }
      try appender.finish(in: &transaction)
      if append.expectedRoot != nil {
        let root = try transaction.root(at: appender.head, tables).hexadecimal
        try check(root, append, head: appender.head)
      }
      return (
        .appended(from: first, head: appender.head, skipped: skippedCount),
        isKept: !append.isDryRun
      )
    }
  }

  private func check(_ root: String, _ append: Append, head: UInt64) throws {
    guard let expected = append.expectedRoot, expected != root else { return }
    throw UnexpectedRoot(head: head, isBefore: false, expected: expected, found: root)
  }
}

/// A follower and the ledger that it follows have different Merkle trees.
public struct UnexpectedRoot: Error, Hashable, Sendable, CustomStringConvertible {
  /// How many events the root is over.
  public var head: UInt64

  /// Whether the ledgers differed before the batches were applied; else the batches are not those
  /// that the other ledger recorded.
  public var isBefore: Bool

  /// The root of the other ledger, in hexadecimal.
  public var expected: String

  /// The root of this ledger, in hexadecimal.
  public var found: String

  /// What that means, and what to do.
  public var description: String {
    if isBefore {
      return
        "the root over the \(head) events of the ledger is \(found), and the batch continues one "
        + "whose root is \(expected): two different histories; keep both, and compare their exports"
    }
    return
      "with the batch, the root over \(head) events is \(found), and should be \(expected): an event "
      + "was changed on its way; nothing was written; get the batch again"
  }
}

extension Appender {
  /// Records an append as one batch; the first one of a ledger after the standard definitions.
  ///
  /// - Returns: How many of its events were recorded before.
  /// - Throws: ``ImplausibleClock``; `LMDBError`. What is refused is in ``refusals``.
  mutating func record(
    _ append: EventStore.Append,
    in transaction: inout WriteTransaction
  ) throws -> Int {
    try checkClock(append.time, isAccepted: append.acceptsClock, in: transaction)
    standardConcepts = append.standardConcepts
    let isFirst = head == 0
    if isFirst {
      var definitions = try append.standardDefinitions().makeReader()
      trustsDrafts = true
      defer { trustsDrafts = false }
      _ = try self.append(&definitions, at: append.time, by: append.by, to: &transaction)
    }
    let skippedBefore = skippedCount
    var drafts = append.drafts.makeReader()
    _ = try self.append(
      &drafts,
      at: append.time,
      by: append.by,
      request: append.request,
      to: &transaction
    )
    return isFirst && head > 0 ? 0 : skippedCount - skippedBefore
  }

  /// Appends batches of another ledger as they are.
  ///
  /// - Parameter count: How many drafts are left.
  /// - Throws: ``InvalidEvent`` if a batch is not whole or goes back in time; ``RefusedEvents``.
  mutating func appendBatches(
    of drafts: inout any DraftReader,
    count: Int,
    to transaction: inout WriteTransaction
  ) throws {
    let end = Int(head) + count
    while let draft = try drafts.next() {
      guard case .batch(let batch) = draft.event, end - Int(head) - 1 >= batch.count else {
        throw InvalidEvent(
          "a batch event with as many events as it counts is missing",
          remedy: "append a whole export",
          file: draft.file,
          line: draft.line
        )
      }
      guard try batch.recorded >= lastRecorded(in: transaction) else {
        throw InvalidEvent(
          "the batch is recorded before the one it follows",
          remedy: "append an export as it is",
          file: draft.file,
          line: draft.line
        )
      }
      _ = try append(
        &drafts,
        limit: batch.count,
        at: batch.recorded,
        by: batch.by,
        request: batch.request,
        isReplica: true,
        to: &transaction
      )
      guard refusals.count == 0 else { throw refusals }
    }
  }
}

extension WriteTransaction {
  /// Reads the first `head` drafts and checks that they are the events of the log, by their root.
  ///
  /// - Throws: ``InvalidEvent`` with the first that is another event.
  fileprivate borrowing func checkPrefix(
    of source: any DraftSource,
    _ drafts: inout any DraftReader,
    head: UInt64,
    _ tables: Tables
  ) throws {
    var tree = MerkleFrontier()
    var count: UInt64 = 0
    while count < head, let draft = try drafts.next() {
      tree.append([.leaf(draft.event.canonicalLine.span)])
      count += 1
    }
    guard try tree.root != root(at: head, tables) else { return }
    var again = source.makeReader()
    try findDifference(in: &again, head: head, tables)
    throw DamagedLedger("the tree is not that of the log", table: TileTable.name)
  }

  private borrowing func findDifference(
    in drafts: inout any DraftReader,
    head: UInt64,
    _ tables: Tables
  ) throws {
    for sequence in 0..<head {
      guard let draft = try drafts.next() else { return }
      let recorded = try event(at: sequence, tables) { try text($0, tables) }
      guard recorded?.canonicalLine == draft.event.canonicalLine else {
        throw InvalidEvent(
          "event \(sequence) of the export is not that of the ledger",
          remedy: "append an export that continues this ledger, or append to an empty ledger",
          file: draft.file,
          line: draft.line
        )
      }
    }
  }
}
