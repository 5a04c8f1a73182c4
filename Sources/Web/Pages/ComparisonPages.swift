import Facts
import Ledger
import Reports

/// Pages that lay answers beside each other: two days of one entity, and one figure of all entities.
enum ComparisonPages {
  static let all: [Route] = [
    Route(
      "GET",
      "/diff/{entity}",
      summary: "What changed and what became known between two days, as a page.",
      options: ["from"],
      isPage: true,
      .view(difference)
    ),
    Route(
      "GET",
      "/frames",
      summary: "One figure of every entity for one stretch of the calendar, the largest first.",
      options: ["concept", "unit", "frame"],
      isPage: true,
      .view(frame)
    ),
  ]

  /// How many rows a page shows.
  private static let rowCountMax = 500

  @Sendable private static func difference(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let entity = try view.entity(matching: call["entity"])
    let days = try view.publicationDays(of: entity.entity)
    var page = Page("Changes of \(entity.name)", call)
    page.addMoment(of: view)
    let later = call.times.knownAt
    let last = later.map(\.timestamp.day) ?? days.last
    let earlier = try call.time("from") ?? days.last { $0 < last ?? $0 }.map { .day($0) }
    var form = PageForm()
    let values = days.map { ($0.description, $0.description) }
    form.add("from", "From what was known on", values, chosen: earlier?.description)
    form.add(
      "known-at",
      "To what was known on",
      values,
      chosen: later?.description ?? days.last?.description
    )
    form.keep("recorded-at", call.option("recorded-at"))
    page.add(form.html)
    guard let earlier else {
      page.add("<p class=\"notice\">There is one day of filings: nothing changed after it.</p>\n")
      return page.response
    }
    if let later, later.timestamp < earlier.timestamp {
      throw Problem(422, "\(earlier) is later than \(later)", remedy: "exchange from and to")
    }
    let request = Ledger.FactsRequest(entity: entity.entity)
    let rows = DiffReport(try view.difference(request, since: earlier)).rows
    page.add(rows, countMax: rowCountMax, what: "figures that changed or became known")
    return page.response
  }

  /// - Complexity: O(*e* (log *n* + *k*)), for *e* entities and *k* claims of one for periods near the frame.
  @Sendable private static func frame(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    var page = Page("One figure of all", heading: "One figure of all entities", call)
    page.addMoment(of: view)
    var form = PageForm()
    for (name, title, example) in [
      ("concept", "Concept", "us-gaap:Assets"), ("unit", "Unit", "USD"),
      ("frame", "Frame: CY2019, CY2019Q1 or CY2019Q1I", "CY2012Q3I"),
    ] { form.add(name, title, text: call.option(name) ?? example) }
    for name in ["known-at", "recorded-at"] { form.keep(name, call.option(name)) }
    page.add(form.html)
    guard let concept = call.option("concept"), let frame = call.option("frame") else {
      return page.response
    }
    let unit = call.option("unit") ?? "USD"
    var found: [(name: String, report: ReportedSeries.Report)] = []
    let entities = try view.allEntities()
    let reports = try view.frame(frame, of: concept, in: unit, entities: entities.map(\.entity))
    for (entity, report) in zip(entities, reports) {
      if let report { found.append((entity.name, report)) }
    }
    found.sort { left, right in
      left.report.value.subtracting(right.report.value).map { $0.mantissa > 0 } ?? false
    }
    var table = PageTable(
      "\(min(found.count, rowCountMax)) of \(found.count) entities: \(concept) in \(unit), \(frame)",
      ["entity", "period", "figure", "filing"],
      areFigures: [false, false, true, false]
    )
    for (name, report) in found.prefix(rowCountMax) {
      let address = call.address("/facts/\(report.sequence)")
      table.add([
        name.htmlText, "\(report.period)".htmlText,
        "<a href=\"\(address)\">\(report.value.grouped)</a>", report.filing.htmlText,
      ])
    }
    page.add(table.html)
    return page.response
  }
}
