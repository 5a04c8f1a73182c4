import Facts
import Intake
import Ledger

/// The first step of the tutorial "Asking a statement".
func makeLedger(at path: String, from events: String) throws {
  let ledger = try Ledger(path: path, access: .create)
  var drafts: [Draft] = []
  for file in try EventFiles.paths(at: events) {
    try EventFileImporter().read(SourceFile(reading: file)) { draft in drafts.append(draft) }
  }
  guard let now = Timestamp("2026-12-01T00:00:00Z") else { return }
  let result = try ledger.append(drafts, .init(by: "example", time: now))
  if case .appended(_, let head, _) = result { print("a ledger of \(head) events") }
}
