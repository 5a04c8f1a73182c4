public import Facts
public import Intake
import Ledger

/// What an importer made of a document, in the order in which it is recorded.
public struct Imported<Summary> {
  /// The events: definitions, then each filing with its claims.
  public let drafts: [Draft]

  /// What was read, and what was left out.
  public let summary: Summary
}

/// What an importer of reports made of one.
public typealias ImportedReport = Imported<ImportSummary>

extension Importer {
  /// Reads a document into memory.
  public func imported(
    _ document: Document,
    known: KnownDefinitions = .none
  ) throws -> Imported<Summary> {
    let spool = DraftSpool()
    let summary = try read(document, known: known) { try spool.append($0) }
    return Imported(drafts: try spool.finish().all(), summary: summary)
  }
}

extension CompanyFactsImporter {
  /// Reads a file into memory.
  public func drafts(
    from bytes: [UInt8],
    file: String,
    known: KnownDefinitions = .none
  ) throws -> [Draft] {
    try imported(SourceFile(path: file, bytes: bytes), known: known).drafts
  }
}

extension FSDSImporter {
  /// Reads a set into memory.
  public func drafts(
    from folder: SourceFolder,
    known: KnownDefinitions = .none
  ) throws -> (drafts: [Draft], summary: FSDSSummary) {
    let imported = try imported(folder, known: known)
    return (imported.drafts, imported.summary)
  }
}

extension XBRLImporter {
  /// Reads a filing into memory.
  public func report(
    from folder: SourceFolder,
    _ particulars: FilingParticulars = FilingParticulars(),
    known: KnownDefinitions = .none
  ) throws -> ImportedReport {
    try XBRLImporter(particulars).imported(folder, known: known)
  }
}

extension XBRLJSONImporter {
  /// Reads a report into memory.
  public func report(
    from bytes: [UInt8],
    file: String,
    _ particulars: FilingParticulars = FilingParticulars(),
    known: KnownDefinitions = .none
  ) throws -> ImportedReport {
    try XBRLJSONImporter(particulars).imported(SourceFile(path: file, bytes: bytes), known: known)
  }
}

extension EventFileImporter {
  /// Reads a file into memory, in the order of the file.
  public func drafts(from bytes: [UInt8], file: String) throws -> [Draft] {
    var drafts: [Draft] = []
    try read(SourceFile(path: file, bytes: bytes)) { drafts.append($0) }
    return drafts
  }
}

extension EventLineReader {
  /// Reads lines into memory.
  public static func drafts(from bytes: [UInt8], file: String?) throws -> [Draft] {
    var reader = EventLineReader(file: file)
    var drafts: [Draft] = []
    try reader.read(bytes[...]) { drafts.append($0) }
    try reader.finish { drafts.append($0) }
    return drafts
  }
}
