public import Facts
import JSON
public import Platform

/// Reads xBRL-JSON reports (Open Information Model, xBRL-JSON 1.0): one JSON text a report.
///
/// Facts with a unit or with decimals are figures and become claims, exact; all others are texts,
/// counted and left out. A pure number without decimals is a figure if what is known of its concept says that it
/// is a number; else it is counted as a text: only the taxonomy, which is not read, distinguishes it from one.
/// Calculations are not read, either.
public struct XBRLJSONImporter: Importer {
  private let particulars: FilingParticulars
  private let memoryLimit: Int

  /// An importer of xBRL-JSON reports.
  ///
  /// - Parameters:
  ///   - particulars: What the report does not tell: the filing's identifier, else taken from the
  ///     name of the file's folder, if that is an accession number; the time it became public.
  ///   - memoryLimit: How many bytes of figures, and of what finds duplicates, are held in memory.
  public init(
    _ particulars: FilingParticulars = FilingParticulars(),
    memoryLimit: Int = DiskBuffer.memoryLimit
  ) {
    (self.particulars, self.memoryLimit) = (particulars, memoryLimit)
  }

  /// Reads one report, piece by piece.
  ///
  /// - Parameters:
  ///   - document: The report.
  ///   - known: What the ledger has recorded already.
  ///   - emit: Called with the claims, the definitions that are new and the filing.
  /// - Throws: ``ImportError`` if the file is damaged, is no xBRL-JSON, or holds what cannot be
  ///   read; whatever the functions throw.
  /// - Complexity: O(*n*) time; memory for `memoryLimit` bytes, for a bit a figure, and for what the figures
  ///   name: their concepts, dimensions, units.
  public func read(
    _ document: SourceFile,
    known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> ImportSummary {
    let file = document.path
    let reader = XBRLJSONReader(file: file, memoryLimit: memoryLimit) { concept in
      try known.concept(concept)?.dataType?.isPure ?? false
    }
    do {
      let stream = JSONStream {
        let piece = try document.nextPiece()
        if let piece { reader.note(piece) }
        return piece
      }
      try reader.read(stream)
    } catch let error as JSONError {
      throw ImportError(damaged: file, error)
    }
    var report = XBRLReport(
      file: file,
      figures: reader.figures,
      textCount: reader.textCount,
      documentFacts: reader.documentFacts,
      // Standard input has no name.
      documents: file == "-" ? [] : [reader.document(name: document.name)]
    )
    report.names = try reader.names.report(of: file)
    let folder = file.split(separator: "/").dropLast().last.map(String.init) ?? ""
    let accession = FilingParticulars.accession(inFolderName: folder)
    return try report.emit(
      particulars.completed(from: FilingParticulars(filing: accession)),
      known: known,
      memoryLimit: memoryLimit,
      emit
    )
  }
}

extension ConceptDefinition.DataType {
  /// Whether values are numbers that may stand without a unit.
  fileprivate var isPure: Bool {
    switch self {
    case .pure, .percent, .ratio, .integer: true
    default: false
    }
  }
}
