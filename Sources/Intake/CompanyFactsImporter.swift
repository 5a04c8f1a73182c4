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

  /// Reads one file, piece by piece.
  ///
  /// - Parameters:
  ///   - nextPiece: Gives the next bytes of the file; `nil` at its end.
  ///   - file: The file's name, for the drafts and for messages.
  ///   - known: What the ledger has defined already, which is not defined again.
  ///   - room: For facts that stand before the `cik` of whom they are.
  ///   - progress: Called now and then, and at the end, with how many facts are read.
  ///   - emit: Called with each claim, in the order of the file, then with the definitions that are
  ///     new and the filings.
  /// - Throws: ``ImportError`` if the file is damaged, lacks what a fact needs, or holds a value
  ///   that is no decimal of at most 18 digits; whatever the functions throw.
  /// - Complexity: O(*n*) time; memory for filings, concepts, and the facts of one concept.
  public func read(
    _ nextPiece: @escaping () throws -> [UInt8]?,
    file: String,
    known: KnownDefinitions = .none,
    room: SpoolRoom = .memory,
    progress: ((_ factCount: Int) -> Void)? = nil,
    _ emit: @escaping (Draft) throws -> Void
  ) throws {
    var reader = CompanyFactsReader(
      file: file,
      known: known,
      room: room,
      progress: progress,
      emit: emit
    )
    do {
      try reader.read(JSONStream(nextPiece))
    } catch let error as JSONError {
      throw ImportError(
        file: file,
        byteOffset: error.byteOffset,
        message: error.message,
        remedy: "the file is damaged or cut off: download it again"
      )
    }
    try reader.finish()
  }

  /// Reads one file into memory.
  ///
  /// - Returns: The definitions that are new, then each filing, by published time and identifier,
  ///   followed by its claims in the order of the file.
  /// - Throws: As ``read(_:file:known:room:progress:_:)``.
  public func drafts(
    from bytes: [UInt8],
    file: String,
    known: KnownDefinitions = .none,
    progress: ((_ factCount: Int) -> Void)? = nil
  ) throws -> [Draft] {
    let spool = DraftSpool()
    var rest: [UInt8]? = bytes
    let nextPiece = {
      defer { rest = nil }
      return rest
    }
    try read(nextPiece, file: file, known: known, progress: progress) { try spool.append($0) }
    return try spool.finish().all()
  }
}
