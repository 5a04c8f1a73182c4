import ArgumentParser
import Facts
import Importers

/// The command `assay append`.
struct AppendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "append",
    abstract: "Record events: all of them or none.",
    discussion: """
      Reads event lines (.jsonl) and tables of claims (.csv, .tsv) from files or standard input (-), \
      and event lines from folders. A folder is appended whole: definitions first, then its filings, \
      the oldest first. Events that were recorded before are not recorded again. Another ledger's \
      export is replicated as it is.

      A table has the columns of `assay facts -O csv`, in any order: concept, period, unit, value and \
      filing are needed, and published for a filing that the ledger has not. Values are in full units, \
      written 1,234 or (1,234), and - - for a dash; rows without a value are skipped.

      Whatever is wrong with the input is told with file and line; then nothing was written.
      """
  )

  @Argument(help: ArgumentHelp("Files of event lines or claims, or folders; - is standard input."))
  var paths: [String]

  @OptionGroup var recording: RecordingOptions

  func run() throws {
    let drafts = try read()
    guard !drafts.isEmpty else {
      throw FileFailure(
        path: paths.joined(separator: ", "),
        message: "no events were read",
        remedy: "name files of event lines, or tables with values"
      )
    }
    try recording.record(drafts)
  }

  /// The events of all files; tables last, because they rest on the others' definitions.
  private func read() throws -> [Draft] {
    var drafts: [Draft] = []
    var tables: [(path: String, bytes: [UInt8])] = []
    for path in try paths.flatMap({ try Input.files(at: $0, endings: [".jsonl"]) }) {
      let bytes = try Input.bytes(of: path)
      if ClaimTables.isTable(bytes, path) {
        tables.append((path, bytes))
      } else {
        drafts += try EventLineReader().drafts(from: bytes, file: path)
      }
    }
    guard !tables.isEmpty else { return drafts }
    let ledger = try recording.ledger.exists ? recording.ledger.open() : nil
    for (path, bytes) in tables {
      drafts += try ClaimTables.drafts(from: bytes, path, drafts, ledger)
    }
    return drafts
  }
}
