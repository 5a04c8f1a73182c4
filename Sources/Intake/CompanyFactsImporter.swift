public import Facts
import JSON
public import Platform

/// Reads the SEC's companyfacts files: everything one company reported in XBRL, as one JSON text
/// (<https://www.sec.gov/search-filings/edgar-application-programming-interfaces>).
///
/// Every fact of every taxonomy becomes a claim, exact and without a printed place. The format is
/// another's: fields that it may grow are ignored, and so is `frame`, which follows from the rest.
public struct CompanyFactsImporter: Importer {
  private let memoryLimit: Int

  /// An importer of companyfacts files.
  ///
  /// - Parameter memoryLimit: How many bytes of facts that precede their `cik` are held in memory.
  public init(memoryLimit: Int = DiskBuffer.memoryLimit) { self.memoryLimit = memoryLimit }

  /// Reads one file, piece by piece.
  ///
  /// - Parameters:
  ///   - document: The file.
  ///   - known: What the ledger has defined already, which is not defined again.
  ///   - emit: Called with each claim, in the order of the file, then with the definitions that are
  ///     new and the filings.
  /// - Throws: ``ImportError`` if the file is damaged, lacks what a fact needs, or holds a value
  ///   that is no decimal of at most 18 digits; whatever the functions throw.
  /// - Complexity: O(*n*) time; memory for filings, concepts, and the facts of one concept.
  public func read(
    _ document: SourceFile,
    known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws {
    var reader = CompanyFactsReader(
      file: document.path,
      known: known,
      memoryLimit: memoryLimit,
      emit: emit
    )
    do {
      try reader.read(JSONStream(document.nextPiece))
    } catch let error as JSONError {
      throw ImportError(damaged: document.path, error)
    }
    try reader.finish()
  }
}
