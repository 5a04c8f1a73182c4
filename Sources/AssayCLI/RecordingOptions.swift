import ArgumentParser
import EventStore
import Facts
import LMDB
import Ledger

/// What all commands that record events understand.
struct RecordingOptions: ParsableArguments {
  @Flag(help: "Check everything and write nothing.")
  var dryRun = false

  @Option(help: ArgumentHelp("Refuse unless the ledger holds so many events.", valueName: "n"))
  var expectHead: UInt64?

  @Option(help: ArgumentHelp("Who records, for the batch event.", valueName: "name"))
  var by = "assay \(Assay.version)"

  @Flag(help: "Fail at once if another process is writing.")
  var noWait = false

  @OptionGroup var ledger: LedgerOptions

  /// Records events and says what became of them.
  ///
  /// A missing ledger is made only for events that it takes: they are tried in a folder of their own
  /// first.
  ///
  /// - Parameter opened: The ledger, where the command has it open already.
  func record(_ drafts: SpooledDrafts, in opened: Ledger? = nil) throws {
    var options = Ledger.AppendOptions(by: by, time: Console.now)
    options.expectedHead = expectHead
    options.isDryRun = true
    if opened == nil, !ledger.exists {
      let trial = try TrialLedger.make()
      let result = try trial.append(drafts, options)
      if dryRun { return try tell(result, in: trial) }
      try refuseConflict(result)
    }
    options.isDryRun = dryRun
    options.waits = !noWait
    let ledger = try opened ?? ledger.open(.create)
    do {
      try tell(ledger.append(drafts, options), in: ledger)
    } catch let error as LMDBError where error.isWriterBusy {
      throw self.ledger.busy
    }
  }

  private func refuseConflict(_ result: EventStore.AppendResult) throws {
    guard case .conflict(let head) = result else { return }
    throw FileFailure(
      path: ledger.resolvedPath,
      message: "it holds \(head) events, not as many as expected",
      remedy: "read what is new, then append with --expect-head \(head)"
    )
  }

  private func tell(_ result: EventStore.AppendResult, in ledger: Ledger) throws {
    try refuseConflict(result)
    var text: String
    switch result {
    case .appended(let first, let head, let skipped):
      let verb = dryRun ? "would append" : "appended"
      let rest = skipped > 0 ? ", \(skipped) recorded before" : ""
      text = "\(verb) \(head - first) events\(rest): head \(first) -> \(head)\n"
      if !dryRun { text += "root \(try ledger.read { try $0.root(at: $0.head) })\n" }
    case .nothingNew(let head, let skipped):
      text = "nothing new: all \(skipped) events were recorded before; head \(head)\n"
    case .conflict: return
    }
    do {
      try Output(path: nil).write(Array(text.utf8))
    } catch let error as FileFailure {
      throw FileFailure(
        path: error.path,
        message: error.message,
        remedy: "this message is lost, not the events: \(text.split(separator: "\n")[0])"
      )
    }
  }
}
