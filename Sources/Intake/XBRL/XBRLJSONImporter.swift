public import Facts
import JSON

/// Reads xBRL-JSON reports (Open Information Model, xBRL-JSON 1.0): one JSON text a report.
///
/// Facts with a unit or with decimals are figures and become claims, exact; all others are texts,
/// counted and left out. So a figure that is a pure number without decimals passes for a text: the
/// format tells it from one by a taxonomy alone, which is not read. Neither are calculations.
public struct XBRLJSONImporter {
  /// An importer of xBRL-JSON reports.
  public init() {}

  /// Reads one report, piece by piece.
  ///
  /// - Parameters:
  ///   - nextPiece: Gives the next bytes of the report; `nil` at its end.
  ///   - file: The file's name, for the drafts and for messages.
  ///   - particulars: What the report does not tell: the filing's identifier, else taken from the
  ///     name of the file's folder, if that is an accession number; the time it became public.
  ///   - known: What the ledger has recorded already.
  ///   - room: For the figures, of which duplicates are looked for.
  ///   - emit: Called with the claims, the definitions that are new and the filing.
  /// - Throws: ``ImportError`` if the file is damaged, is no xBRL-JSON, or holds what cannot be
  ///   read; whatever the functions throw.
  /// - Complexity: O(*n*) time; memory as `room` tells, for a bit a figure, and for what the figures
  ///   name: their concepts, dimensions, units.
  public func read(
    _ nextPiece: @escaping () throws -> [UInt8]?,
    file: String,
    _ particulars: FilingParticulars = FilingParticulars(),
    known: KnownDefinitions = .none,
    room: SpoolRoom = .memory,
    _ emit: (Draft) throws -> Void
  ) throws -> ImportSummary {
    let reader = XBRLJSONReader(file: file, room: room)
    do {
      let stream = JSONStream {
        let piece = try nextPiece()
        if let piece { reader.note(piece) }
        return piece
      }
      try reader.read(stream)
    } catch let error as JSONError {
      throw ImportError(
        file: file,
        byteOffset: error.byteOffset,
        message: error.message,
        remedy: "the file is damaged or cut off: download it again"
      )
    }
    let names = file.split(separator: "/")
    let name = names.last.map(String.init) ?? file
    let report = XBRLReport(
      file: file,
      figures: reader.figures,
      textCount: reader.textCount,
      documentFacts: reader.documentFacts,
      // Standard input has no name.
      document: file == "-" ? nil : reader.document(name: name)
    )
    let folder = names.dropLast().last.map(String.init) ?? ""
    let accession = FilingParticulars.accession(inFolderName: folder)
    return try report.emit(
      particulars.completed(from: FilingParticulars(filing: accession)),
      known: known,
      room: room,
      emit
    )
  }

  /// Reads one report into memory.
  ///
  /// - Throws: As ``read(_:file:_:known:room:_:)``.
  public func report(
    from bytes: [UInt8],
    file: String,
    _ particulars: FilingParticulars = FilingParticulars(),
    known: KnownDefinitions = .none
  ) throws -> ImportedReport {
    var rest: [UInt8]? = bytes
    let nextPiece = {
      defer { rest = nil }
      return rest
    }
    return try ImportedReport { emit in
      try read(nextPiece, file: file, particulars, known: known, emit)
    }
  }
}
