import EventStore
import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("Statements from the index and from a fold of the log")
struct StatementAgreementTests {
  /// The days before, of and after the publication of every filing of `Events/`.
  private static let days = [
    "2004-02-11", "2004-02-12", "2004-05-04", "2004-08-03", "2004-11-03", "2004-11-04",
    "2005-02-21", "2005-02-22", "2005-11-08", "2006-02-14",
  ]

  @Test("are the same after every batch and on every day of publication")
  func statementsAreTheSameAfterEveryBatch() throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    let heads = try grow(ledger)
    var (figureCount, refusalCount) = (0, 0)
    for head in heads {
      let replay = try ledger.replay(to: head)
      let names = try ledger.store.read { snapshot in
        try snapshot.definitions(ofType: "statement", applyingTo: hecla, before: head)
      }
      let statements = Set(names.map(\.name)).sorted()
      for (index, day) in Self.days.enumerated() {
        // Each day asks for some of the statements, so that all days ask for each.
        for name in statements[(index % 3)...].enumerated().filter({ $0.offset % 3 == 0 }) {
          let request = StatementRequest(name.element, entity: hecla)
          let times = Times(knownAt: PublishedTime(day), recordedAt: .head(head))
          let indexed = Result { try ledger.statement(request, at: times) }
          let folded = Result { try ledger.statement(request, from: replay, at: times) }
          switch (indexed, folded) {
          case (.success(let one), .success(let other)):
            #expect(one == other, "\(name.element) \(day) \(head)")
            figureCount += one.claims.count
          case (.failure(let one), .failure(let other)):
            #expect("\(one)" == "\(other)")
            refusalCount += 1
          default:
            Issue.record("only one of them answers: \(name.element) \(day) \(head)")
          }
        }
      }
    }
    #expect(figureCount > 1000 && refusalCount > 10, "\(figureCount) \(refusalCount)")
  }

  /// Appends the filings of `Events/`, the newest first, each with a correction or a withdrawal.
  ///
  /// - Returns: The head after each batch.
  private func grow(_ ledger: Ledger) throws -> [UInt64] {
    let drafts = try Package.drafts()
    var heads: [UInt64] = []
    _ = try ledger.append(drafts.filter { filing(of: $0) == nil }, options())
    heads.append(try ledger.head)
    let filings = Set(drafts.compactMap { filing(of: $0) }).sorted().reversed()
    for (index, name) in filings.enumerated() {
      let part = drafts.filter { filing(of: $0) == name }
      _ = try ledger.append(part, options(seconds: Int64(index + 1)))
      heads.append(try ledger.head)
      let claim = try ledger.lastClaim - 1
      let hash = try ledger.store.read { try $0.leafHash(at: claim) }
      try ledger.append(
        index % 2 == 0
          ? #"{"type":"correction","event":"\#(hash)","reason":"r","value":"5"}"#
          : #"{"type":"withdrawal","event":"\#(hash)","reason":"r"}"#,
        seconds: Int64(index + 1)
      )
      heads.append(try ledger.head)
    }
    return heads
  }

  private func filing(of draft: Draft) -> String? {
    switch draft.event {
    case .filing(let filing): filing.filing
    case .claim(let claim): claim.filing
    case .footnote(let footnote): footnote.filing
    default: nil
    }
  }
}
