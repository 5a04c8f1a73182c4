import EventStore
public import Facts
import Merkle
import Projections

/// A ledger of reported figures, in one file: everything that programs outside do with it.
///
///     let ledger = try Ledger(path: "ledger.assay", access: .create)
///     _ = try ledger.append(drafts, .init(by: "me", time: now))
///     let answer = try ledger.read { try $0.statement(.init("balance-sheet", entity: "hecla")) }
///
/// What is in it is asked of a ``View``: of one moment.
public final class Ledger: Sendable {
  let store: EventStore

  /// The ledger's file.
  public let path: String

  /// The plans of statements that were asked for.
  let plans = LookupCache<PlanKey, StatementPlan>(countMax: 256)

  /// The currencies that there are figures in, by how many events there are.
  let currencies = LookupCache<UInt64, [String]>(countMax: 8)

  /// The names of the filings of each entity, by how many events there are.
  let filingNames = LookupCache<UInt64, [String: [String]]>(countMax: 4)

  /// The entities that have filings and no definition, by how many events there are.
  let undefinedEntities = LookupCache<UInt64, [EntityDefinition]>(countMax: 8)

  /// The fiscal calendars of entities that were asked for, and what they are made from.
  let calendarHistories = LookupCache<CalendarHistoryKey, CalendarHistory>(countMax: 8192)
  let calendars = LookupCache<CalendarKey, FiscalCalendar>(countMax: 8192)
  let numberedCalendars = LookupCache<NumberedCalendarKey, FiscalCalendar>(countMax: 4096)

  /// What may be done with the ledger's file.
  public enum Access: Hashable, Sendable {
    /// It is read. The file must exist, and is not changed.
    case readOnly

    /// It is read and written. The file must exist.
    case readWrite

    /// It is read and written. A missing or empty file becomes an empty ledger.
    case create
  }

  /// Opens the ledger file at `path`.
  ///
  /// - Parameters:
  ///   - path: A file on a local file system; its folder must exist.
  ///   - access: Whether to write, and whether to make the file if it is missing.
  ///   - isProving: Whether each event that is read is compared with the Merkle tree; `false` for
  ///     measurements of what that costs, and for nothing else.
  /// - Throws: ``LedgerError`` for a file that is missing, damaged or another program's.
  public init(path: String, access: Access, isProving: Bool = true) throws {
    let mode: EventStore.Mode =
      switch access {
      case .readOnly: .readOnly
      case .readWrite: .readWrite
      case .create: .create
      }
    self.path = path
    store = try Self.translating(path: path) {
      try EventStore(path: path, mode: mode, isProving: isProving)
    }
  }

  init(_ store: EventStore, path: String) {
    self.store = store
    self.path = path
  }

  /// What an append may do.
  public struct AppendOptions: Sendable {
    /// How many events the ledger must hold; `nil` for any number.
    public var expectedHead: UInt64?

    /// The root that the ledger must have then, in hexadecimal; `nil` for any.
    ///
    /// With it, another ledger's export may leave out the events that this ledger holds.
    public var expectedRoot: String?

    /// Whether to check everything and write nothing.
    public var isDryRun = false

    /// Whether to believe a time that is more than two years after the last batch's.
    public var acceptsClock = false

    /// Whether to wait for another process that writes.
    public var waits = true

    /// Who or what appends: a program's name and version, or a person.
    public var by: String

    /// The request of a client that may ask again, for the batch event; `nil` for none.
    public var request: Batch.Request?

    /// Is told now and then how many of the events were read, and how many there are; `nil` where nobody asks.
    public var progress: (@Sendable (_ readCount: Int, _ count: Int) -> Void)?

    /// When the ledger learns of the events.
    public var time: Timestamp

    /// An append at `time`, by `by`.
    public init(by: String, time: Timestamp) {
      self.by = by
      self.time = time
    }
  }

  /// What became of an append.
  public enum AppendResult: Hashable, Sendable {
    /// New events are durable; `skipped` others were recorded before this append.
    case appended(from: UInt64, head: UInt64, skipped: Int)

    /// Every event was recorded before; nothing was written.
    case nothingNew(head: UInt64, skipped: Int)

    /// The log holds `head` events, not as many as expected; nothing was written.
    case conflict(head: UInt64)

    init(_ result: EventStore.AppendResult) {
      switch result {
      case .appended(let first, let head, let skipped):
        self = .appended(from: first, head: head, skipped: skipped)
      case .nothingNew(let head, let skipped): self = .nothingNew(head: head, skipped: skipped)
      case .conflict(let head): self = .conflict(head: head)
      }
    }
  }

  /// Appends events as one batch, all or none; they are durable when it returns.
  ///
  /// Drafts may come in any order: definitions are recorded first, then each filing with its claims,
  /// the oldest filing first, then corrections and withdrawals. What was recorded before is not
  /// recorded again. Drafts that begin with a batch event are another ledger's export, and are
  /// replicated as they are.
  ///
  /// - Throws: ``LedgerError`` with the events that do not fit, or if the machine fails. Either way
  ///   nothing was written.
  /// - Complexity: O(*k* log *n*), for *k* events after *n*.
  public func append(_ drafts: [Draft], _ options: AppendOptions) throws -> AppendResult {
    let spool = DraftSpool()
    for draft in drafts { try spool.append(draft) }
    return try append(spool.finish(), options)
  }

  /// Appends what a spool gathered, as appending an array does, holding one draft at a
  /// time.
  ///
  /// - Throws: ``LedgerError`` with the events that do not fit, or if the machine fails. Either way
  ///   nothing was written.
  /// - Complexity: O(*k* log *n*), for *k* events after *n*.
  public func append(_ drafts: SpooledDrafts, _ options: AppendOptions) throws -> AppendResult {
    let append = stored(drafts, options)
    return try translating {
      guard drafts.isExport else { return AppendResult(try store.append(append)) }
      if let slice = try applied(drafts, options) { return slice }
      return AppendResult(try store.replicate(append))
    }
  }

  /// Appends several batches of different clients, each all or none, and syncs the disk once for all of them:
  /// they are durable when it returns.
  ///
  /// They are recorded in their order, each after what the one before it recorded. One that is refused
  /// leaves the others as they are.
  ///
  /// - Parameter group: None is an export of another ledger or a dry run, or expects a root; whether it waits for
  ///   another process is said by the first.
  /// - Returns: For each what became of it, or the ``LedgerError`` that says why nothing of it was written.
  /// - Complexity: O(*k* log *n*), for *k* events after *n*.
  public func append(
    group: [(drafts: SpooledDrafts, options: AppendOptions)]
  ) -> [Result<AppendResult, any Error>] {
    precondition(
      group.allSatisfy {
        !$0.drafts.isExport && !$0.options.isDryRun && $0.options.expectedRoot == nil
      }
    )
    return store.append(group: group.map { stored($0.drafts, $0.options) }).map { result in
      result.map { AppendResult($0) }.mapError { LedgerError($0, path: path) ?? $0 }
    }
  }

  /// An append as the store takes it.
  private func stored(_ drafts: SpooledDrafts, _ options: AppendOptions) -> EventStore.Append {
    let count = drafts.count
    let source: any DraftSource =
      options.progress.map { progress in ObservedDrafts(drafts) { progress($0, count) } } ?? drafts
    var append = EventStore.Append(source, time: options.time, by: options.by)
    append.expectedHead = options.expectedHead
    append.expectedRoot = options.expectedRoot
    append.request = options.request
    append.isDryRun = options.isDryRun
    append.acceptsClock = options.acceptsClock
    append.waits = options.waits
    if !drafts.isExport {
      append.standardDefinitions = { try StandardDefinitions.drafts() }
      append.standardConcepts = StandardElements.concepts
    }
    return append
  }

  /// Applies an export that goes on where this ledger ends; `nil` if it begins with the first event, or if
  /// no root is expected: only the root tells what such a slice goes on from.
  private func applied(_ drafts: SpooledDrafts, _ options: AppendOptions) throws -> AppendResult? {
    guard let rootAfter = options.expectedRoot, !options.isDryRun else { return nil }
    var reader = drafts.makeReader()
    let first = try reader.next()?.event.canonicalLine
    let (head, root, own) = try store.read { snapshot in
      (
        snapshot.head, try snapshot.root(at: snapshot.head),
        snapshot.head > 0 ? try snapshot.lines(from: 0, before: 1).dropLast() : []
      )
    }
    guard head > 0, let first, !own.elementsEqual(first) else { return nil }
    guard options.expectedHead.map({ $0 == head }) ?? true else { return .conflict(head: head) }
    return AppendResult(
      try store.apply(
        drafts,
        at: head,
        rootBefore: root,
        rootAfter: rootAfter,
        waits: options.waits
      )
    )
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
}
