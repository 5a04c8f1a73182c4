import ArgumentParser
import Facts
import Importers

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

  @OptionGroup var recording: RecordingOptions

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
    try recording.record(drafts)
  }
}
