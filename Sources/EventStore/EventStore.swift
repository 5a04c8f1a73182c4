import Facts
public import LMDB
import Platform
import Synchronization

/// The ledger's file: an append-only log of events, and the tables derived from it, kept in the
/// same transaction.
///
/// One writer at a time, many readers, in any number of processes. Opening checks the file.
public final class EventStore: Sendable {
  let environment: Environment
  let tables: Tables
  private let cache: StoreCache

  /// The last transaction whose pages were looked at, or that this store committed after such a one.
  private let lastSoundTransaction = Mutex(-1)

  /// The format of the file that this program writes, and the only one that it reads.
  public static let formatVersion = "3-draft-2"

  /// Opens the ledger file at `path`.
  ///
  /// - Parameters:
  ///   - path: A file on a local file system; its folder must exist.
  ///   - access: Whether to write, and whether to make the file if it is missing.
  ///   - isProving: Whether each event that is read is compared with the Merkle tree; `false` for
  ///     measurements of what that costs, and for nothing else.
  /// - Throws: ``DataFileError`` or ``LMDBError`` if the file cannot be opened or is damaged;
  ///   ``ForeignFile`` if it is an LMDB file, but no ledger, or of another format.
  public convenience init(path: String, access: Access, isProving: Bool = true) throws {
    if access == .create, NewDataFile.isNeeded(at: path) {
      // The file is made under another name, so that no process sees it before it is whole.
      _ = try Self.create(at: path) { _ in ((), isKept: true) }
    }
    try self.init(opening: path, access: access, isProving: isProving)
  }

  /// Opens the file, or makes it in its place.
  init(opening path: String, access: Access, isProving: Bool = true) throws {
    cache = StoreCache(isProving: isProving)
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

  static func version(of environment: Environment) throws -> String? {
    let meta = try environment.openTables(isCreating: false, MetaTable.self)
    let transaction = try environment.beginRead()
    guard let text = try transaction.value(for: TextKey.meta("format"), in: meta) else {
      return nil
    }
    return String(decoding: text.copied(), as: UTF8.self)
  }

  /// Calls `body` with the ledger as of now.
  ///
  /// - Parameters:
  ///   - end: When what `body` asks ends with ``TimeLimitExceeded``; `nil` for never.
  ///   - body: Asks.
  /// - Throws: ``LMDBError`` if the machine fails; what `body` throws.
  /// - Complexity: O(1), without `body`.
  public func read<Result>(
    until end: ContinuousClock.Instant? = nil,
    _ body: (consuming Snapshot) throws -> Result
  ) throws -> Result {
    let environment = environment
    return try body(Snapshot(environment.beginRead(), tables, cache, until: end))
  }

  /// A file up to this size is looked at whole before it is written to: a few milliseconds.
  static let checkedByteCountMax = 16 << 20

  /// Looks at every page of a file that is not large, before LMDB builds on them; of a larger one at those
  /// that each change touches.
  ///
  /// What this store wrote itself is not looked at again, unless another writer followed.
  ///
  /// - Throws: ``DamagedLedger`` if one is damaged.
  private func checkPages(for transaction: borrowing WriteTransaction) throws {
    let last = transaction.snapshotID
    let isContinued = lastSoundTransaction.withLock { $0 == last }
    guard try environment.figures().usedByteCount > Self.checkedByteCountMax else {
      if !isContinued { try checkPages() }
      return
    }
    do {
      try transaction.beginPageChecks(isContinued: isContinued)
    } catch let damage as DamagedPage {
      throw DamagedLedger(damage)
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
        let id = transaction.id
        try checkPages(for: transaction)
        let (result, isKept) = try finding(&transaction, body)
        if isKept { try transaction.commit() }
        lastSoundTransaction.withLock { $0 = isKept ? id : id - 1 }
        return result
      } catch let error as LMDBError where error.isMapFull {
        let byteCount = try environment.figures().mapByteCount
        guard byteCount < Environment.mapByteCountMax else { throw error }
        try environment.growMap(to: min(byteCount * 2, Environment.mapByteCountMax))
      }
    }
  }

  /// Calls `body`; what a check of the pages found is thrown as damage of the ledger.
  private func finding<Result>(
    _ transaction: inout WriteTransaction,
    _ body: (inout WriteTransaction) throws -> Result
  ) throws -> Result {
    do {
      return try body(&transaction)
    } catch let error as LMDBError where error.isDamage {
      guard let damage = transaction.touchedDamage else { throw error }
      throw DamagedLedger(damage)
    }
  }

  /// The sizes of the file and of each table, by name.
  ///
  /// - Throws: ``LMDBError`` if the file cannot be read.
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
    guard version != nil else { return "\(problem); name a ledger" }
    return problem
      + (canBeUpgraded ? "; upgrade it to a new file" : "; use the program that wrote it")
  }

  /// What the file is.
  public var problem: String {
    guard let version else { return "\(path) is a data file of another program" }
    return "\(path) is a ledger of format \(version), and this program reads format "
      + EventStore.formatVersion
  }

  /// Whether ``EventStore/upgrade(from:to:progress:)`` can copy it to a new file.
  public var canBeUpgraded: Bool { version.map(EventStore.upgradableVersions.contains) ?? false }
}
