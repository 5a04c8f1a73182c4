import Facts
import Intake
import Ledger

extension KnownDefinitions {
  /// What a ledger has recorded, and where there is none, the standard definitions.
  init(of ledger: Ledger?) {
    self.init(
      concept: { try Ledger.concept($0, in: ledger) },
      entity: { try Ledger.entity($0, in: ledger) },
      filing: { try Ledger.filing($0, in: ledger) },
      calendar: { try Ledger.fiscalCalendar(of: $0, in: ledger) }
    )
  }
}
