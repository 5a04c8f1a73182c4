public import Facts
import Platform

/// Reads files of events and tables of claims together: all that one append records.
public struct AppendedFilesImporter: Importer {
  private let entityNames: () throws -> [String]

  /// An importer of files of both kinds.
  ///
  /// - Parameter entityNames: The entities that the ledger has recorded: where there is only one, rows
  ///   of tables need not name it.
  public init(entityNames: @escaping () throws -> [String]) { self.entityNames = entityNames }

  /// Reads all files: tables last, because they rest on the definitions of the others.
  ///
  /// - Parameters:
  ///   - paths: Files and folders; `-` is standard input. Of a folder, all files of events are read.
  ///   - known: The definitions that claims of tables rest on, and the filings that are recorded.
  ///   - emit: Called with each event.
  /// - Returns: What was skipped of each table.
  /// - Throws: `InvalidEvent` or `RefusedEvents` with the place of each mistake;
  ///   `FileFailure` for a file that cannot be read; whatever the closures throw.
  public func read(
    _ paths: [String],
    known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> [(path: String, skipped: ClaimTableImporter.Skipped)] {
    var definitions = DraftDefinitions()
    var tables: [SourceFile] = []
    for path in try paths.flatMap({ try EventFiles.paths(at: $0) }) {
      let (file, isTable) = try SourceFile.eventsOrTable(at: path)
      if isTable {
        tables.append(file)
        continue
      }
      try EventFileImporter().read(file) { draft in
        definitions.note(draft)
        try emit(draft)
      }
    }
    return try tables.map { file in
      let entities = Set(try entityNames()).union(definitions.entities.keys)
      let importer = ClaimTableImporter { entities.count == 1 ? entities.first : nil }
      let skipped = try importer.read(file, known: known.adding(definitions)) { draft in
        definitions.note(draft)
        try emit(draft)
      }
      return (file.path, skipped)
    }
  }
}

extension SourceFile {
  /// The bytes that may stand before the first character of a file of events: white space, and a
  /// byte order mark.
  private static let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]

  /// How names of tables end.
  private static let tableEndings = [".csv", ".tsv", ".xlsx"]

  /// A file of events or a table, and which of them it is: by the ending of its name; standard input
  /// is a table if it begins with neither a brace nor a bracket.
  fileprivate static func eventsOrTable(
    at path: String
  ) throws -> (file: SourceFile, isTable: Bool) {
    let file = try SourceFile(reading: path)
    guard path == "-" else { return (file, tableEndings.contains(where: path.hasSuffix)) }
    var beginning: [UInt8] = []
    var first: UInt8?
    while first == nil, let piece = try file.nextPiece() {
      beginning += piece
      first = piece.first { !blanks.contains($0) }
    }
    let isTable = first.map { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "[") } ?? false
    var rest: [UInt8]? = beginning
    let whole = SourceFile(path: path) {
      defer { rest = nil }
      return try rest ?? file.nextPiece()
    }
    return (whole, isTable)
  }
}
