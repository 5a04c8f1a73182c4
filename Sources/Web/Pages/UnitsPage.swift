import Facts
import Ledger
import Reports

/// What the operating units of an entity produced, quarter by quarter, as drawings and a table; below it what was
/// forecast, beside what came of it.
enum UnitsPage {
  static let route = Route(
    "GET",
    "/units/{entity}",
    summary: "Production over the quarters, and forecasts beside what came of them, as drawings.",
    options: ["as-of", "operating-unit"],
    isPage: true,
    .view(write)
  )

  /// The statement that `assay units` prints.
  static let statement = "production"

  /// Two years of quarters.
  private static let columnCount = 8

  /// How many forecasts a page shows.
  private static let rowCountMax = 200

  /// - Throws: `LedgerError` if there is no such entity, or none of the figures was known yet.
  @Sendable private static func write(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let entity = try view.entity(matching: call["entity"])
    let asOf = try call.label("as-of").map { try view.day($0, of: entity.entity).date }
    var question = try call.statementQuestion
    (question.span, question.columnCount) = (.quarter, columnCount)
    let request = question.request(statement, entity: entity.entity, asOf: asOf)
    let report = question.report(try view.statement(request))
    var page = Page("\(entity.name): units", heading: entity.name, call)
    page.add("<h2>\(report.statement.definition.title.htmlText)</h2>\n")
    for line in report.header.dropFirst() { page.addAbout(line) }
    if let notice = report.notice { page.add(HTMLPage.notice(notice)) }
    page.add(StatementPage(call).table(report))
    for note in report.footnotes + report.partialNotes { page.add("<p>\(note.htmlText)</p>\n") }
    page.add(HTMLPage.definitions(report.legend))
    page.add(report.charts)
    page.add(HTMLPage.definitions(report.receipt.lines))
    try addForecasts(view, entity.entity, to: &page)
    return page.response
  }

  private static func addForecasts(
    _ view: borrowing Ledger.View,
    _ entity: String,
    to page: inout Page
  ) throws {
    page.add("<h2>Forecasts</h2>\n")
    let answer: GuidanceAnswer
    do {
      answer = try view.guidance(Ledger.FactsRequest(entity: entity, isAll: true))
    } catch let error as LedgerError where error.isRefusalToAnswer {
      page.add(HTMLPage.notice(error.message))
      return
    }
    let report = GuidanceReport(answer)
    page.add(report.charts)
    page.add(report.rows, countMax: rowCountMax, what: "forecasts")
  }
}
