import Facts
import LMDB
import Merkle
import Platform

extension EventStore {
  /// The formats of earlier programs whose ledgers can be copied to a new file.
  ///
  /// Their log and dictionary are those of this format; their other tables are not read.
  public static let upgradableVersions: Set<String> = ["2", "3-draft"]

  /// Copies a ledger of an earlier format, through its canonical lines, to a new file of this one.
  ///
  /// The old file is opened for reading and not changed. The new file is verified, and its root
  /// compared with that of the old one, before it gets its name.
  ///
  /// - Parameters:
  ///   - old: The ledger of an earlier format.
  ///   - new: The path of the new file, where no file is.
  ///   - progress: Called now and then during the verification of the new file.
  /// - Returns: How many events the ledger holds, and the root over them, in hexadecimal.
  /// - Throws: ``UpgradeRefused`` if the old file is of another format, or the new one exists, or the
  ///   roots differ; ``RefusedEvents`` if an event does not fit this format; ``DamagedLedger``,
  ///   `DataFileError` or `LMDBError`. Then there is no new file.
  /// - Complexity: O(*n* log *n*), for *n* events.
  public static func upgrade(
    from old: String,
    to new: String,
    progress: @escaping Verification.Progress = { _, _, _ in }
  ) throws -> (head: UInt64, root: String) {
    let source = try EarlierLedger(path: old)
    let (head, root) = try source.headAndRoot()
    let result = try create(
      at: new,
      check: { path in
        let copy = try verify(path: path, progress: progress)
        guard (copy.head, copy.root) == (head, root) else {
          throw UpgradeRefused(
            path: old,
            problem:
              "the root over its \(head) events is \(root), and that of the copy \(copy.root)",
            remedy: "the file is damaged: restore it from a backup"
          )
        }
      },
      { store in
        // The batches bring their times and who appended them.
        let drafts = EarlierDrafts(ledger: source, count: Int(head))
        var append = Append(drafts, time: Timestamp(microseconds: 0), by: "")
        append.expectedHead = 0
        _ = try store.replicate(append)
        return ((head, root), isKept: true)
      }
    )
    guard let result else {
      throw UpgradeRefused(
        path: new,
        problem: "there is a file of this name",
        remedy: "name a new file, or remove that one"
      )
    }
    return result
  }
}

/// A ledger that is not upgraded.
public struct UpgradeRefused: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file that is refused.
  public var path: String

  /// Why.
  public var problem: String

  /// What to do.
  public var remedy: String

  /// The file, why it is refused, and what to do.
  public var description: String { "\(path): \(problem); \(remedy)" }
}

/// A ledger file of an earlier format, open for reading.
private final class EarlierLedger: Sendable {
  private let environment: Environment
  private let tables: Tables

  /// - Throws: ``UpgradeRefused`` if it is of this format; ``ForeignFile`` if it is of another one
  ///   that cannot be read.
  init(path: String) throws {
    environment = try Environment(path: path, access: .readOnly)
    guard var tables = try Tables.open(in: environment, isCreating: false) else {
      throw ForeignFile(path: path, version: nil)
    }
    tables.isLinked = false
    self.tables = tables
    let version = try EventStore.version(of: environment)
    if version == EventStore.formatVersion {
      throw UpgradeRefused(
        path: path,
        problem: "it is a ledger of format \(EventStore.formatVersion) already",
        remedy: "use it as it is"
      )
    }
    guard let version, EventStore.upgradableVersions.contains(version) else {
      throw ForeignFile(path: path, version: version)
    }
  }

  func headAndRoot() throws -> (head: UInt64, root: String) {
    let environment = environment
    let transaction = try environment.beginRead()
    let head = try transaction.head(tables)
    return (head, try transaction.root(at: head, tables).hexadecimal)
  }

  /// The events from `start` to before `end`, in order.
  func events(from start: UInt64, before end: UInt64) throws -> [Event] {
    let environment = environment
    let transaction = try environment.beginRead()
    return try (start..<end).map { sequence in
      let event = try transaction.event(at: sequence, tables) { try transaction.text($0, tables) }
      guard let event else { throw DamagedLedger.missingEvent(at: sequence) }
      return event
    }
  }
}

/// The events of a ledger of an earlier format, as drafts.
private struct EarlierDrafts: DraftSource {
  let ledger: EarlierLedger
  let count: Int

  func makeReader() -> any DraftReader { Reader(drafts: self) }

  struct Reader: DraftReader {
    let drafts: EarlierDrafts
    private var nextSequence: UInt64 = 0
    private var events: ArraySlice<Event> = []

    /// How many events are read at a time.
    private static let eventCount: UInt64 = 1024

    init(drafts: EarlierDrafts) { self.drafts = drafts }

    mutating func next() throws -> Draft? {
      if events.isEmpty {
        let end = min(nextSequence + Self.eventCount, UInt64(drafts.count))
        events = try drafts.ledger.events(from: nextSequence, before: end)[...]
        nextSequence = end
      }
      return events.popFirst().map { Draft($0) }
    }
  }
}
