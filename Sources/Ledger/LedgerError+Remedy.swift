import EventStore
public import Facts
import Projections

extension LedgerError {
  /// What can be done about a failure: for a program to act on, and for a face to put in its own
  /// words.
  public enum Remedy: Hashable, Sendable {
    /// Append events: the ledger has none.
    case appendEvents

    /// Append a filing of an entity: the ledger has no entity.
    case appendFilings

    /// Append checks.
    case appendChecks

    /// Ask for a recorded-at of so many events, or a time.
    case boundRecordedAt(ClosedRange<UInt64>)

    /// Ask for a recorded-at at or after this time, that of the first batch.
    case firstRecorded(Timestamp)

    /// Name one of these entities; each as its identifier, and its name in parentheses.
    case nameEntity([String])

    /// Name one of these instead.
    case nameOneOf([String])

    /// The name was a slip of this one.
    case useName(String)

    /// Name an event by its sequence or its leaf hash, as the history of a fact shows them.
    case nameEvent

    /// Name an event by a sequence within these bounds.
    case boundSequence(ClosedRange<UInt64>)

    /// Name one of these events.
    case nameEvents([UInt64])

    /// Prove these events: the figure is derived from them.
    case proveOperands([UInt64])

    /// Name one fact: those that match, and whether there are more.
    case narrow(facts: [String], isCut: Bool)

    /// List all claims that these words name; all of the ledger if they are empty.
    case listClaims(words: String)

    /// List what is reported of an entity.
    case listFacts(entity: String)

    /// List the entities of the ledger.
    case listEntities

    /// List the events of a type.
    case listEvents(type: String)

    /// Look at every claim of the facts that these words name.
    case seeHistory(words: String)

    /// Leave the period out.
    case leaveOutPeriod

    /// Leave the span of time out.
    case leaveOutSpan

    /// Use the general layout.
    case useGeneralLayout

    /// Leave the operating unit out.
    case leaveOutOperatingUnit

    /// Give the last day of the period.
    case namePeriodEnd

    /// Ask about less: the answer takes too long.
    case askForLess

    /// Give the last day of the new quarter.
    case giveQuarterEnd

    /// Give the two checkpoints in the order of their sizes.
    case exchangeCheckpoints

    /// The checkpoint is another ledger's, or this ledger lost events.
    case findLostEvents

    /// The checkpoint is another ledger's, or the past of this ledger was changed.
    case findChangedEvents

    /// Export the lines, instead of the files of a tile tree.
    case exportLines

    /// Make the derived tables again from the log.
    case rebuildTables

    /// Export the ledger and append the export to a new one.
    case exportToNewLedger

    /// Restore the ledger from a backup or an export.
    case restoreFromBackup

    /// Name another folder.
    case nameAnotherFolder

    /// Name another ledger file.
    case nameAnotherFile

    /// Make the ledger by appending events, or name another file.
    case createLedger

    /// Copy the file at this path to a new file of the format that this program writes.
    case upgradeFile(path: String)

    /// Use the program that wrote the file.
    case useItsProgram

    /// Wait for the other process, or try again later.
    case tryAgain

    /// Set the clock, or say that it is right.
    case acceptClock

    /// Set the clock.
    case setClock

    /// Prove the growth from the checkpoint that the witness cosigned last.
    case requestCosignature
  }
}

extension LedgerError.Remedy: CustomStringConvertible {
  /// What can be done, as a clause.
  public var description: String {
    switch self {
    case .appendEvents: "append events first"
    case .appendFilings: "append a filing first"
    case .appendChecks: UnanswerableQuery.Remedy.appendChecks.description
    case .boundRecordedAt(let bounds):
      "ask for \(bounds.lowerBound) to \(bounds.upperBound) events, or for a time"
    case .firstRecorded(let time): "its first batch is of \(time)"
    case .nameEntity(let names), .nameOneOf(let names):
      "name one of: \(names.joined(separator: ", "))"
    case .useName(let name): "did you mean \"\(name)\"?"
    case .nameEvent: "give a sequence or a leaf hash, as the history of a fact shows them"
    case .boundSequence(let bounds):
      "give a sequence from \(bounds.lowerBound) to \(bounds.upperBound)"
    case .nameEvents(let events): "name one of the events \(Self.list(events))"
    case .proveOperands(let events):
      "prove the events that it is derived from: \(Self.list(events))"
    case .narrow(let facts, let isCut):
      "add a period, a dimension or the whole name:" + facts.map { "\n  \($0)" }.joined()
        + (isCut ? "\n  …" : "")
    case .listClaims(let words):
      words.isEmpty ? "list the claims of the ledger" : "list the claims that match \(words)"
    case .listFacts(let entity): "list the facts of \(entity)"
    case .listEntities: "list the entities of the ledger"
    case .listEvents(let type): "list the events of type \(type)"
    case .seeHistory: "look at the history of the fact"
    case .leaveOutPeriod: "leave the period out to see what is reported"
    case .leaveOutSpan: "leave the span out to see what is reported"
    case .useGeneralLayout: "use the general layout"
    case .leaveOutOperatingUnit: "leave the operating unit out"
    case .namePeriodEnd: "give the last day of the period"
    case .askForLess: "ask about one entity, one concept or fewer periods"
    case .giveQuarterEnd: "give the end of the new quarter"
    case .exchangeCheckpoints: "give the older checkpoint as the one that it grew from"
    case .findLostEvents:
      "it is another ledger's, or this one lost events: compare with a backup"
    case .findChangedEvents:
      "it is another ledger's, or the past of this one was changed: compare with a backup"
    case .exportLines: "export the lines instead"
    case .rebuildTables: DamagedLedger.Repair.rebuild.rawValue
    case .exportToNewLedger: DamagedLedger.Repair.exportToNewLedger.rawValue
    case .restoreFromBackup: DamagedLedger.Repair.restore.rawValue
    case .nameAnotherFolder: "name another folder"
    case .nameAnotherFile: "name a ledger"
    case .createLedger: "append events to make it, or name another"
    case .upgradeFile: "upgrade it to a new file"
    case .useItsProgram: "use the program that wrote it"
    case .tryAgain: "try again"
    case .acceptClock: "set the clock, or say that it is right"
    case .setClock: "set the clock"
    case .requestCosignature: "prove the growth from the checkpoint that was cosigned last"
    }
  }

  private static func list(_ events: [UInt64]) -> String {
    events.map(String.init).joined(separator: ", ")
  }
}
