import Facts
import Foundation
import Intake
import Synchronization
import TestSupport

@testable import Ledger

/// Ledgers of companyfacts files from the shared data, each made once: no test adds to them.
enum CompanyFactsLedgers {
  private static let ledgers = Mutex<[String: Ledger]>([:])

  /// A ledger with the file of a filer.
  ///
  /// - Parameter cik: The ten digits of its central index key.
  static func ledger(of cik: String) throws -> Ledger {
    try ledgers.withLock { ledgers in
      if let known = ledgers[cik] { return known }
      let ledger = try TemporaryFolder.untilExit().ledger()
      let url = Package.data.appending(path: "companyfacts/CIK\(cik).json")
      let drafts = try CompanyFactsImporter().drafts(
        from: Package.bytes(url),
        file: "facts.json",
        known: KnownDefinitions(of: nil)
      )
      _ = try ledger.append(drafts, options())
      ledgers[cik] = ledger
      return ledger
    }
  }
}
