import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("A ledger that is open while it grows")
struct GrowthTests {
  private static let layout = """
    {"type":"statement","statement":"cash","title":"Cash","columns":[{"span":"instant"}],\
    "lines":[{"label":"Cash","concept":"x:Cash"},{"label":"More","concept":"x:More"}]}

    """

  private func printed(_ ledger: Ledger, head: UInt64? = nil) throws -> [String] {
    var times = Times()
    times.recordedAt = head.map { .head($0) }
    let answer = try ledger.statement(StatementRequest("cash", entity: "x:1"), at: times)
    return answer.lines.map { line in
      let figures = line.cells.map { $0.figure?.value?.description ?? "none" }
      return "\(line.definition.label) \(figures.joined(separator: " "))"
    }
  }

  @Test("answers with what was appended since: claims, names used first, definitions, roots")
  func answersWithWhatWasAppendedSince() throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    try ledger.append(Sample.definitions + Self.layout + Sample.cash("5"))
    let first = try ledger.head
    #expect(try printed(ledger) == ["Cash 5", "More none"])
    let root = try ledger.statement(StatementRequest("cash", entity: "x:1")).root

    try ledger.append(
      """
      {"type":"concept","concept":"x:More","kind":"statement-line","periodType":"instant"}
      {"type":"statement-line","filing":"f2","entity":"x:1","concept":"x:More","period":"2019-12-31","unit":"USD","value":"7"}

      """ + Sample.cash("6", filing: "f2"),
      seconds: 1
    )
    let second = try ledger.head
    #expect(try printed(ledger) == ["Cash 6", "More 7"])
    #expect(try printed(ledger, head: first) == ["Cash 5", "More none"])
    let grown = try ledger.statement(StatementRequest("cash", entity: "x:1")).root
    #expect(grown != root)

    // A newer layout takes the place of the older, but not in views of the past.
    try ledger.append(
      Self.layout.replacing(#""label":"Cash","#, with: #""label":"Money","#),
      seconds: 2
    )
    #expect(try printed(ledger) == ["Money 6", "More 7"])
    #expect(try printed(ledger, head: second) == ["Cash 6", "More 7"])

    // The entity's own layout comes before everybody's.
    try ledger.append(
      Self.layout.replacing(#""statement":"cash","#, with: #""statement":"cash","entity":"x:1","#)
        .replacing(#""label":"Cash","#, with: #""label":"Own","#),
      seconds: 3
    )
    #expect(try printed(ledger) == ["Own 6", "More 7"])
    #expect(try printed(ledger, head: second) == ["Cash 6", "More 7"])
  }

  @Test("answers as a fold of its log does after each append")
  func answersAsFoldDoesAfterEachAppend() throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    try ledger.append(Sample.definitions + Self.layout + Sample.cash("5"))
    #expect(try printed(ledger) == ["Cash 5", "More none"])
    try ledger.append(Sample.cash("8", filing: "f2"), seconds: 1)
    let replay = try ledger.replay()
    let request = StatementRequest("cash", entity: "x:1")
    let folded = try ledger.statement(request, from: replay)
    #expect(try ledger.statement(request) == folded)
    #expect(try printed(ledger) == ["Cash 8", "More none"])
  }
}
