/// A way to write answers: tables row by row, and documents of several parts.
///
/// One file holds one format, and ``ReportFormat/all`` names it; nothing else has to know of it.
/// A value of the type writes one table: ``begin(_:)`` once, ``append(_:to:)`` for each row,
/// ``end(_:to:)`` once. It appends bytes to a buffer that its caller empties, and may hold rows back.
public protocol TableFormat: SendableMetatype {
  /// The name, as in `-O csv`: lower-case letters.
  static var name: String { get }

  /// Other names, and endings of file names besides ``name``.
  static var otherNames: [String] { get }

  /// Whether people read it, not programs: then answers choose fewer columns, and group digits.
  static var isForReading: Bool { get }

  /// Whether it is a text, which a terminal can show.
  static var isText: Bool { get }

  /// A format for a table of its own, that has written nothing yet.
  init(_ head: TableHead)

  /// Appends what comes before the first row.
  ///
  /// - Throws: What a temporary file throws, of a format that needs one.
  mutating func begin(_ bytes: inout [UInt8]) throws

  /// Appends a row, which has a cell for each column.
  ///
  /// - Throws: As ``begin(_:)``, and if the format has no room for so many rows.
  mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) throws

  /// Appends what is held back and what comes after the last row.
  ///
  /// - Throws: As ``begin(_:)``.
  mutating func end(_ notes: [Note], to bytes: inout [UInt8]) throws

  /// Appends a whole document.
  ///
  /// - Throws: As ``append(_:to:)``.
  static func write(_ document: some Document, to bytes: inout [UInt8]) throws
}

extension TableFormat {
  /// It is one.
  public static var isText: Bool { true }

  /// Writes the rows for programs: what formats of rows alone can show of a document.
  ///
  /// - Throws: As ``append(_:to:)``.
  public static func write(_ document: some Document, to bytes: inout [UInt8]) throws {
    try document.rows.write(as: ReportFormat(Self.self), notes: document.notes, to: &bytes)
  }
}
