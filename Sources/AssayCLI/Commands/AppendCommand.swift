import ArgumentParser
import Facts
import Intake
import Ledger
import Platform

/// The command `assay append`.
struct AppendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "append")

  @Argument(help: ArgumentHelp("Files of events or claims, or folders; - is standard input."))
  var paths: [String]

  @OptionGroup var recording: RecordingOptions

  func run() throws {
    let drafts = try read()
    guard drafts.count > 0 else {
      throw FileFailure(
        path: paths.joined(separator: ", "),
        message: "no events were read",
        remedy: "name files of events, or tables with values"
      )
    }
    try recording.record(drafts)
  }

  /// The events of all files; tables last, because they rest on the others' definitions.
  private func read() throws -> SpooledDrafts {
    let spool = DraftSpool()
    var definitions = DraftDefinitions()
    var tables: [AppendedFile] = []
    for path in try paths.flatMap({ try EventFiles.paths(at: $0) }) {
      let file = try AppendedFile(path)
      if file.isTable {
        tables.append(file)
        continue
      }
      try EventFileImporter().read(file.document) { draft in
        definitions.note(draft)
        try spool.append(draft)
      }
    }
    guard !tables.isEmpty else { return spool.finish() }
    let ledger = try recording.ledger.exists ? recording.ledger.open() : nil
    for file in tables {
      try ClaimTables.read(file, definitions, ledger) { draft in
        definitions.note(draft)
        try spool.append(draft)
      }
    }
    return spool.finish()
  }
}

/// A file of events or claims, piece by piece.
struct AppendedFile {
  let path: String

  /// Whether it is a table: by its ending; of standard input, if it begins with neither a brace nor a
  /// bracket.
  let isTable: Bool

  private let first: [UInt8]
  private let nextPiece: () throws -> [UInt8]?

  init(_ path: String) throws {
    self.path = path
    nextPiece = try Input.pieces(of: path)
    guard path == "-" else {
      (isTable, first) = (path.hasSuffix(".csv") || path.hasSuffix(".tsv"), [])
      return
    }
    let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
    var bytes: [UInt8] = []
    var start: UInt8?
    while start == nil, let piece = try nextPiece() {
      bytes += piece
      start = piece.first { !blanks.contains($0) }
    }
    let openers = [UInt8(ascii: "{"), UInt8(ascii: "[")]
    (isTable, first) = (start.map { !openers.contains($0) } ?? false, bytes)
  }

  /// The file, for an importer: to be read once.
  var document: SourceFile {
    var start: [UInt8]? = first.isEmpty ? nil : first
    return SourceFile(path: path) { [nextPiece] in
      if let piece = start {
        start = nil
        return piece
      }
      return try nextPiece()
    }
  }
}
