import ArgumentParser
import Facts
import Importers
import Ledger

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
  /// - Parameter drafts: Reads one document, given what the ledger has recorded and the documents
  ///   before it say.
  func take<Document>(
    _ documents: [Document],
    _ drafts: (Document, _ known: KnownDefinitions) throws -> [Draft]
  ) throws {
    let all = try read(documents, drafts)
    guard let path else { return try recording.record(all) }
    try EventLines.write(all, to: path)
  }

  /// The ledger is closed again when this returns.
  private func read<Document>(
    _ documents: [Document],
    _ drafts: (Document, KnownDefinitions) throws -> [Draft]
  ) throws -> [Draft] {
    let ledger = try recording.ledger.exists ? recording.ledger.open() : nil
    var known = KnownDefinitions(
      concept: { try Ledger.concept($0, in: ledger) },
      entity: { try Ledger.entity($0, in: ledger) },
      filing: { try Ledger.filing($0, in: ledger) }
    )
    var all: [Draft] = []
    for document in documents {
      let new = try drafts(document, known)
      known = known.adding(new)
      all += new
    }
    return all
  }
}
