import ArgumentParser
import Facts
import Ledger
import Platform
import Reports

/// What all commands that record events understand.
struct RecordingOptions: ParsableArguments {
  @Flag(help: "Check everything and write nothing.")
  var dryRun = false

  @Option(help: ArgumentHelp("Refuse unless the ledger holds so many events.", valueName: "n"))
  var expectHead: UInt64?

  @Option(help: ArgumentHelp("Who records, for the batch event.", valueName: "name"))
  var by = "assay \(Assay.version)"

  @Flag(help: .noWait)
  var noWait = false

  @Flag(help: "Believe a clock that is two years or more ahead of the last batch.")
  var acceptClock = false

  @OptionGroup var ledger: LedgerOptions

  /// Records events and prints what became of them.
  ///
  /// A ledger that is missing is made with its first events in one step, and not at all for events
  /// that it refuses.
  ///
  /// - Parameters:
  ///   - opened: The ledger, where the command has it open already.
  ///   - expectedRoot: The root that the ledger must have then, in hexadecimal; `nil` for any.
  func record(
    _ drafts: SpooledDrafts,
    in opened: Ledger? = nil,
    expectedRoot: String? = nil
  ) throws {
    try warn(drafts, opened)
    if !dryRun {
      FatalSignals.explainInterruption(
        """

        assay: interrupted; the events are recorded all or not at all: see the last ones with assay log

        """
      )
    }
    if opened == nil, !ledger.exists, try recordFirst(drafts, expectedRoot) { return }
    let ledger = try opened ?? ledger.open(.create)
    let (result, root) = try append(drafts, to: ledger, expectedRoot)
    try print(result, root)
  }

  /// Tells of concepts that the definitions name and nothing defines.
  private func warn(_ drafts: SpooledDrafts, _ opened: Ledger?) throws {
    let opened = try opened ?? ledger.openIfThere()
    let unknown = try Ledger.unknownConcepts(in: drafts, for: opened)
    for concept in unknown.prefix(Self.warningCountMax) { Console.note("warning: \(concept)") }
    let rest = unknown.count - Self.warningCountMax
    if rest > 0 {
      Console.note("warning: and \(rest) more; list them with: assay lint --definitions")
    }
  }

  /// How many warnings are shown: more are a list, and a command prints it.
  private static let warningCountMax = 20

  /// Makes the ledger with its first events; `false` if another process was faster.
  private func recordFirst(_ drafts: SpooledDrafts, _ expectedRoot: String?) throws -> Bool {
    let made = try Ledger.create(at: ledger.resolvedPath) { new in
      (try append(drafts, to: new, expectedRoot), isKept: !dryRun)
    }
    guard let (result, root) = made else { return false }
    try print(result, root)
    return true
  }

  /// Appends events; returns the root of the ledger, too, if it has grown.
  private func append(
    _ drafts: SpooledDrafts,
    to ledger: Ledger,
    _ expectedRoot: String?
  ) throws -> (result: Ledger.AppendResult, root: String?) {
    var options = Ledger.AppendOptions(by: by, time: Console.now)
    options.expectedHead = expectHead
    options.expectedRoot = expectedRoot
    options.isDryRun = dryRun
    options.waits = !noWait
    options.acceptsClock = acceptClock
    let line = ProgressLine("append", "events")
    if let line { options.progress = { done, count in line.show(done, of: count) } }
    defer { line?.clear() }
    let result = try ledger.append(drafts, options)
    try refuseConflict(result)
    return (result, try dryRun ? nil : ledger.read { try $0.root })
  }

  private func refuseConflict(_ result: Ledger.AppendResult) throws {
    guard case .conflict(let head) = result else { return }
    throw FileFailure(
      path: ledger.resolvedPath,
      message: "it holds \(head) events, not as many as expected",
      remedy: "read what is new, then append with --expect-head \(head)"
    )
  }

  private func print(_ result: Ledger.AppendResult, _ root: String?) throws {
    let text = AppendReport(result, root: root, isDryRun: dryRun).text
    do {
      try Console.print(text)
    } catch let error as FileFailure {
      throw FileFailure(
        path: error.path,
        message: error.message,
        remedy: "this message is lost, not the events: \(text.split(separator: "\n")[0])"
      )
    }
  }
}
