import EventStore
import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("A view of a ledger")
struct ViewTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    try ledger.append(Sample.definitions + Sample.cash("1"))
  }

  @Test("is of one moment, whatever is appended meanwhile")
  func oneMoment() throws {
    let before = try ledger.read { view in
      let root = try view.root
      try ledger.append(Sample.cash("2", filing: "f2"), seconds: 1)
      #expect(try view.root == root)
      return view.head
    }
    let after = try ledger.read { $0.head }
    #expect(after > before)
    let then = try ledger.read(at: Times(recordedAt: .head(before))) { view in
      #expect(view.heldEventCount == after)
      return view.head
    }
    #expect(then == before)
  }

  @Test("ends questions that take longer than they may")
  func questionsAreBoundedInTime() throws {
    let request = Ledger.FactsRequest()
    let error = #expect(throws: LedgerError.self) {
      try ledger.read(within: .zero) { try $0.history(request).count }
    }
    #expect(error?.code == .notAnswerable && error?.remedy == .askForLess)
    let found = try ledger.read(within: .seconds(60)) { try $0.history(request) }
    #expect(found.count == 1)
    #expect(throws: LedgerError.self) {
      try ledger.read(within: .zero) { try $0.replay().eventCount }
    }
  }

  @Test("the lines of the facade's first example compile; of an empty ledger they ask in vain")
  func firstExampleCompiles() throws {
    let (drafts, now) = (try drafts(Sample.cash("3", filing: "f2")), Timestamp(microseconds: 0))
    let path = folder("example.assay")
    // The same lines stand at the head of the class.
    let ledger = try Ledger(path: path, access: .create)
    #expect(throws: LedgerError.self) { try ledger.append(drafts, .init(by: "me", time: now)) }
    #expect(throws: LedgerError.self) {
      try ledger.read { try $0.statement(.init("balance-sheet", entity: "hecla")) }
    }
  }

  @Test("an error has a code, and a remedy without options")
  func errorHasCodeAndRemedy() throws {
    let empty = try folder.ledger("empty.assay")
    let table: [(Ledger, Times, String?, LedgerError.Code)] = [
      (empty, Times(), nil, .notFound),
      (ledger, Times(recordedAt: .head(100_000)), nil, .notAnswerable),
      (ledger, Times(recordedAt: .time(.moment(Timestamp(microseconds: 0)))), nil, .notKnownYet),
      (ledger, Times(), "nobody", .notFound),
    ]
    for (ledger, times, entity, code) in table {
      let error = #expect(throws: LedgerError.self) {
        try ledger.read(at: times) { try $0.entity(matching: entity) }
      }
      #expect(error?.code == code, "\(String(describing: error))")
      #expect(error?.remedy != nil && error?.description.contains("--") == false)
    }
    let missing = #expect(throws: LedgerError.self) {
      try Ledger(path: folder("nowhere.assay"), access: .readOnly)
    }
    #expect(missing?.code == .notFound && missing?.remedy == .createLedger)
  }

  @Test("damage is no answer: neither a missing filing nor a log that contradicts itself")
  func damageIsNoAnswer() throws {
    let errors = [
      LedgerError(DamagedLedger("filing f1 is missing", sequence: 7), path: ledger.path),
      LedgerError(InconsistentLog("it has no batch", sequence: 7), path: ledger.path),
    ]
    for error in errors {
      #expect(error?.code == .damaged && error?.remedy == .restoreFromBackup)
      #expect(error?.place.event == 7 && error?.isRefusalToAnswer == false)
      #expect(error?.description.hasPrefix("the ledger is damaged: event 7: ") == true)
    }
  }
}
