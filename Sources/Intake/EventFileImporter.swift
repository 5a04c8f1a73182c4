public import Facts

/// Reads the events of a file: one JSON object a line, or one array of objects over several lines.
public struct EventFileImporter: Importer {
  /// An importer of files of events.
  public init() {}

  /// Reads one file, piece by piece.
  ///
  /// - Parameters:
  ///   - document: The file.
  ///   - known: Not used: events are recorded as they are written.
  ///   - emit: Called with each event, in the order of the file.
  /// - Throws: `InvalidEvent` or `RefusedEvents` with the place of each mistake;
  ///   whatever the document and `emit` throw.
  public func read(
    _ document: SourceFile,
    known: KnownDefinitions = .none,
    _ emit: @escaping (Draft) throws -> Void
  ) throws {
    var reader = EventFileReader(file: document.path)
    while let piece = try document.nextPiece() { try reader.read(piece[...], emit) }
    try reader.finish(emit)
  }
}
