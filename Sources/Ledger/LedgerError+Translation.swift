import EventStore
import Facts
import Merkle
import Projections

extension LedgerError {
  /// What failed below the ledger, as its user sees it.
  ///
  /// - Parameters:
  ///   - error: Whatever was thrown.
  ///   - path: The ledger's file.
  /// - Returns: `nil` for an error that is none of the ledger's: then the caller's own code threw it.
  init?(_ error: any Error, path: String) {
    switch error {
    case let error as LedgerError: self = error
    case let error as UnanswerableQuery: self.init(error)
    case let error as DamagedLedger: self.init(error)
    case let error as InconsistentLog:
      self.init(
        .damaged,
        error.message,
        at: Place(event: error.sequence),
        remedy: .restoreFromBackup
      )
    case let error as MissingTileError:
      self.init(
        .damaged,
        "tile \(error.place.index) of level \(error.place.level) has \(error.found) hashes, and "
          + "\(error.needed) are needed",
        at: Place(table: "tiles"),
        remedy: .rebuildTables
      )
    case let error as RefusedEvents: self.init(error)
    case let error as InvalidEvent: self.init(error)
    case let error as NoteError: self.init(.refused, error.description)
    case let error as DivergentHistory: self.init(.conflict, error.description)
    case let error as UnexpectedRoot: self.init(.conflict, error.description)
    case let error as ImplausibleClock:
      self.init(
        .refused,
        error.problem,
        at: Place(file: path),
        remedy: error.lastRecorded == nil ? nil : .acceptClock
      )
    case is TimeLimitExceeded:
      self.init(.notAnswerable, "the answer takes longer than it may", remedy: .askForLess)
    case let error as UpgradeRefused: self.init(.refused, error.description)
    case let error as ForeignFile: self.init(error)
    default:
      guard let failure = StoreFailure(error) else { return nil }
      self.init(failure, path: path)
    }
  }

  private init(_ query: UnanswerableQuery) {
    let code: Code =
      switch query.reason {
      case .notFound, .notReported: .notFound
      case .notApplicable: .notAnswerable
      }
    let remedy: Remedy =
      switch query.remedy {
      case .nameOneOf(let names): .nameOneOf(names)
      case .useName(let name): .useName(name)
      case .listEntities: .listEntities
      case .listFacts(let entity): .listFacts(entity: entity)
      case .leaveOutSpan: .leaveOutSpan
      case .useGeneralLayout: .useGeneralLayout
      case .appendChecks: .appendChecks
      }
    self.init(code, query.message, remedy: remedy)
  }

  private init(_ damage: DamagedLedger) {
    let remedy: Remedy =
      switch damage.repair {
      case .rebuild: .rebuildTables
      case .exportToNewLedger: .exportToNewLedger
      case .restore: .restoreFromBackup
      }
    self.init(
      .damaged,
      damage.message,
      at: Place(event: damage.sequence, filing: damage.filing, table: damage.table),
      remedy: remedy
    )
  }

  private init(_ events: RefusedEvents) {
    self.init(.refused, "\(events)")
    (refusals, refusalCount) = (events.refusals, events.count)
  }

  private init(_ event: InvalidEvent) {
    self.init(.refused, "\(event)")
    (refusals, refusalCount) = ([event], 1)
  }

  private init(_ file: ForeignFile) {
    let remedy: Remedy =
      file.version == nil
      ? .nameAnotherFile : file.canBeUpgraded ? .upgradeFile(path: file.path) : .useItsProgram
    self.init(.foreignFormat, file.problem, remedy: remedy)
  }

  private init(_ failure: StoreFailure, path: String) {
    switch failure {
    case .missing:
      self.init(
        .notFound,
        "there is no such ledger",
        at: Place(file: path),
        remedy: .createLedger
      )
    case .busy:
      self.init(
        .busy,
        "another process is writing to the ledger",
        at: Place(file: path),
        remedy: .tryAgain
      )
    case .damaged(let message): self.init(.damaged, message)
    case .foreign(let message): self.init(.foreignFormat, message)
    case .machine(let message): self.init(.machine, message)
    }
  }
}

extension Ledger {
  /// Calls `body`, and throws what fails below the ledger as a ``LedgerError``.
  func translating<Result: ~Copyable>(_ body: () throws -> Result) throws -> Result {
    try Self.translating(path: path, body)
  }

  /// Calls `body`, and throws what fails below the ledger as a ``LedgerError``.
  static func translating<Result: ~Copyable>(
    path: String,
    _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch {
      throw LedgerError(error, path: path) ?? error
    }
  }
}
