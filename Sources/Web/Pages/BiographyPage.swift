import Facts
import Ledger
import Reports

/// The biography of a figure: a step line over the days on which it was reported, and its claims as a table.
struct BiographyPage {
  private let call: Call

  init(_ call: Call) { self.call = call }

  /// - Throws: `LedgerError` if there is no such claim, or none of the fact was known yet.
  func write(_ view: borrowing Ledger.View) throws -> WebResponse {
    let history = try view.history(ofClaimAt: call.pathSequence)
    let fact = history.fact
    let name = (try view.concept(fact.concept))?.label ?? fact.concept
    let entity = try view.entity(matching: fact.entity)
    var page = Page("\(name), \(fact.period)", heading: name, call)
    let dimensions = fact.dimensions.isEmpty ? "" : ", \(fact.dimensions.text)"
    page.add("<p class=\"about\">\(entity.name.htmlText), ")
    page.add("\("\(fact.concept)\(dimensions), \(fact.period), \(fact.unit)".htmlText)</p>\n")
    page.addMoment(of: view)
    page.add(history.biography.map { [$0] } ?? [])
    var table = PageTable(
      "Every claim of the figure, the earliest first",
      ["published", "filing", "form", "figure", "change", "status", "place", "event"],
      areFigures: [false, false, false, true, true]
    )
    for entry in history.entries {
      let listed = entry.listed
      let place = listed.claim.source?.place.map { "line \($0.line), column \($0.column)" } ?? ""
      let event = call.address("/evidence/\(listed.sequence)")
      table.add([
        listed.published.description.htmlText, listed.claim.filing.htmlText,
        (entry.form ?? "").htmlText, listed.claim.figure.grouped.htmlText,
        (entry.change?.described ?? "").htmlText,
        (entry.role?.rawValue ?? listed.status.rawValue).htmlText,
        documentLink(
          listed.claim,
          place,
          sha256: try view.filing(named: listed.claim.filing).document?.sha256
        ),
        "<a href=\"\(event)\">\(listed.sequence): proof</a>",
      ])
    }
    page.add(table.html)
    return page.response
  }

  /// The place in the document; it leads there, if the document is at hand.
  private func documentLink(_ claim: Claim, _ place: String, sha256: String?) -> String {
    guard let line = claim.source?.place?.line, let sha256, claim.source?.document == nil,
      call.site.documents.contains(sha256: sha256)
    else { return place.htmlText }
    // A document is shown in parts.
    let start = max(1, Int(line) - 20)
    let base = call.address("/documents/\(claim.filing.percentEncoded)")
    let separator = base.contains("?") ? "&amp;" : "?"
    return "<a href=\"\(base)\(separator)from=\(start)#line-\(line)\">\(place.htmlText)</a>"
  }
}
