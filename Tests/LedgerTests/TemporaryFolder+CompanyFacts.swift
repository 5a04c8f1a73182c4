import Facts
import Foundation
import Intake
import TestSupport

@testable import Ledger

extension TemporaryFolder {
  /// A ledger with the companyfacts file of a filer, from the shared data.
  ///
  /// - Parameter cik: The ten digits of its central index key.
  func companyFacts(_ cik: String) throws -> Ledger {
    let ledger = try ledger()
    let url = Package.data.appending(path: "companyfacts/CIK\(cik).json")
    let drafts = try CompanyFactsImporter().drafts(
      from: Package.bytes(url),
      file: "facts.json",
      known: KnownDefinitions(
        concept: { try Ledger.concept($0, in: nil) },
        entity: { try Ledger.entity($0, in: nil) }
      )
    )
    _ = try ledger.append(drafts, options())
    return ledger
  }
}
