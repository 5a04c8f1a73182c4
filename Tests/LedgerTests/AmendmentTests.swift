import EventStore
import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("Corrections and withdrawals")
struct AmendmentTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  let head: UInt64
  let claim: UInt64

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    try ledger.append(Sample.definitions + Sample.cash("100", line: 4))
    head = try ledger.head
    claim = try ledger.lastClaim
  }

  private func hash(at sequence: UInt64) throws -> String {
    try ledger.store.read { try $0.leafHash(at: sequence) }
  }

  private func correct(_ sequence: UInt64, _ value: String) throws {
    let hash = try hash(at: sequence)
    try ledger.append(
      #"{"type":"correction","event":"\#(hash)","reason":"misread","value":"\#(value)"}"#
    )
  }

  private func withdraw(_ sequence: UInt64) throws {
    let hash = try hash(at: sequence)
    try ledger.append(#"{"type":"withdrawal","event":"\#(hash)","reason":"not in the filing"}"#)
  }

  @Test("a correction speaks from when it was recorded; before, the wrong figure stays")
  func correction() throws {
    try correct(claim, "10")
    #expect(try ledger.claims("x:Cash") == ["100 corrected", "10 holds"])
    #expect(try ledger.claims("x:Cash", head: head) == ["100 holds"])
    // The corrected figure was published with the filing, not with the correction.
    #expect(try ledger.claims("x:Cash", knownAt: "2020-02-01") == ["100 corrected", "10 holds"])
  }

  @Test("a correction can be corrected; an event that is amended already cannot")
  func chain() throws {
    try correct(claim, "10")
    #expect(throws: LedgerError.self) { try correct(claim, "11") }
    try correct(try ledger.head - 1, "12")
    #expect(
      try ledger.claims("x:Cash") == ["100 corrected", "10 corrected", "12 holds"]
    )
  }

  @Test("the same correction again adds nothing")
  func again() throws {
    try correct(claim, "10")
    let after = try ledger.head
    try correct(claim, "10")
    #expect(try ledger.head == after)
  }

  @Test("a withdrawal takes a claim back, and the filing can be copied again")
  func withdrawal() throws {
    try withdraw(claim)
    #expect(try ledger.claims("x:Cash") == ["100 withdrawn"])
    try ledger.append(Sample.cash("7", line: 4))
    #expect(try ledger.claims("x:Cash") == ["100 withdrawn", "7 holds"])
    #expect(try ledger.claims("x:Cash", head: head) == ["100 holds"])
  }

  @Test("a withdrawal, a filing or a definition cannot be amended")
  func notClaims() throws {
    try withdraw(claim)
    for sequence in [try ledger.head - 1, head - 1, claim - 1, 0] {
      #expect(throws: LedgerError.self) { try correct(sequence, "1") }
    }
  }

  @Test("history shows what was wrong, what is right and why")
  func history() throws {
    try correct(claim, "10")
    let history = try #require(
      try ledger.history(Ledger.FactsRequest(words: ["x:Cash"])).first
    )
    #expect(history.entries.map(\.listed.status) == [.corrected, .holds])
    #expect(history.entries[0].amendment?.reason == "misread")
    #expect(history.entries[0].leafHash == (try hash(at: claim)))
  }
}
