import Facts
import Ledger
import Reports

/// The tutorial "Asking a statement".
func askAStatement(of path: String) throws {
  let ledger = try Ledger(path: path, access: .readOnly)
  let request = StatementRequest(
    "balance-sheet",
    entity: "hecla",
    asOf: CivilDate(year: 2004, month: 9, day: 30)
  )
  let answer = try ledger.read { view in try view.statement(request) }

  for line in answer.lines where line.concept == "us-gaap:Assets" {
    guard case .holds(let claim) = line.cells[0], let value = claim.figure.value else { continue }
    print("assets: \(value), by \(claim.filing), event \(claim.sequence)")
  }

  let dayBefore = Times(knownAt: PublishedTime("2004-11-03"))
  let unknown = try ledger.read(at: dayBefore) { view in try view.statement(request) }
  if let first = unknown.firstPublished {
    print("not yet known: first published by \(first.filing)")
  }

  let report = StatementReport(
    answer,
    query: "assay bs --entity hecla --as-of 2004-09-30"
  )
  let page = try report.bytes(as: .html)
  print("the page begins with \(String(decoding: page.prefix(15), as: UTF8.self))")
}
