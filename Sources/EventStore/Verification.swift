public import Facts
public import LMDB
import Merkle
import Platform

/// A check of a whole ledger file: what it found in a sound one.
///
/// The check reads every byte of every table. The log's records must make the canonical lines whose hashes
/// the Merkle tree holds; every other table must have exactly the rows that follow from the log.
public struct Verification: Hashable, Sendable {
  /// How many events the ledger holds.
  public var head: UInt64

  /// The root of the Merkle tree over them, in hexadecimal.
  public var root: String

  /// When the last batch was recorded; `nil` for an empty ledger.
  public var recorded: Timestamp?

  /// The pages of the file.
  public var pages: PageFigures

  /// How many rows each table has, by its name.
  public var rowCounts: [RowCount]

  /// The size of a table.
  public struct RowCount: Hashable, Sendable {
    /// The table.
    public var table: String

    /// Its rows.
    public var count: Int
  }

  /// What is being looked at, of a long check.
  public enum Stage: String, Sendable {
    /// The pages of the file, without LMDB.
    case pages

    /// The log, the dictionary and the Merkle tree.
    case events

    /// The index of facts.
    case facts
  }

  /// Told now and then how far a check has come.
  public typealias Progress = (_ stage: Stage, _ done: Int, _ of: Int) -> Void

  /// A tree of an earlier time, as a checkpoint has it.
  public struct TreeHead: Hashable, Sendable {
    /// How many events there were.
    public var size: UInt64

    /// The root over them, in hexadecimal.
    public var root: String

    /// The tree of `size` events with this root.
    public init(size: UInt64, root: String) {
      self.size = size
      self.root = root
    }
  }
}

extension EventStore {
  /// Checks the ledger file at `path`, as of now.
  ///
  /// Call it in a process of its own: the first look at the pages is taken without the memory map,
  /// but a disk that cannot be read ends a process that maps a file of it.
  ///
  /// - Parameters:
  ///   - checkpoint: A tree that this one must have grown from.
  ///   - progress: Told now and then how far it has come.
  /// - Throws: ``DamagedLedger`` with the first thing that is wrong; ``DivergentHistory`` if the file is
  ///   sound and the checkpoint is not of its past; ``DataFileError``, ``ForeignFile`` or
  ///   ``LMDBError`` if the file cannot be opened.
  /// - Complexity: O(*n*), on every core, with two bits of memory for each page.
  public static func verify(
    path: String,
    checkpoint: Verification.TreeHead? = nil,
    progress: @escaping Verification.Progress = { _, _, _ in }
  ) throws -> Verification {
    let environment = try Environment(path: path, access: .readOnly)
    // No table before the pages are known to be sound: LMDB does not survive damage.
    var (pages, snapshot) = try soundPages(of: environment, progress)
    guard let tables = try Tables.open(in: environment, isCreating: false) else {
      throw ForeignFile(path: path, version: nil)
    }
    while true {
      let transaction = try environment.beginRead()
      guard transaction.id == snapshot else {
        // Somebody wrote meanwhile: the pages are others now.
        (pages, snapshot) = try soundPages(of: environment, progress)
        continue
      }
      try checkNames(pages, in: transaction, tables, path: path)
      var verifier = try Verifier(
        tables,
        for: .verification,
        in: transaction,
        progress: progress
      )
      do {
        try verifier.checkLog(of: environment, snapshot: snapshot, in: transaction)
        try verifier.checkDerived(of: environment, snapshot: snapshot, in: transaction)
      } catch var damage as DamagedLedger {
        damage.filing = damage.filing ?? verifier.filing(of: damage.sequence, in: transaction)
        throw damage
      }
      try checkpoint?.check(isPastOf: verifier.head) { try transaction.root(at: $0, tables) }
      return Verification(
        head: verifier.head,
        root: verifier.tree.root.hexadecimal,
        recorded: verifier.head > 0 ? verifier.lastRecorded : nil,
        pages: pages,
        rowCounts: try transaction.rowCounts(tables)
      )
    }
  }

  /// The filing that the event at `sequence` belongs to, or else the one before it.
  ///
  /// Of a damaged file: it may end the process.
  ///
  /// - Throws: ``DataFileError``, ``ForeignFile`` or ``LMDBError`` if the file cannot be opened.
  public static func filing(near sequence: UInt64, path: String) throws -> String? {
    try EventStore(path: path, access: .readOnly).read { snapshot in
      for candidate in [sequence, sequence &- 1] where candidate < snapshot.head {
        guard let event = try? snapshot.event(at: candidate) else { continue }
        if case .claim(let claim) = event { return claim.filing }
        if case .filing(let filing) = event { return filing.filing }
      }
      return nil
    }
  }

  /// Looks at every page before LMDB does, which does not survive damage.
  ///
  /// - Throws: ``DamagedLedger``.
  func checkPages() throws { _ = try Self.soundPages(of: environment) { _, _, _ in } }

  private static func soundPages(
    of environment: borrowing Environment,
    _ progress: @escaping Verification.Progress
  ) throws -> (PageFigures, snapshot: Int) {
    while true {
      let transaction = try environment.beginRead()
      do {
        let pages = try transaction.checkPages { progress(.pages, $0, $1) }
        if let pages { return (pages, transaction.id) }
      } catch let damage as DamagedPage {
        throw DamagedLedger(damage)
      }
    }
  }

  /// - Throws: ``DamagedLedger`` for a table that no ledger has; ``ForeignFile`` for another format.
  private static func checkNames(
    _ pages: PageFigures,
    in transaction: borrowing ReadTransaction,
    _ tables: Tables,
    path: String
  ) throws {
    let version = try transaction.value(for: TextKey.meta("format"), in: tables.meta)?.copied()
    guard let version, version == Array(formatVersion.utf8) else {
      throw ForeignFile(path: path, version: version.map { String(decoding: $0, as: UTF8.self) })
    }
    if let other = pages.tableNames.first(where: { !Tables.names.contains($0) }) {
      throw DamagedLedger("a ledger has no such table", table: other)
    }
    var cursor = try transaction.cursor(over: tables.meta)
    let names = [TextKey.meta("format"), LinkEnds.key, RecordedRoot.key]
    while let entry = try cursor.next() {
      guard names.contains(ByteKey(keyBytes: entry.key)) else {
        throw DamagedLedger("it has a row that is not of the format", table: MetaTable.name)
      }
    }
  }
}

extension Transaction where Self: ~Copyable & ~Escapable {
  fileprivate borrowing func rowCounts(_ tables: Tables) throws -> [Verification.RowCount] {
    [
      .init(table: LogTable.name, count: try entryCount(of: tables.log)),
      .init(table: SymbolTable.name, count: try entryCount(of: tables.symbols)),
      .init(table: FactTable.name, count: try entryCount(of: tables.facts)),
      .init(table: FilingTable.name, count: try entryCount(of: tables.filings)),
      .init(table: DefinitionTable.name, count: try entryCount(of: tables.definitions)),
      .init(table: BatchTable.name, count: try entryCount(of: tables.batches)),
      .init(table: TileTable.name, count: try entryCount(of: tables.tiles)),
    ]
  }
}

extension DamagedLedger {
  /// Damage that a look at the pages found.
  init(_ damage: DamagedPage) {
    self.init("page \(damage.page): \(damage.problem)", table: damage.table)
    isPage = true
    guard damage.table == LogTable.name else { return }
    sequence = damage.keyBefore.flatMap { UInt64(keyBytes: $0.span) }.map { $0 &+ 1 } ?? 0
  }
}
