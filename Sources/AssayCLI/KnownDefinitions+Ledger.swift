import Facts
import Intake
import Ledger

extension KnownDefinitions {
  /// What a ledger has recorded, and where there is none, the standard definitions.
  ///
  /// - Parameter addingElements: Whether elements of public taxonomies are known, too: then an append
  ///   defines them.
  init(of ledger: Ledger?, addingElements: Bool = false) {
    self.init(
      concept: { name in
        try Ledger.concept(name, in: ledger)
          ?? (addingElements ? StandardElements.concept(name) : nil)
      },
      entity: { try Ledger.entity($0, in: ledger) },
      filing: { try Ledger.filing($0, in: ledger) },
      calendar: { try Ledger.fiscalCalendar(of: $0, in: ledger) },
      element: StandardElements.concept
    )
  }
}
