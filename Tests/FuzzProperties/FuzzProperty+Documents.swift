import Facts
import Intake
import TestSupport

extension FuzzProperty {
  /// The tests' small company, as an importer knows it.
  private static let quarry: [Event] = {
    let bytes = Array(Quarry.definitions.utf8)
    return ((try? EventLineReader.drafts(from: bytes, file: nil)) ?? []).map(\.event)
  }()

  private static func concept(_ name: String) -> ConceptDefinition? {
    for case .concept(let concept) in quarry where concept.concept == name { return concept }
    return nil
  }

  // Made once and only read; looking things up again for every input would take most of the time.
  private static let profile: ReleaseProfile? = {
    for case .profile(let profile) in quarry {
      return try? ReleaseProfile(
        profile,
        statement: { name in
          for case .statement(let statement) in quarry where statement.statement == name {
            return statement
          }
          return nil
        },
        concept: concept
      )
    }
    return nil
  }()

  func checkTable(_ bytes: [UInt8]) throws {
    let known = KnownDefinitions(concept: Self.concept, entity: { _ in nil })
    try checkTable(bytes, known, "claims.csv")
    _ = try? XBRLJSONImporter().report(from: bytes, file: "report.json")
  }

  /// A table says the same, however its bytes are parted.
  private func checkTable(
    _ bytes: [UInt8],
    _ known: KnownDefinitions,
    _ path: String
  ) throws {
    func drafts(pieceByteCount: Int) -> [Draft]? {
      var drafts: [Draft] = []
      var rest = bytes[...]
      let table = SourceFile(path: path) {
        defer { rest = rest.dropFirst(pieceByteCount) }
        return rest.isEmpty ? nil : Array(rest.prefix(pieceByteCount))
      }
      let skipped = try? ClaimTableImporter { Quarry.entity }.read(table, known: known) {
        drafts.append($0)
      }
      return skipped.map { _ in drafts }
    }
    let whole = drafts(pieceByteCount: max(bytes.count, 1))
    try require(drafts(pieceByteCount: 3) == whole, "pieces are read otherwise")
  }

  /// What is drafted from a release can be written and read again.
  private func checkDraft(_ bytes: [UInt8]) throws {
    let subject = ProfileDrafter.Subject(
      entity: EntityDefinition(entity: Quarry.entity, name: "Q"),
      profile: "q"
    )
    let document = SourceDocument(path: "release.txt", bytes: bytes)
    let captions = KnownCaptions([])
    guard let draft = try? ProfileDrafter.draft(document, subject, captions) else { return }
    let lines = Array(draft.lines.utf8)
    let events = try? EventLineReader.drafts(from: lines, file: nil).map(\.event)
    try require(events == draft.events, "a draft is not read as it was written")
  }

  func checkWorkbook(_ rows: String) throws {
    let press = WorkbookPress(
      sheets: [("A", rows)],
      formats: ["#,##0,_);(#,##0,);\"-\"", "yyyy-mm-dd"],
      texts: ["<t>Sales</t>"]
    )
    let known = KnownDefinitions(concept: Self.concept, entity: { _ in nil })
    try checkTable(press.bytes, known, "claims.xlsx")
    let whole = try figures(press.bytes, pieceByteCount: .max, file: "release.xlsx")
    let parted = try figures(press.bytes, pieceByteCount: 97, file: "release.xlsx")
    try require(parted == whole, "pieces are read otherwise")
  }

  func checkRelease(_ bytes: [UInt8]) throws {
    let whole = try figures(bytes, pieceByteCount: bytes.count)
    try require(try figures(bytes, pieceByteCount: 7) == whole, "pieces are read otherwise")
    try checkDraft(bytes)
  }

  /// Line and text of each figure; `nil` if the release is refused.
  private func figures(
    _ bytes: [UInt8],
    pieceByteCount: Int,
    file: String = "release.txt"
  ) throws -> [String]? {
    guard let profile = Self.profile else {
      throw PropertyFailure(property: self, message: "the tests' profile does not read")
    }
    var figures: [String] = []
    func note(_ figure: ReleaseFigure) { figures.append("\(figure.line) \(figure.text)") }
    do {
      try withoutActuallyEscaping(note) { emit in
        var reader = ReleaseReader(profile, file: file, emit: emit)
        var rest = bytes[...]
        while !rest.isEmpty {
          try reader.append(Array(rest.prefix(pieceByteCount)))
          rest = rest.dropFirst(pieceByteCount)
        }
        try reader.finish()
      }
    } catch is ImportError {
      return nil
    }
    return figures
  }

  func checkDocument(_ bytes: [UInt8]) throws {
    let document = SourceDocument(path: "document", bytes: bytes)
    _ = try? DocumentImporter(Self.particulars, isPartial: true).imported(document)
    let whole = report(bytes, pieceByteCount: bytes.count)
    try require(report(bytes, pieceByteCount: 5) == whole, "pieces are read otherwise")
  }

  private static let particulars = FilingParticulars(
    filing: "f",
    published: PublishedTime("2024-11-05")
  )

  /// The events of a report in XBRL; `nil` if it is refused.
  private func report(_ bytes: [UInt8], pieceByteCount: Int) -> [Event]? {
    let folder = SourceFolder(path: "folder", names: ["page.htm"]) { _, body in
      var rest = bytes[...]
      while !rest.isEmpty {
        try body(rest.prefix(pieceByteCount))
        rest = rest.dropFirst(pieceByteCount)
      }
    }
    let importer = XBRLImporter(
      Self.particulars,
      documentNames: ["page.htm"],
      isPartial: true
    )
    return try? importer.imported(folder).drafts.map(\.event)
  }
}
