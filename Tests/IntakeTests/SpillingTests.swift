import Facts
import Intake
import Ledger
import TestSupport
import Testing

/// What one figure of a report says, and of what.
private struct Said {
  let concept: Int
  let value: String
  let decimals: Int

  /// Some figures of few facts: most are said before, alike or otherwise.
  static func random(_ count: Int, seed: UInt64) -> [Said] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let decimals = [-3, 0, 2].randomElement(using: &random) ?? 0
      let unit = ["5000", "5000.00", "5001", "4999.6", "7000"].randomElement(using: &random)
      return Said(
        concept: .random(in: 0..<60, using: &random),
        value: unit ?? "",
        decimals: decimals
      )
    }
  }
}

@Suite("A report that does not fit into memory")
struct SpillingTests {
  /// Nothing in memory, little, and everything.
  private static let memoryLimits = [1, 3000, .max]

  private static let particulars = FilingParticulars(
    filing: "f",
    published: PublishedTime("2023-02-03")
  )

  private static func json(_ said: [Said], isInfoFirst: Bool) -> String {
    let info = """
      "documentInfo":{"documentType":"https://xbrl.org/2021/xbrl-json","namespaces":\
      {"my":"http://my.com/2022","iso4217":"http://www.xbrl.org/2003/iso4217",\
      "cik":"http://www.sec.gov/CIK"}}
      """
    let facts = said.enumerated().map { index, said in
      """
      "f\(index)":{"value":"\(said.value)","decimals":\(said.decimals),"dimensions":\
      {"concept":"my:C\(said.concept)","entity":"cik:7","period":"2023-01-01T00:00:00",\
      "unit":"iso4217:USD","my:Axis":"my:M\(said.concept % 7)"}}
      """
    }
    let object = "\"facts\":{\n\(facts.joined(separator: ",\n"))}"
    return isInfoFirst ? "{\(info),\n\(object)}" : "{\(object),\n\(info)}"
  }

  private func read(_ json: String, _ memoryLimit: Int) throws -> (drafts: [Draft], told: String) {
    let spool = DraftSpool()
    let summary = try XBRLJSONImporter(Self.particulars, memoryLimit: memoryLimit).read(
      SourceFile(path: "r.json", nextPiece: pieces(of: json, 1000)),
      known: .none
    ) { try spool.append($0) }
    return (try spool.finish().all(), "\(summary)")
  }

  /// What the duplicates of `said` are, found by comparing each figure with each.
  private func expected(_ said: [Said]) throws -> (kept: [Int], summary: String) {
    func isAlike(_ lhs: Said, _ rhs: Said) throws -> Bool {
      guard lhs.concept == rhs.concept, lhs.decimals == rhs.decimals else { return false }
      return try Amount(lhs.value).isEqual(to: Amount(rhs.value))
    }
    let kept = try said.indices.filter { index in
      try !said[..<index].contains { try isAlike($0, said[index]) }
    }
    var (consistentCount, conflicts) = (0, [String]())
    var told: Set<Int> = []
    for index in kept where told.insert(said[index].concept).inserted {
      let group = kept.filter { said[$0].concept == said[index].concept }
      let figures = try group.map {
        Figure(value: try Amount(said[$0].value), decimals: Int8(said[$0].decimals))
      }
      guard group.count > 1 else { continue }
      if figures.allSatisfy({ one in figures.allSatisfy { $0.isConsistent(with: one) } }) {
        consistentCount += 1
      } else {
        let list = group.map { "\(said[$0].value) (line \($0 + 2))" }.joined(separator: ", ")
        let concept = said[index].concept
        conflicts.append(
          "\nr.json: conflict: my:C\(concept) [my:Axis=my:M\(concept % 7)] 2022-12-31 USD: \(list)"
        )
      }
    }
    return (
      kept,
      "r.json: \(said.count) figures became \(kept.count) claims; "
        + "\(said.count - kept.count) complete duplicates left out; "
        + "\(consistentCount) facts stated at several precisions; "
        + "\(conflicts.count) facts contradict themselves\(conflicts.joined())"
    )
  }

  @Test("has the same duplicates as one that does, of each kind", arguments: 1...4)
  func hasSameDuplicatesAsOneThatDoes(seed: UInt64) throws {
    // So few that some facts do not contradict themselves.
    let said = Said.random(150, seed: seed)
    let (kept, summary) = try expected(said)
    for memoryLimit in Self.memoryLimits {
      // Places are counted from the facts' first line, which is the second.
      let facts = try read(Self.json(said, isInfoFirst: false), memoryLimit)
      #expect(facts.told == summary)
      #expect(facts.drafts.claims.map { Int($0.source?.place?.line ?? 0) } == kept.map { $0 + 2 })
      #expect(
        facts.drafts.claims.map(\.said) == kept.map { "\(said[$0].value) \(said[$0].decimals)" }
      )
    }
  }

  @Test("becomes the same drafts, wherever its facts stand")
  func becomesSameDraftsWhereverItsFactsStand() throws {
    let said = Said.random(400, seed: 9)
    for isInfoFirst in [true, false] {
      let json = Self.json(said, isInfoFirst: isInfoFirst)
      let whole = try XBRLJSONImporter().report(
        from: Array(json.utf8),
        file: "r.json",
        Self.particulars
      )
      for memoryLimit in Self.memoryLimits {
        let (drafts, told) = try read(json, memoryLimit)
        #expect(drafts == whole.drafts)
        #expect(told == "\(whole.summary)")
      }
    }
  }

  @Test("is refused at the first key that stands twice, wherever its facts stand")
  func repeatedKeys() throws {
    for isInfoFirst in [true, false] {
      let json = Self.json(Said.random(300, seed: 3), isInfoFirst: isInfoFirst)
        .replacing("\"f250\"", with: "\"f20\"").replacing("\"f100\"", with: "\"f\\u0037\"")
        // What stands behind it does not matter.
        .replacing("\"f200\":{", with: "\"f200\":[")
      let repeated = try #require(json.firstRange(of: "\"f\\u0037\""))
      for memoryLimit in Self.memoryLimits {
        let error = try #require(throws: ImportError.self) { try read(json, memoryLimit) }
        #expect(
          error.byteOffset == json.utf8.distance(from: json.startIndex, to: repeated.lowerBound)
        )
        #expect(error.description.contains("the object has this key twice"), "\(error)")
      }
    }
  }

  @Test("describes no more contradictions than are read, and counts the others")
  func describesFirstContradictions() throws {
    var fixture = XBRLFixture()
    // Two figures of each of 300 facts, and many of one.
    fixture.facts =
      (0..<600).map { XBRLFixture.figure("\($0)", "my:C\($0 % 300)") }
      + (0..<200).map { XBRLFixture.figure("\($0)", "my:Many") }
    let duplicates = try fixture.report().summary.duplicates
    #expect(duplicates.inconsistentCount == 301)
    #expect(duplicates.inconsistent.count == DuplicateFacts.shownCountMax)
    #expect(duplicates.inconsistent.first?.hasPrefix("my:C0 ") == true)
    #expect(duplicates.inconsistent.last?.hasPrefix("my:C99 ") == true)
    #expect(try fixture.report().summary.description.hasSuffix("conflict: and 201 more facts"))
    fixture.facts = (0..<200).map { XBRLFixture.figure("\($0)", "my:Many") }
    let many = try fixture.report().summary.duplicates.inconsistent
    #expect(many.count == 1 && many.first?.hasSuffix(", and 100 more") == true)
  }

  @Test("of XML is the same with contexts and units before and behind its facts")
  func instanceIsSameInAnyOrder() throws {
    var fixture = XBRLFixture()
    fixture.facts = Said.random(200, seed: 5).map { said in
      XBRLFixture.figure(
        said.value,
        "my:C\(said.concept)",
        rounding: "decimals=\"\(said.decimals)\""
      )
    }
    let whole = try fixture.report()
    #expect(whole.summary.duplicates.completeCount > 0)
    #expect(whole.summary.duplicates.consistentCount > 0)
    #expect(!whole.summary.duplicates.inconsistent.isEmpty)
    for memoryLimit in Self.memoryLimits {
      let spool = DraftSpool()
      let summary = try XBRLImporter(XBRLFixture.published, memoryLimit: memoryLimit).read(
        fixture.folder(),
        known: .none
      ) { try spool.append($0) }
      #expect(try spool.finish().all() == whole.drafts)
      #expect("\(summary)" == "\(whole.summary)")
    }
  }
}
