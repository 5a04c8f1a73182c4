public import Intake

/// An earnings release that was read: its size, its tables and how many figures became claims.
public struct ReleaseSummary: Sendable {
  /// The path of the document; `-` for standard input.
  public var file: String

  /// The size of the document in bytes.
  public var byteCount: Int

  /// How many lines the document has.
  public var lineCount: Int

  /// The SHA-256 of the document, in hexadecimal.
  public var sha256: String

  /// The counts of figures.
  public var coverage: ReleaseCoverage

  /// The first tables, in the order of the document.
  public var tables: [ReleaseTable]

  /// How many tables there are; at least the count of ``tables``.
  public var tableCount: Int

  /// A summary with these aspects.
  public init(
    file: String,
    byteCount: Int,
    lineCount: Int,
    sha256: String,
    coverage: ReleaseCoverage,
    tables: [ReleaseTable],
    tableCount: Int
  ) {
    self.file = file
    self.byteCount = byteCount
    self.lineCount = lineCount
    self.sha256 = sha256
    self.coverage = coverage
    self.tables = tables
    self.tableCount = tableCount
  }
}
