import Facts
import JSON

/// Reads xBRL-JSON reports (Open Information Model, xBRL-JSON 1.0): one JSON text a report.
///
/// Facts with a unit or with decimals are figures and become claims, exact; all others are texts,
/// counted and left out. So a figure that is a pure number without decimals passes for a text: the
/// format tells it from one by a taxonomy alone, which is not read. Neither are calculations.
public struct XBRLJSONImporter {
  /// An importer of xBRL-JSON reports.
  public init() {}

  /// Reads one report.
  ///
  /// - Parameters:
  ///   - file: The file's name, for the drafts and for messages.
  ///   - particulars: What the report does not tell: the filing's identifier, else taken from the
  ///     name of the file's folder, if that is an accession number; the time it became public.
  ///   - known: What the ledger has recorded already.
  /// - Throws: ``ImportError`` if the file is damaged, is no xBRL-JSON, or holds what cannot be
  ///   read; whatever `known` throws.
  /// - Complexity: O(*n*).
  public func report(
    from bytes: [UInt8],
    file: String,
    _ particulars: FilingParticulars = FilingParticulars(),
    known: KnownDefinitions = .none
  ) throws -> ImportedReport {
    let document: JSONDocument
    do {
      document = try JSONParser().parse(bytes)
    } catch {
      throw ImportError(
        file: file,
        byteOffset: error.byteOffset,
        message: error.message,
        remedy: "the file is damaged or cut off: download it again"
      )
    }
    var reader = XBRLJSONReader(bytes: bytes, file: file)
    try reader.read(document.root)
    var digest = DocumentDigest()
    digest.update(bytes[...])
    let names = file.split(separator: "/")
    let report = XBRLReport(
      file: file,
      figures: reader.figures,
      textCount: reader.textCount,
      documentFacts: reader.documentFacts,
      // Standard input has no name.
      document: file == "-" ? nil : digest.document(name: names.last.map(String.init) ?? file)
    )
    let folder = names.dropLast().last.map(String.init) ?? ""
    let accession = FilingParticulars.accession(inFolderName: folder)
    return try report.imported(
      particulars.completed(from: FilingParticulars(filing: accession)),
      known: known
    )
  }
}
