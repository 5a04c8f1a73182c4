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
    page.add(drawing(history))
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

  /// The step line: as high as the figure, exact to a pixel and no more; the exact figures are in the table.
  private func drawing(_ history: FactHistory) -> String {
    let known = history.entries.filter { $0.role != nil }
    let values = known.compactMap { $0.listed.claim.figure.value }
    guard known.count > 1, values.count == known.count, let low = values.min(by: isBelow),
      let high = values.max(by: isBelow), let first = known.first, let last = known.last
    else { return "" }
    let (width, height, margin) = (Int64(640), Int64(120), Int64(24))
    let days = [first, last].map { Int64($0.listed.published.timestamp.day.dayNumber) }
    let spread = max(1, days[1] - days[0])
    let range = high.subtracting(low)
    var (path, dots) = ("", "")
    for entry in known {
      let day = Int64(entry.listed.published.timestamp.day.dayNumber) - days[0]
      let x = margin + day * (width - 2 * margin) / spread
      var part: Int64 = 0
      if let range, !range.isZero, let value = entry.listed.claim.figure.value,
        let above = value.subtracting(low),
        let share = above.divided(by: range, fractionDigitCount: 3)
      {
        part = Int64(share.scaledDigits(scale: -3, places: 0).whole) ?? 0
      }
      let y = height - margin - part * (height - 2 * margin) / 1000
      path += path.isEmpty ? "M\(x) \(y)" : "H\(x)V\(y)"
      let isNew = entry.role == .restated || entry.role == .conflict
      dots +=
        isNew
        ? "<rect class=\"dot restated\" x=\"\(x - 5)\" y=\"\(y - 5)\" width=\"10\" height=\"10\"/>"
        : "<circle class=\"dot\" cx=\"\(x)\" cy=\"\(y)\" r=\"4\"/>"
    }
    let moments = "published \(first.listed.published) to \(last.listed.published)"
    let title = "From \(low.grouped) to \(high.grouped), \(moments)".htmlText
    return """
      <svg viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" role="img"
      aria-label="\(title)">
      <path class="axis" d="M\(margin) \(height - 8)H\(width - margin)"/>
      <path class="step" d="\(path)H\(width - margin)"/>\(dots)
      <text x="\(margin)" y="14">\(high.grouped.htmlText)</text>
      </svg>
      <p class="about">Squares are restatements and conflicts, circles all other claims.</p>

      """
  }

  private func isBelow(_ lhs: Amount, _ rhs: Amount) -> Bool {
    lhs.subtracting(rhs).map { $0.mantissa < 0 } ?? false
  }
}
