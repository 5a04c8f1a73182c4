import Archive
public import Facts
import Platform

/// Reads a document of any kind that tells by itself what it is.
///
/// A file is looked at, whatever its name: an EDGAR full submission, a page of Inline XBRL, an XBRL
/// instance, an archive of either or a report package, an xBRL-JSON report, a companyfacts or companyconcept
/// file. A folder is a filing in XBRL, a report package, or a Financial Statement Data Set.
public struct DocumentImporter: Importer {
  private let particulars: FilingParticulars
  private let profile: ReleaseProfile?
  private let isPartial: Bool

  /// An importer of documents.
  ///
  /// - Parameters:
  ///   - particulars: What the document does not tell of its filing.
  ///   - profile: What the releases of the company print, for those in submissions.
  ///   - isPartial: Whether a report is read of whose taxonomy files are missing.
  public init(
    _ particulars: FilingParticulars = FilingParticulars(),
    profile: ReleaseProfile? = nil,
    isPartial: Bool = false
  ) {
    (self.particulars, self.profile, self.isPartial) = (particulars, profile, isPartial)
  }

  /// Reads one document.
  ///
  /// - Parameters:
  ///   - document: The document, with what is known of its filing.
  ///   - known: What the ledger has recorded already.
  ///   - emit: Called with the events.
  /// - Returns: What it was taken for, and what was read.
  /// - Throws: ``ImportError`` if it is of no kind that is read here, with what to do about it; as the
  ///   importer of its kind; whatever the functions throw.
  public func read(
    _ document: SourceDocument,
    known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> DocumentSummary {
    switch document.content {
    case .folder(let folder): return try read(folder, known, emit)
    case .file(let bytes, let folder):
      return try read(document, bytes, beside: folder, known, emit)
    }
  }

  private func read(
    _ document: SourceDocument,
    _ bytes: RandomAccessBytes,
    beside folder: SourceFolder?,
    _ known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> DocumentSummary {
    let path = document.path
    let alone = SourceFolder(file: path, bytes)
    switch try DocumentKind(bytes, in: alone) {
    case .submission:
      let importer = SubmissionImporter(particulars, profile: profile, isPartial: isPartial)
      return DocumentSummary(
        path,
        "an EDGAR submission",
        "\(try importer.read(document, known: known, emit))"
      )
    case .page:
      // A page is whole by itself; the files that it names explain it.
      let folder = folder ?? alone
      return try report(path, "a page of Inline XBRL", in: folder, alone.names, true, known, emit)
    case .instance:
      let folder = folder ?? alone
      return try report(path, "an XBRL instance", in: folder, alone.names, false, known, emit)
    case .archive:
      return try read(try SourceFolder(archive: path, bytes), known, emit)
    case .xbrlJSON:
      let importer = XBRLJSONImporter(particulars)
      let summary = try importer.read(SourceFile(path: path, bytes), known: known, emit)
      return DocumentSummary(path, "an xBRL-JSON report", "\(summary)")
    case .companyFacts:
      try CompanyFactsImporter().read(SourceFile(path: path, bytes), known: known, emit)
      return DocumentSummary(path, "a companyfacts or companyconcept file", "")
    case .other(let name, let advice):
      throw ImportError(file: path, place: .file, message: "it is \(name)", remedy: advice)
    }
  }

  private func report(
    _ path: String,
    _ kind: String,
    in folder: SourceFolder,
    _ names: [String]?,
    _ isPartial: Bool,
    _ known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> DocumentSummary {
    let importer = XBRLImporter(
      particulars,
      documentNames: names,
      isPartial: isPartial || self.isPartial
    )
    let summary = try importer.read(folder, known: known, emit)
    return DocumentSummary(path, kind, "\(summary)")
  }

  /// Reads a folder, or an archive as one.
  func read(
    _ folder: SourceFolder,
    _ known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> DocumentSummary {
    let package = ReportPackage(folder)
    if let package {
      let name = try package.report()
      guard !name.hasSuffix(".json") else {
        let file = SourceFile(path: folder.path(of: name), bytes: try folder.bytes(of: name))
        let summary = try XBRLJSONImporter(particulars).read(file, known: known, emit)
        return DocumentSummary(folder.path, "a report package", "\(summary)")
      }
      let names = package.documents(of: name)
      return try report(folder.path, "a report package", in: folder, names, true, known, emit)
    }
    let stems = Set(folder.names.map { $0.split(separator: ".").first.map(String.init) ?? "" })
    if stems.isSuperset(of: ["sub", "num"]) {
      let summary = try FSDSImporter().read(folder, known: known, emit)
      return DocumentSummary(folder.path, "a Financial Statement Data Set", "\(summary)")
    }
    return try report(folder.path, "a filing in XBRL", in: folder, nil, false, known, emit)
  }
}

/// What a document was taken for, and what was read of it.
public struct DocumentSummary: Sendable, CustomStringConvertible {
  /// A line for each part.
  public let description: String

  init(_ path: String, _ kind: String, _ summary: String) {
    description = "\(path): read as \(kind)" + (summary.isEmpty ? "" : "\n\(summary)")
  }
}

extension SourceFolder {
  /// A folder that holds one file.
  init(file path: String, _ bytes: RandomAccessBytes) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let name = path == "-" ? Filing.Document.standardInputName : String(parts.last ?? "")
    let outer = parts.dropLast().joined(separator: "/")
    self.init(path: parts.count == 1 ? "." : outer, names: [name]) { _, body in
      try bytes.forEachPiece(body)
    }
  }
}
