public import Facts
import JSON
public import Platform
import XML

/// Reads a filing's XBRL report with its own schema and linkbases, from one folder: the pages of an Inline
/// XBRL 1.1 document set, or an XBRL 2.1 instance.
///
/// Every fact with a unit becomes a claim, exact, with its decimals, its dimensions, its line and its
/// column, in the page that people read; texts are counted and left out. Every sum of the calculation
/// linkbase becomes a check over the filing's own claims; every statement and table of the presentation
/// linkbase that has figures becomes a layout. Nothing outside the folder is read.
public struct XBRLImporter: Importer {
  private let particulars: FilingParticulars
  private let documentNames: [String]?
  private let isPartial: Bool
  private let allowsTextsOnly: Bool
  private let memoryLimit: Int

  /// An importer of XBRL reports.
  ///
  /// - Parameters:
  ///   - particulars: The filing's identifier, the time it became public and its form, as far as the folder
  ///     lacks them or has wrong ones. A folder has the identifier in its name, if that is an accession
  ///     number, and all three in a file `metadata.json` with `accession_no`, `filing_date` and `form`.
  ///   - documentNames: The files of the folder that hold the facts; `nil` to look for them.
  ///   - isPartial: Whether a report is read of whose taxonomy files are missing.
  ///   - memoryLimit: How many bytes of figures, and of what finds duplicates, are held in memory.
  public init(
    _ particulars: FilingParticulars = FilingParticulars(),
    documentNames: [String]? = nil,
    isPartial: Bool = false,
    memoryLimit: Int = DiskBuffer.memoryLimit
  ) {
    self.init(
      particulars,
      documentNames: documentNames,
      isPartial: isPartial,
      allowsTextsOnly: false,
      memoryLimit: memoryLimit
    )
  }

  /// As the other, for a report that is a part of something.
  ///
  /// - Parameter allowsTextsOnly: Whether a report without figures is read for what it tells of itself.
  init(
    _ particulars: FilingParticulars,
    documentNames: [String]? = nil,
    isPartial: Bool,
    allowsTextsOnly: Bool,
    memoryLimit: Int = DiskBuffer.memoryLimit
  ) {
    (self.particulars, self.memoryLimit) = (particulars, memoryLimit)
    self.allowsTextsOnly = allowsTextsOnly
    (self.documentNames, self.isPartial) = (documentNames, isPartial)
  }

  /// Reads the filing in `folder`.
  ///
  /// - Parameters:
  ///   - folder: The folder or archive of the filing.
  ///   - known: What the ledger has recorded already.
  ///   - emit: Called with the claims, the definitions that are new, the filing, its layouts and
  ///     its checks.
  /// - Throws: ``ImportError`` if the folder holds no report or several instances, a file that they name is
  ///   missing, or one is damaged or holds what cannot be read; whatever `known` and `emit` throw.
  /// - Complexity: O(*n*) time; memory for `memoryLimit` bytes, for a bit a figure, for contexts, units and
  ///   what the figures name, and for the largest text.
  public func read(
    _ folder: SourceFolder,
    known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> ImportSummary {
    let documents = try ReportDocuments(in: folder, named: documentNames)
    let accession = FilingParticulars.accession(inFolderName: folder.path)
    let particulars = try particulars.completed(from: metadata(in: folder))
      .completed(from: FilingParticulars(filing: accession))
    let facts = InstanceFacts(
      namesDocuments: documents.names.count > 1 || !particulars.documents.isEmpty,
      memoryLimit: memoryLimit
    )
    try read(documents, of: folder, into: facts, filing: particulars.filing)
    let taxonomy = XBRLTaxonomy(
      folder: folder,
      addresses: try PackageAddresses(of: folder),
      isPartial: isPartial,
      prefix: facts.prefix
    )
    try taxonomy.read(facts.references)
    var report = XBRLReport(
      file: documents.names.count == 1 ? folder.path(of: documents.names[0]) : folder.path,
      figures: facts.figures,
      textCount: facts.textCount,
      documentFacts: facts.documentFacts,
      documents: try documents.names.map { try document($0, in: folder) },
      declarations: taxonomy.declarations,
      labels: taxonomy.labels,
      calculations: taxonomy.calculations,
      tables: PresentedTables(taxonomy).tables
    )
    report.otherReportCounts = facts.otherReportCounts
    report.missingNames = taxonomy.missingNames
    report.firstEntity = facts.firstEntity
    report.names = try facts.report(of: report.file)
    report.fileThatLacks = taxonomy.fileThatLacks
    report.tupleCount = facts.tupleCount
    report.allowsTextsOnly = allowsTextsOnly || facts.textCount > 0
    return try report.emit(particulars, known: known, memoryLimit: memoryLimit, emit)
  }

  private func read(
    _ documents: ReportDocuments,
    of folder: SourceFolder,
    into facts: InstanceFacts,
    filing: String?
  ) throws {
    let texts = InlineTexts()
    for name in documents.names {
      let file = XBRLFile(path: folder.path(of: name), nameInFolder: name)
      if documents.areInline {
        try folder.readPage(name, InlineReader(file, into: facts, texts))
      } else {
        let reader = XBRLInstanceReader(file, into: facts, filing: filing)
        try folder.readXML(
          name,
          root: { facts.noteRoot($0.namespaces) },
          child: { node, _ in try reader.take(node) }
        )
      }
    }
    texts.finish(into: facts)
  }

  private func document(_ name: String, in folder: SourceFolder) throws -> Filing.Document {
    var digest = DocumentDigest()
    try folder.read(name) { digest.update($0) }
    return digest.document(name: name.split(separator: "/").last.map(String.init) ?? name)
  }

  /// The particulars in a file `metadata.json`, which download tools write; none without one.
  private func metadata(in folder: SourceFolder) throws -> FilingParticulars {
    let name = "metadata.json"
    guard folder.names.contains(name) else { return FilingParticulars() }
    let file = folder.path(of: name)
    let document: JSONDocument
    do {
      document = try JSONParser().parse(folder.bytes(of: name))
    } catch let error as JSONError {
      var failure = ImportError(
        file: file,
        byteOffset: error.byteOffset,
        message: error.message,
        remedy: "mend the file or take it away, and give the filing and its published time"
      )
      failure.lacking = [.filing, .published]
      throw failure
    }
    let fields = ForeignFields(file: file)
    return FilingParticulars(
      filing: try fields.optionalText("accession_no", of: document.root),
      published: try document.root["filing_date"].map { _ in
        .day(try fields.day("filing_date", of: document.root))
      },
      form: try fields.optionalText("form", of: document.root)
    )
  }
}
