import Facts
import Intake
import Ledger

extension RecordedConcepts {
  /// What a ledger knows of a company; nothing where there is no ledger, or no figure of the company.
  init(of entity: String, in ledger: Ledger?) throws {
    self.init()
    guard let ledger, try Ledger.entity(entity, in: ledger) != nil else { return }
    do {
      try ledger.read { view in
        let request = Ledger.FactsRequest(entity: entity, isAll: true)
        _ = try view.forEachClaim(request) { listed in
          if let value = listed.claim.figure.value { add(listed.claim.fact, value) }
        }
        try view.forEachCaption(of: entity) { concept, caption in add(caption, of: concept) }
      }
    } catch let error as LedgerError where error.code == .notFound {
      // The company is known, and none of its figures.
    }
  }
}
