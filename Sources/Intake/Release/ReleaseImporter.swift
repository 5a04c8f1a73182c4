public import Facts
public import Platform

/// Reads the plain text of an earnings release by a profile: its tables become claims.
///
/// The filing of a release is found by the checksum of the whole document, if the ledger has recorded it.
public struct ReleaseImporter: Importer {
  private let profile: ReleaseProfile
  private let memoryLimit: Int
  private let figure: (ReleaseFigure) throws -> Void
  private let filing: (ReleaseSummary) throws -> Filing?
  private let isRecorded: (DefinitionName) throws -> Bool

  /// An importer of the releases of one company.
  ///
  /// - Parameters:
  ///   - profile: What the releases print.
  ///   - memoryLimit: How many bytes of claims are held in memory until the filing is known.
  ///   - figure: Called with every figure of the document, and what became of it.
  ///   - filing: Gives the filing, when the document is read; `nil` records nothing.
  ///   - isRecorded: Whether the ledger has a coverage of this name: one that is whole takes its place.
  public init(
    _ profile: ReleaseProfile,
    memoryLimit: Int = DiskBuffer.memoryLimit,
    figure: @escaping (ReleaseFigure) throws -> Void,
    filing: @escaping (ReleaseSummary) throws -> Filing?,
    isRecorded: @escaping (DefinitionName) throws -> Bool = { _ in false }
  ) {
    (self.profile, self.memoryLimit) = (profile, memoryLimit)
    (self.figure, self.filing, self.isRecorded) = (figure, filing, isRecorded)
  }

  /// Reads one release, piece by piece.
  ///
  /// - Parameters:
  ///   - document: The release.
  ///   - known: Not used: the profile holds what it needs.
  ///   - emit: Called with the filing, then with each claim and its line in the document.
  /// - Returns: What was read, and what was left out.
  /// - Throws: ``ImportError`` if a line is longer than 65,536 bytes; whatever the closures throw.
  public func read(
    _ document: SourceFile,
    known: KnownDefinitions = .none,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> ReleaseSummary {
    let claims = UnfiledClaims(memoryLimit: memoryLimit)
    var coverage = ReleaseCoverage()
    var digest = DocumentDigest()
    var reader = ReleaseReader(profile, file: document.path) { [figure] found in
      if case .mapped(let claim) = found.status { try claims.append(claim) }
      coverage.add(found)
      try figure(found)
    }
    while let piece = try document.nextPiece() {
      digest.update(piece[...])
      try reader.append(piece)
    }
    try reader.finish()
    let summary = ReleaseSummary(
      file: document.path,
      byteCount: reader.byteCount,
      lineCount: reader.lineCount,
      sha256: digest.hexadecimal,
      coverage: coverage,
      tables: reader.tables,
      tableCount: reader.tableCount
    )
    guard let filing = try filing(summary) else { return summary }
    try emit(Draft(.filing(filing), file: document.path))
    for coverage in summary.coverages(of: filing.filing) {
      guard try coverage.unmappedCount > 0 || isRecorded(coverage.definition) else { continue }
      try emit(Draft(.coverage(coverage), file: document.path))
    }
    try claims.walk { claim in
      guard let kind = profile.kind(ofConcept: claim.fact.concept) else { return }
      let line = claim.source?.place.map { Int($0.line) }
      let event = Event.claim(claim.claim(kind: kind, filing: filing.filing))
      try emit(Draft(event, file: document.path, line: line))
    }
    return summary
  }
}
