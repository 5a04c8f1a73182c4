public import EventStore
public import Facts
public import LMDB
import Merkle
import Projections

/// A ledger of reported figures, in one file: everything that programs outside do with it.
///
///     let ledger = try Ledger(path: "ledger.assay", access: .create)
///     try ledger.append(drafts, by: "me")
///     let answer = try ledger.statement(.init("balance-sheet", entity: "hecla"))
public final class Ledger: Sendable {
  let store: EventStore

  /// The plans of statements that were asked for.
  let plans = LookupCache<PlanKey, StatementPlan>(countMax: 256)

  /// Opens the ledger file at `path`.
  ///
  /// - Parameters:
  ///   - path: A file on a local file system; its folder must exist.
  ///   - access: Whether to write, and whether to make the file if it is missing.
  /// - Throws: ``DataFileError``, ``ForeignFile`` or ``LMDBError``: a file that is missing, damaged
  ///   or another program's.
  public init(path: String, access: Access) throws {
    store = try EventStore(path: path, access: access)
  }

  init(_ store: EventStore) { self.store = store }

  /// What an append may do.
  public struct AppendOptions: Sendable {
    /// How many events the ledger must hold; `nil` for any number.
    public var expectedHead: UInt64?

    /// Whether to check everything and write nothing.
    public var isDryRun = false

    /// Whether to wait for another process that writes.
    public var waits = true

    /// Who or what appends: a program's name and version, or a person.
    public var by: String

    /// When the ledger learns of the events.
    public var time: Timestamp

    /// An append at `time`, by `by`.
    public init(by: String, time: Timestamp) {
      self.by = by
      self.time = time
    }
  }

  /// Appends events as one batch, all or none; they are durable when it returns.
  ///
  /// Drafts may come in any order: definitions are recorded first, then each filing with its claims,
  /// the oldest filing first, then corrections and withdrawals. What was recorded before is not
  /// recorded again. Drafts that begin with a batch event are another ledger's export, and are
  /// replicated as they are.
  ///
  /// - Throws: ``RefusedEvents`` or ``InvalidEvent`` if an event does not fit, ``LMDBError`` if the
  ///   machine fails. Either way nothing was written.
  public func append(
    _ drafts: [Draft],
    _ options: AppendOptions
  ) throws -> EventStore.AppendResult {
    let spool = DraftSpool()
    for draft in drafts { try spool.append(draft) }
    return try append(spool.finish(), options)
  }

  /// Appends what a spool gathered, as appending an array does, holding one draft at a
  /// time.
  public func append(
    _ drafts: SpooledDrafts,
    _ options: AppendOptions
  ) throws -> EventStore.AppendResult {
    var append = EventStore.Append(drafts, time: options.time, by: options.by)
    append.expectedHead = options.expectedHead
    append.isDryRun = options.isDryRun
    append.waits = options.waits
    if drafts.isExport { return try store.replicate(append) }
    append.standardDefinitions = { try StandardDefinitions.drafts() }
    return try store.append(append)
  }

  /// Computes the SHA-256 of a document that is read piece by piece.
  public struct DocumentChecksum {
    private var checksum = Checksum()

    /// Starts with nothing.
    public init() {}

    /// Adds bytes at the end.
    public mutating func update(_ bytes: [UInt8]) { checksum.update(bytes.span) }

    /// The SHA-256 of all bytes so far, in hexadecimal.
    public var hexadecimal: String { checksum.finalize().hexadecimal }
  }

  /// The SHA-256 of `bytes`, in hexadecimal.
  public static func checksum(of bytes: [UInt8]) -> String {
    var checksum = Checksum()
    checksum.update(bytes.span)
    return checksum.finalize().hexadecimal
  }

  /// Calls `body` with the ledger as of now.
  public func read<Result>(_ body: (borrowing Snapshot) throws -> Result) throws -> Result {
    try store.read(body)
  }
}
