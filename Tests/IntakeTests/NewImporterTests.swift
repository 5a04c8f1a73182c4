import Facts
import Intake
import Testing

/// An importer as `Sources/README.md` says how to write one, with what this module offers to all: of
/// tallies, which are lines such as `us-gaap:Assets 2004-09-30 USD 71607000`.
private struct TallyImporter: Importer {
  var filing: Filing

  func read(
    _ document: SourceFile,
    known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> Int {
    var rest = ""
    var lineNumber = 0
    while let piece = try document.nextPiece() {
      rest += String(decoding: piece, as: UTF8.self)
      while let end = rest.firstIndex(of: "\n") {
        lineNumber += 1
        try emit(draft(of: rest[..<end], lineNumber, in: document.path, known))
        rest.removeSubrange(...end)
      }
    }
    try emit(Draft(.filing(filing), file: document.path))
    return lineNumber
  }

  private func draft(
    of line: Substring,
    _ number: Int,
    in path: String,
    _ known: KnownDefinitions
  ) throws -> Draft {
    let words = line.split(separator: " ").map(String.init)
    guard words.count == 4, let period = Period(words[1]), let value = try? Amount(words[3]) else {
      throw ImportError(
        file: path,
        place: .line(number),
        message: "\"\(line.prefix(80))\" is no line of a tally",
        remedy: "write concept, period, unit and value"
      )
    }
    let claim = Claim(
      kind: try known.concept(words[0])?.kind ?? "statement-line",
      filing: filing.filing,
      fact: Fact(
        entity: filing.entity,
        concept: words[0],
        dimensions: .none,
        unit: words[2],
        period: period
      ),
      figure: Figure(value: value),
      source: Source(place: nil, text: words[3])
    )
    return Draft(.claim(claim), file: path, line: number)
  }
}

@Suite("An importer of a new kind of document")
struct NewImporterTests {
  private func drafts(_ pieces: [String]) throws -> [Draft] {
    var pieces = pieces[...]
    var drafts: [Draft] = []
    let known = KnownDefinitions(
      concept: { ConceptDefinition(concept: $0, kind: "production") },
      entity: { _ in nil }
    )
    let published = try #require(PublishedTime("2004-11-04"))
    let importer = TallyImporter(
      filing: Filing(filing: "t-1", entity: "x:1", published: published)
    )
    let document = SourceFile(path: "t") { pieces.popFirst().map { Array($0.utf8) } }
    _ = try importer.read(document, known: known) { drafts.append($0) }
    return drafts
  }

  @Test("makes a claim of each figure, of the kind that the ledger knows, and the filing")
  func makesClaimsAndFiling() throws {
    let drafts = try drafts(["x:Tons 2004-07-01/2004-", "09-30 t 12\nx:Days 2004-09-30 d 92\n"])
    let lines = drafts.map { String(decoding: $0.event.canonicalLine, as: UTF8.self) }
    #expect(
      lines == [
        #"{"concept":"x:Tons","entity":"x:1","filing":"t-1","period":"2004-07-01/2004-09-30","#
          + #""source":{"text":"12"},"type":"production","unit":"t","value":"12"}"#,
        #"{"concept":"x:Days","entity":"x:1","filing":"t-1","period":"2004-09-30","#
          + #""source":{"text":"92"},"type":"production","unit":"d","value":"92"}"#,
        #"{"entity":"x:1","filing":"t-1","published":"2004-11-04","type":"filing"}"#,
      ]
    )
    #expect(drafts.map(\.line) == [1, 2, nil])
  }

  @Test("refuses what it cannot read, with file, line and what would be right")
  func refusesWhatItCannotRead() throws {
    let error = #expect(throws: ImportError.self) {
      try drafts(["x:Tons 2004-09-30 t 12\nx:Tons 2004-09-31 t 12\n"])
    }
    #expect(
      error?.description == #"t:2: "x:Tons 2004-09-31 t 12" is no line of a tally; "#
        + "write concept, period, unit and value"
    )
  }
}
