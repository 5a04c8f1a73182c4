public import Facts
import JSON

/// Reads the SEC's companyfacts files: everything one company reported in XBRL, as one JSON text
/// (<https://www.sec.gov/search-filings/edgar-application-programming-interfaces>).
///
/// Every fact of every taxonomy becomes a claim, exact and without a printed place. The format is
/// another's: fields that it may grow are ignored, and so is `frame`, which follows from the rest.
public struct CompanyFactsImporter {
  /// An importer of companyfacts files.
  public init() {}

  /// Reads one file.
  ///
  /// - Parameters:
  ///   - file: The file's name, for the drafts and for messages.
  ///   - known: What the ledger has defined already, which is not defined again.
  ///   - progress: Called now and then, and at the end, with how many facts are read.
  /// - Returns: The definitions that are new, then each filing, by published time and identifier,
  ///   followed by its claims in the order of the file.
  /// - Throws: ``ImportError`` if the file is damaged, lacks what a fact needs, or holds a value
  ///   that is no decimal of at most 18 digits; whatever `known` throws.
  /// - Complexity: O(*n*).
  public func drafts(
    from bytes: [UInt8],
    file: String,
    known: KnownDefinitions = .none,
    progress: ((_ factCount: Int) -> Void)? = nil
  ) throws -> [Draft] {
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
    var reader = CompanyFactsReader(file: file, known: known, progress: progress)
    try reader.read(document.root)
    return try reader.drafts()
  }
}
