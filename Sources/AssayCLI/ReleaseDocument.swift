import Facts
import Intake
import Ledger
import Reports

/// A release that was read: its claims, and how much of it they are.
struct ReleaseDocument {
  let file: String
  let byteCount: Int
  let lineCount: Int

  /// In hexadecimal.
  let sha256: String

  let coverage: ReleaseCoverage

  /// The first tables, and how many there are.
  let tables: [ReleaseTable]
  let tableCount: Int

  /// Claims of no filing yet: which it is, the whole document tells.
  private let claims: SpooledDrafts

  /// Reads a document.
  ///
  /// - Parameter body: Called with each of its figures.
  init(
    _ file: String,
    _ profile: ReleaseProfile,
    _ body: @escaping (ReleaseFigure) throws -> Void
  ) throws {
    let claims = DraftSpool.make()
    var coverage = ReleaseCoverage()
    var checksum = Ledger.DocumentChecksum()
    (tables, tableCount, byteCount, lineCount) = try withoutActuallyEscaping(
      { (figure: ReleaseFigure) in
        if case .mapped(let claim) = figure.status { try claims.append(Draft(.claim(claim))) }
        coverage.add(figure)
        try body(figure)
      },
      do: { emit in
        var reader = ReleaseReader(profile, file: file, emit: emit)
        try Input.read(file) { piece in
          let bytes = Array(piece)
          checksum.update(bytes)
          try reader.append(bytes)
        }
        try reader.finish()
        return (reader.tables, reader.tableCount, reader.byteCount, reader.lineCount)
      }
    )
    self.file = file
    self.claims = claims.finish()
    self.coverage = coverage
    sha256 = checksum.hexadecimal
  }

  /// Definitions, the filing and its claims, each with its line in the document.
  func drafts(_ definitions: [Draft], filing: Filing) throws -> SpooledDrafts {
    let spool = DraftSpool.make()
    for definition in definitions { try spool.append(definition) }
    try spool.append(Draft(.filing(filing), file: file))
    var reader = claims.makeReader()
    while case .claim(var claim)? = try reader.next()?.event {
      claim.filing = filing.filing
      let line = claim.source?.place.map { Int($0.line) }
      try spool.append(Draft(.claim(claim), file: file, line: line))
    }
    return spool.finish()
  }

  /// Its size, its tables and how many figures became claims.
  var summary: ReleaseSummary {
    ReleaseSummary(
      file: file,
      byteCount: byteCount,
      lineCount: lineCount,
      sha256: sha256,
      coverage: coverage,
      tables: tables,
      tableCount: tableCount
    )
  }
}
