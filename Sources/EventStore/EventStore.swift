public import Facts
public import LMDB
import Platform

/// The ledger's file: an append-only log of events, and the tables derived from it, kept in the
/// same transaction.
///
/// One writer at a time, many readers, in any number of processes. Opening checks the file.
public final class EventStore: Sendable {
  let environment: Environment
  let tables: Tables
  private let cache = StoreCache()

  /// The format of the file that this program writes, and the only one that it reads.
  public static let formatVersion = "2"

  /// Opens the ledger file at `path`.
  ///
  /// - Parameters:
  ///   - path: A file on a local file system; its folder must exist.
  ///   - access: Whether to write, and whether to make the file if it is missing.
  /// - Throws: ``DataFileError`` or ``LMDBError`` if the file cannot be opened or is damaged;
  ///   ``ForeignFile`` if it is an LMDB file, but no ledger, or of another format.
  public init(path: String, access: Access) throws {
    environment = try Environment(path: path, access: access)
    // What holds anything is a ledger already, or none: nothing is added to it.
    let isCreating = access == .create ? try environment.isEmpty() : false
    guard let tables = try Tables.open(in: environment, isCreating: isCreating) else {
      throw ForeignFile(path: path, version: try? Self.version(of: environment))
    }
    self.tables = tables
    try checkFormat(path: path, isNew: access == .create)
  }

  private func checkFormat(path: String, isNew: Bool) throws {
    let version = try version()
    guard version != Self.formatVersion else { return }
    guard isNew, version == nil else { throw ForeignFile(path: path, version: version) }
    let environment = environment
    var transaction = try environment.beginWrite()
    guard try transaction.entryCount(of: tables.log) == 0 else {
      throw ForeignFile(path: path, version: nil)
    }
    let bytes = Array(Self.formatVersion.utf8)
    try transaction.set(bytes.span, for: TextKey.meta("format"), in: tables.meta)
    try transaction.commit()
  }

  private func version() throws -> String? { try Self.version(of: environment) }

  private static func version(of environment: Environment) throws -> String? {
    let meta = try environment.openTables(isCreating: false, MetaTable.self)
    let transaction = try environment.beginRead()
    guard let text = try transaction.value(for: TextKey.meta("format"), in: meta) else {
      return nil
    }
    return String(decoding: text.copied(), as: UTF8.self)
  }

  /// Calls `body` with the ledger as of now.
  public func read<Result>(_ body: (borrowing Snapshot) throws -> Result) throws -> Result {
    let environment = environment
    return try body(Snapshot(environment.beginRead(), tables, cache))
  }

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
    public var standardDefinitions: @Sendable () throws -> [Draft] = { [] }

    /// How many events the log must hold; `nil` for any number.
    public var expectedHead: UInt64?

    /// When the ledger learns of the events.
    public var time: Timestamp

    /// Who or what appends.
    public var by: String

    /// Whether to check everything and write nothing.
    public var isDryRun = false

    /// Whether to wait for another process that writes.
    public var waits = true

    /// An append of `drafts` now, by `by`.
    public init(_ drafts: any DraftSource, time: Timestamp, by: String) {
      self.drafts = drafts
      self.time = time
      self.by = by
    }
  }

  /// Appends events, all or none; they are durable when it returns.
  ///
  /// Events that were recorded before are not recorded again, so that appending a file twice is
  /// appending it once.
  ///
  /// - Throws: ``RefusedEvents`` if an event does not fit the ledger, ``LMDBError`` if the machine
  ///   fails. Either way nothing was written.
  /// - Complexity: O(*k* log *n*), for *k* events after *n*.
  public func append(_ append: Append) throws -> AppendResult {
    try write(waits: append.waits) { transaction in
      var appender = try Appender(tables, in: transaction)
      let first = appender.head
      guard append.expectedHead.map({ $0 == first }) ?? true else {
        return (.conflict(head: first), isKept: false)
      }
      if first == 0 {
        var definitions = try append.standardDefinitions().makeReader()
        _ = try appender.append(
          &definitions,
          at: append.time,
          by: append.by,
          to: &transaction
        )
      }
      let standardCount = appender.head
      var drafts = append.drafts.makeReader()
      let count = try appender.append(
        &drafts,
        at: append.time,
        by: append.by,
        to: &transaction
      )
      guard appender.refusals.count == 0 else { throw appender.refusals }
      guard count > 0 || (first == 0 && standardCount > 0) else {
        return (.nothingNew(head: first, skipped: appender.skippedCount), isKept: false)
      }
      try appender.finish(in: &transaction)
      let result = AppendResult.appended(
        from: first,
        head: appender.head,
        skipped: first == 0 ? 0 : appender.skippedCount
      )
      return (result, isKept: !append.isDryRun)
    }
  }

  /// Appends what another ledger exported, with its batches as they are, so that both ledgers hold
  /// the same bytes.
  ///
  /// The export must begin with all that this ledger holds; what follows is appended.
  ///
  /// - Throws: ``RefusedEvents`` if it does not, or if its batches are not whole.
  public func replicate(_ append: Append) throws -> AppendResult {
    try write(waits: append.waits) { transaction in
      var appender = try Appender(tables, in: transaction)
      let first = appender.head
      guard append.expectedHead.map({ $0 == first }) ?? true else {
        return (.conflict(head: first), isKept: false)
      }
      let count = append.drafts.count
      guard count >= Int(first) else {
        throw InvalidEvent(
          "the export holds \(count) events, and the ledger \(first)",
          remedy: "append an export that continues this ledger"
        )
      }
      var drafts = append.drafts.makeReader()
      try transaction.checkPrefix(&drafts, head: first, tables)
      while let draft = try drafts.next() {
        guard case .batch(let batch) = draft.event,
          count - Int(appender.head) - 1 >= batch.count
        else {
          throw InvalidEvent(
            "a batch event with as many events as it counts is missing",
            remedy: "append a whole export",
            file: draft.file,
            line: draft.line
          )
        }
        guard try batch.recorded >= appender.lastRecorded(in: transaction) else {
          throw InvalidEvent(
            "the batch is recorded before the one it follows",
            remedy: "append an export as it is",
            file: draft.file,
            line: draft.line
          )
        }
        _ = try appender.append(
          &drafts,
          limit: batch.count,
          at: batch.recorded,
          by: batch.by,
          isReplica: true,
          to: &transaction
        )
        guard appender.refusals.count == 0 else { throw appender.refusals }
      }
      guard appender.head > first else {
        return (.nothingNew(head: first, skipped: count), isKept: false)
      }
      try appender.finish(in: &transaction)
      let result = AppendResult.appended(
        from: first,
        head: appender.head,
        skipped: Int(first)
      )
      return (result, isKept: !append.isDryRun)
    }
  }

  /// Runs `body` in a write transaction and commits it if it says so; a full map grows and `body`
  /// runs again.
  func write<Result>(
    waits: Bool,
    _ body: (inout WriteTransaction) throws -> (result: Result, isKept: Bool)
  ) throws -> Result {
    let environment = environment
    while true {
      do {
        var transaction = try environment.beginWrite(waits: waits)
        let (result, isKept) = try body(&transaction)
        if isKept { try transaction.commit() }
        return result
      } catch let error as LMDBError where error.isMapFull {
        let byteCount = try environment.figures().mapByteCount
        guard byteCount < Environment.mapByteCountMax else { throw error }
        try environment.growMap(to: min(byteCount * 2, Environment.mapByteCountMax))
      }
    }
  }

  /// The sizes of the file and of each table, by name.
  public func figures() throws -> (file: EnvironmentFigures, tables: [(String, TableFigures)]) {
    let environment = environment
    let transaction = try environment.beginRead()
    return (
      try environment.figures(),
      [
        (LogTable.name, try transaction.figures(of: tables.log)),
        (SymbolTable.name, try transaction.figures(of: tables.symbols)),
        (FactTable.name, try transaction.figures(of: tables.facts)),
        (FilingTable.name, try transaction.figures(of: tables.filings)),
        (DefinitionTable.name, try transaction.figures(of: tables.definitions)),
        (BatchTable.name, try transaction.figures(of: tables.batches)),
        (TileTable.name, try transaction.figures(of: tables.tiles)),
      ]
    )
  }
}

/// The file is an LMDB file, but none that this program reads.
public struct ForeignFile: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public var path: String

  /// The format it says it has; `nil` if it is no ledger at all.
  public var version: String?

  /// What the file is, and what to do.
  public var description: String {
    guard let version else {
      return "\(path) is a data file of another program; name a ledger with -f"
    }
    return "\(path) is a ledger of format \(version), and this program reads format "
      + "\(EventStore.formatVersion); use the program that wrote it"
  }
}

extension WriteTransaction {
  /// - Throws: ``InvalidEvent`` unless `drafts` begin with the `head` events of the log.
  fileprivate borrowing func checkPrefix(
    _ drafts: inout any DraftReader,
    head: UInt64,
    _ tables: Tables
  ) throws {
    for sequence in 0..<head {
      guard let draft = try drafts.next() else { return }
      let recorded = try event(at: sequence, tables) { try text($0, tables) }
      guard recorded?.canonicalLine == draft.event.canonicalLine else {
        throw InvalidEvent(
          "event \(sequence) of the export is not that of the ledger",
          remedy: "append an export that continues this ledger, or name an empty one with -f",
          file: draft.file,
          line: draft.line
        )
      }
    }
  }
}
