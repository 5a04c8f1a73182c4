import ArgumentParser
import Facts
import Intake
import Ledger
import Platform

/// Where imported events go: into the ledger, or into a file for review.
struct ImportOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Write the events to this .jsonl file and record nothing.",
      valueName: "file"
    )
  )
  var path: String?

  @OptionGroup var recording: RecordingOptions

  /// Records the events of all documents, or writes them to the file.
  ///
  /// - Parameter read: Reads one document, given what the ledger has recorded and the documents
  ///   before it say, and emits its drafts.
  func take<Document>(
    _ documents: [Document],
    _ read: (
      Document, _ known: KnownDefinitions, _ emit: @escaping (Draft) throws -> Void
    ) throws -> Void
  ) throws {
    let spool = DraftSpool()
    try gather(documents, in: spool, read)
    try take(spool.finish())
  }

  /// Records the events, or writes them to the file.
  func take(_ drafts: SpooledDrafts) throws {
    guard let path else { return try recording.record(drafts) }
    let output = try Output(path: path)
    try drafts.forEachLines(output.write)
    try output.finish()
    Console.note("wrote \(drafts.count) events to \(path)")
  }

  /// The ledger is closed again when this returns.
  private func gather<Document>(
    _ documents: [Document],
    in spool: DraftSpool,
    _ read: (Document, KnownDefinitions, @escaping (Draft) throws -> Void) throws -> Void
  ) throws {
    let ledger = try recording.ledger.openIfThere()
    var known = KnownDefinitions(of: ledger)
    let line = ProgressLine("read", "events")
    defer { line?.clear() }
    for document in documents {
      var definitions = DraftDefinitions()
      try read(document, known) { draft in
        definitions.note(draft)
        try spool.append(draft)
        if let line, spool.count & 255 == 0 { line.show(spool.count, of: nil) }
      }
      known = known.adding(definitions)
    }
  }
}
