import ArgumentParser
import EventStore
import Facts
import Importers
import LMDB
import Ledger

/// The command `assay append`.
struct AppendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "append",
    abstract: "Record events: all of them or none.",
    discussion: """
      Reads event lines (.jsonl) from files, folders or standard input (-). A folder is appended \
      whole: definitions first, then its filings, the oldest first. Events that were recorded before \
      are not recorded again. Another ledger's export is replicated as it is.

      Whatever is wrong with the input is told with file and line; then nothing was written.
      """
  )

  @Argument(help: ArgumentHelp("Files or folders of event lines; - is standard input."))
  var paths: [String]

  @Flag(help: "Check everything and write nothing.")
  var dryRun = false

  @Option(help: ArgumentHelp("Refuse unless the ledger holds so many events.", valueName: "n"))
  var expectHead: UInt64?

  @Option(help: ArgumentHelp("Who appends, for the batch event.", valueName: "name"))
  var by = "assay \(Assay.version)"

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    var drafts: [Draft] = []
    for path in try paths.flatMap({ try Input.files(at: $0, endings: [".jsonl"]) }) {
      drafts += try EventLineReader().drafts(from: Input.bytes(of: path), file: path)
    }
    guard !drafts.isEmpty else {
      throw FileFailure(
        path: paths.joined(separator: ", "),
        message: "no events were read",
        remedy: "name files of event lines"
      )
    }
    var options = Ledger.AppendOptions(by: by, time: Console.now)
    options.expectedHead = expectHead
    options.isDryRun = dryRun
    let ledger = try ledger.openToAppend(isDryRun: dryRun)
    try Self.tell(ledger.append(drafts, options), isDryRun: dryRun, ledger)
  }

  /// Says what became of an append.
  static func tell(
    _ result: EventStore.AppendResult,
    isDryRun: Bool,
    _ ledger: Ledger
  ) throws {
    switch result {
    case .appended(let first, let head, let skipped):
      let verb = isDryRun ? "would append" : "appended"
      let rest = skipped > 0 ? ", \(skipped) recorded before" : ""
      print("\(verb) \(head - first) events\(rest): head \(first) -> \(head)")
      guard !isDryRun else { return }
      print("root \(try ledger.read { try $0.root(at: $0.head) })")
    case .nothingNew(let head, let skipped):
      print("nothing new: all \(skipped) events were recorded before; head \(head)")
    case .conflict(let head):
      throw FileFailure(
        path: "the ledger",
        message: "it holds \(head) events, not as many as expected",
        remedy: "read what is new, then append with --expect-head \(head)"
      )
    }
  }
}
