import Facts
import Ledger
import Reports

/// A statement as printed, with the three times beside it; each figure leads to its biography.
struct StatementPage {
  private let call: Call

  init(_ call: Call) { self.call = call }

  /// - Throws: `LedgerError` or ``Problem``, as for the same question to a command.
  func write(_ view: borrowing Ledger.View) throws -> WebResponse {
    let question = try call.statementQuestion
    let entity = try view.entity(matching: call["entity"])
    let asOf = try call.label("as-of").map { try view.day($0, of: entity.entity).date }
    let request = question.request(call["name"], entity: entity.entity, asOf: asOf)
    let earlier = try call.time("vs")
    let report = question.report(try view.statement(request))
    let answer = report.statement
    var page = Page("\(entity.name): \(answer.definition.title)", heading: entity.name, call)
    try page.add(form(answer, view))
    page.add("<p id=\"said\" role=\"status\" class=\"about\"></p>\n")
    let said = "\(answer.definition.title) as of \(answer.asOf)"
    page.add("<div id=\"answer\" data-said=\"\(said.htmlText)\">\n")
    page.add("<h2>\(answer.definition.title.htmlText)</h2>\n")
    for line in report.header.dropFirst() { page.addAbout(line) }
    if let notice = report.notice { page.add(HTMLPage.notice(notice)) }
    if let earlier {
      let comparison = ComparisonReport(try view.comparison(request, with: earlier))
      page.add(compared(comparison, earlier))
    } else {
      page.add(table(report))
      page.add(report.charts, isFolded: true)
    }
    for note in report.footnotes + report.partialNotes { page.add("<p>\(note.htmlText)</p>\n") }
    page.add(HTMLPage.definitions(report.legend))
    page.add(HTMLPage.definitions(report.receipt.lines) + "</div>\n")
    return page.response
  }

  /// The statement as a table, each figure with a link to its biography.
  func table(_ report: StatementReport) -> String {
    let answer = report.statement
    let headings = answer.columns.map { column in
      [column.heading, column.date].filter { !$0.isEmpty }.joined(separator: "\n")
    }
    var table = PageTable(
      answer.definition.caption ?? answer.definition.title,
      ["Line"] + headings,
      areFigures: [false] + headings.map { _ in true }
    )
    for (index, line) in answer.lines.enumerated() {
      let definition = line.definition
      let role =
        line.isHeading
        ? "heading" : definition.isTotal ? "total" : definition.isSubtotal ? "subtotal" : "plain"
      let span = line.isHeading ? " colspan=\"\(answer.columns.count + 1)\"" : ""
      let depth = min(definition.depth, 3)
      var html = "<tr class=\"\(role)\"><th scope=\"row\" class=\"depth-\(depth)\"\(span)>"
      html += definition.label.isEmpty ? "(sum)" : definition.label.htmlText
      html += "</th>"
      for (column, cell) in line.cells.enumerated() {
        let text = report.printedText(line: index, column: column).htmlText
        let key =
          "\(definition.label) \(answer.columns[column].label) \(definition.dimensions.text)"
        html += "<td class=\"figure\" data-key=\"\(key.htmlText)\">\(link(to: cell, text))</td>"
      }
      table.add(row: html + "</tr>\n")
    }
    return table.html
  }

  /// The statement as it was known at two moments, with what changed marked.
  private func compared(_ report: ComparisonReport, _ earlier: PublishedTime) -> String {
    let rows = report.inWords
    var table = PageTable(
      "Then, as known at \(earlier), and now",
      rows.head.columns.map(\.title),
      areFigures: rows.head.columns.map { $0.alignment == .right }
    )
    for (row, isChanged) in zip(rows.rows, report.areChanged) {
      let cells = row.cells.enumerated().map { index, cell in
        let isFigure = rows.head.columns[index].alignment == .right
        let name = isFigure ? " class=\"figure\(isChanged ? " changed" : "")\"" : ""
        return "<td\(name)>\(cell.readableText.htmlText)</td>"
      }
      table.add(row: "<tr>\(cells.joined())</tr>\n")
    }
    return table.html
  }

  /// The text of a cell, leading to the biography of the figure that it rests on.
  private func link(to cell: FactAnswer, _ text: String) -> String {
    guard let claim = cell.claims.first else { return text }
    return "<a href=\"\(call.address("/facts/\(claim.sequence)"))\">\(text)</a>"
  }
}

extension StatementPage {
  /// The three times as lists of the days on which something changed.
  private func form(_ answer: StatementAnswer, _ view: borrowing Ledger.View) throws -> String {
    let entity = answer.entity.entity
    let published = try view.publicationDays(of: entity).map(\.description)
    var form = PageForm()
    form.add(
      "as-of",
      "Period ends",
      try periodEnds(answer, view).map { ($0.description, $0.description) },
      chosen: call.option("as-of") ?? answer.asOf.description,
      hasSlider: true
    )
    form.add(
      "known-at",
      "As the world knew on",
      published.map { ($0, $0) },
      chosen: call.option("known-at") ?? published.last,
      hasSlider: true
    )
    form.add(
      "recorded-at",
      "As recorded at",
      try moments(view),
      chosen: call.option("recorded-at") ?? "",
      hasSlider: true
    )
    form.add(
      "vs",
      "Compared with what was known on",
      [("", "nothing")] + published.map { ($0, $0) },
      chosen: call.option("vs") ?? "",
      hasSlider: false
    )
    form.add(
      "span",
      "Columns about",
      [("", "the statement's own")]
        + StatementRequest.Span.allCases.map { ($0.rawValue, $0.rawValue) },
      chosen: call.option("span") ?? "",
      hasSlider: false
    )
    for name in ["layout", "currency", "unit", "columns"] { form.keep(name, call.option(name)) }
    return form.html
  }

  /// The ledger after each of its newest batches, and as it is now.
  private func moments(
    _ view: borrowing Ledger.View
  ) throws -> [(value: String, text: String)] {
    let batches = try view.newestBatches(from: 0, countMax: Self.batchCountMax).dropFirst()
    return batches.reversed().map { first, batch in
      let head = first + 1 + UInt64(batch.count)
      return ("\(head)", "\(head) events, \(batch.recorded)")
    } + [("", "now, \(view.heldEventCount) events")]
  }

  /// How many batches the slider steps through.
  private static let batchCountMax = 200

  /// The ends of the periods that filings report a good part of the statement for.
  private func periodEnds(
    _ answer: StatementAnswer,
    _ view: borrowing Ledger.View
  ) throws -> [CivilDate] {
    var counts: [CivilDate: Int] = [:]
    for concept in Set(answer.lines.compactMap(\.concept)) {
      var ends: Set<CivilDate> = []
      for series in try view.reportedSeries(of: concept, entity: answer.entity.entity) {
        ends.formUnion(series.reports.map(\.period.end))
      }
      for end in ends { counts[end, default: 0] += 1 }
    }
    let most = counts.values.max() ?? 0
    return counts.filter { $0.value * 3 >= most }.keys.sorted()
  }
}
