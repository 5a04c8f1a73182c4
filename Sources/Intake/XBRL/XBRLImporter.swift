public import Facts
import JSON
public import Platform
import XML

/// Reads a filing's XBRL 2.1 instance with its own schema and linkbases, from one folder.
///
/// Every fact with a unit becomes a claim, exact, with its decimals, its dimensions and its line;
/// texts are counted and left out. Every sum of the calculation linkbase becomes a check over the
/// filing's own claims; every statement and table of the presentation linkbase that has figures becomes
/// a layout. Nothing outside the folder is read.
public struct XBRLImporter: Importer {
  private let particulars: FilingParticulars
  private let memoryLimit: Int

  /// An importer of XBRL instances.
  ///
  /// - Parameters:
  ///   - particulars: The filing's identifier, the time it became public and its form, as far as the folder
  ///     lacks them or has wrong ones. A folder has the identifier in its name, if that is an accession
  ///     number, and all three in a file `metadata.json` with `accession_no`, `filing_date` and `form`.
  ///   - memoryLimit: How many bytes of figures, and of what finds duplicates, are held in memory.
  public init(
    _ particulars: FilingParticulars = FilingParticulars(),
    memoryLimit: Int = DiskBuffer.memoryLimit
  ) {
    (self.particulars, self.memoryLimit) = (particulars, memoryLimit)
  }

  /// Reads the filing in `folder`.
  ///
  /// - Parameters:
  ///   - known: What the ledger has recorded already.
  ///   - emit: Called with the claims, the definitions that are new, the filing, its layouts and
  ///     its checks.
  /// - Throws: ``ImportError`` if the folder holds no instance or several, a file that they name is
  ///   missing, or one is damaged or holds what cannot be read; whatever `known` and `emit` throw.
  /// - Complexity: O(*n*) time; memory for `memoryLimit` bytes, for a bit a figure, for contexts, units and
  ///   what the figures name, and for the largest text.
  public func read(
    _ folder: SourceFolder,
    known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> ImportSummary {
    let name = try instanceName(in: folder)
    let path = folder.path(of: name)
    let instance = XBRLInstanceReader(path: path, memoryLimit: memoryLimit)
    var root: XMLNode?
    try folder.readXML(
      name,
      root: { root = $0 },
      child: { node, _ in try instance.take(node) }
    )
    let taxonomy = XBRLTaxonomy(folder: folder) { namespace in
      XBRLNames.standardPrefix(of: namespace)
        ?? root?.namespaces.prefix(of: namespace)
    }
    try taxonomy.read(
      instance.references.map {
        XBRLTaxonomy.Reference(href: $0.href, role: $0.role, file: path, line: $0.line)
      }
    )
    let report = XBRLReport(
      file: path,
      figures: instance.figures,
      textCount: instance.textCount,
      documentFacts: instance.documentFacts,
      document: try document(name, in: folder),
      declarations: taxonomy.declarations,
      labels: taxonomy.labels,
      calculations: taxonomy.calculations,
      tables: PresentedTables(taxonomy).tables
    )
    let accession = FilingParticulars.accession(inFolderName: folder.path)
    return try report.emit(
      particulars.completed(from: try metadata(in: folder))
        .completed(from: FilingParticulars(filing: accession)),
      known: known,
      memoryLimit: memoryLimit,
      emit
    )
  }

  /// The one file whose root is `<xbrl>`.
  private func instanceName(in folder: SourceFolder) throws -> String {
    var found: [String] = []
    for name in folder.names where name.hasSuffix(".xml") || name.hasSuffix(".xbrl") {
      var isInstance = false
      do {
        try folder.readXML(
          name,
          root: { root in
            isInstance = root.name == XMLName("xbrl", in: XBRLNames.instance)
            throw Enough()
          },
          child: { _, _ in }
        )
      } catch is Enough {}
      if isInstance { found.append(name) }
    }
    guard let name = found.first, found.count == 1 else {
      throw ImportError(
        file: folder.path,
        place: .file,
        message: found.isEmpty
          ? "the folder holds no XBRL instance" : "instances: \(found.joined(separator: ", "))",
        remedy: "give a folder with the files of one filing; of an Inline XBRL document, take the "
          + "instance extracted from it (…_htm.xml)"
      )
    }
    return name
  }

  /// The root was seen: nothing more is needed.
  private struct Enough: Error {}

  private func document(_ name: String, in folder: SourceFolder) throws -> Filing.Document {
    var digest = DocumentDigest()
    try folder.read(name) { digest.update($0) }
    return digest.document(name: name)
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
