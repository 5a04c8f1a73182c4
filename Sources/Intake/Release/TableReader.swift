import Facts

/// The lines of one table, gathered until it ends; then each figure is given its fact.
struct TableReader {
  /// A line of the table.
  enum Entry {
    case row(PrintedLine)
    /// Words that may be a caption's, as a range of the line's characters.
    case text(DocumentLine, Range<Int>)
    case heading(DocumentLine)

    /// Words about scale or the audit, between the headings and the rows.
    case aside(DocumentLine)

    /// A blank line or a rule.
    case gap
  }

  /// How many lines a table can have: more are no table of an earnings release.
  static let lineCountMax = 20_000

  let plan: TablePlan?

  /// Where it begins, and what is known of it so far.
  private(set) var summary: ReleaseTable

  /// Its columns and its scale, or why they are not known; `nil` before they are read.
  var columns: Result<TableColumns, ColumnHeadings.Unreadable>?

  /// What stands above the rows, for a draft of a profile.
  var head: TableHead?

  private(set) var entries: [Entry] = []

  /// The first entry below the headings.
  private(set) var bodyStart = 0

  private(set) var hasRows = false

  var isFull: Bool { entries.count >= Self.lineCountMax }

  init(_ plan: TablePlan?, title: String, line: Int) {
    self.plan = plan
    summary = ReleaseTable(line: line, statement: plan?.statement.statement, title: title)
  }

  mutating func append(_ entry: Entry) {
    if case .row = entry { hasRows = true }
    entries.append(entry)
    if case .heading = entry, !hasRows { bodyStart = entries.count }
  }

  /// What became of a row.
  private struct Outcome {
    var caption: String

    /// The line of the statement.
    var line: Int?

    /// The column of each figure.
    var columns: [Int] = []

    /// Why it has no line or columns.
    var reason: String?
  }

  /// Gives each figure its fact, and calls `emit` with each.
  mutating func finish(entity: String, _ emit: (ReleaseFigure) throws -> Void) rethrows {
    let rows = entries[bodyStart...].compactMap { if case .row(let row) = $0 { row } else { nil } }
    summary.rowCount = rows.count
    var outcomes: [Int: Outcome] = [:]
    switch (plan, columns) {
    case (nil, _): summary.reason = "no table of the profile is titled \"\(summary.title)\""
    case (_?, nil): summary.reason = "no headings of columns stand above it"
    case (_?, .failure(let unreadable)?): summary.reason = unreadable.reason
    case (let plan?, .success(let columns)?):
      summary.periods = columns.columns.compactMap { try? $0.period.get() }
      let rows = rows.map { row in
        var row = row
        if columns.setsPercentagesAside(plan) { row.setPercentagesAside() }
        return row
      }
      outcomes = readRows(plan, columns, ColumnAlignment(rows, columnCount: columns.columns.count))
      refuseRepeated(&outcomes, plan)
    }
    for index in entries.indices {
      switch entries[index] {
      case .gap: break
      case .heading(let line): try line.emitWords(as: .heading, summary.statement, emit)
      case .text(let line, _), .aside(let line):
        try line.emitWords(as: .text, summary.statement, emit)
      case .row(let row):
        try row.emitCaption(summary.statement, emit)
        let outcome =
          outcomes[index] ?? Outcome(caption: row.line.text(row.caption), reason: summary.reason)
        for (position, figure) in row.figures.enumerated() {
          let status = status(of: figure, at: position, outcome, entity)
          switch status {
          case .mapped: summary.mappedCount += 1
          case .computed: summary.computedCount += 1
          default: summary.unmappedCount += 1
          }
          try emit(row.figure(figure, status, summary.statement, outcome.caption))
        }
        for figure in row.percentages {
          summary.computedCount += 1
          let status = ReleaseFigure.Status.computed(
            "it is a percentage beside the figures of its row"
          )
          try emit(row.figure(figure, status, summary.statement, outcome.caption))
        }
      }
    }
  }

  /// Reads the rows below the headings, in order.
  private mutating func readRows(
    _ plan: TablePlan,
    _ columns: TableColumns,
    _ alignment: ColumnAlignment
  ) -> [Int: Outcome] {
    var outcomes: [Int: Outcome] = [:]
    var captions = CaptionReader(plan.map, plan.statement)
    var pending: [CaptionLine] = []
    var startsBlock = true
    for index in entries.indices[bodyStart...] {
      switch entries[index] {
      case .gap, .heading, .aside: startsBlock = true
      case .text(let line, let range):
        pending.append(CaptionLine(line, range, startsBlock: startsBlock, below: pending.last))
        startsBlock = false
      case .row(let row) where alignment.isMark(row):
        let range = 0..<row.line.characters.count
        entries[index] = .text(row.line, range)
        pending.append(CaptionLine(row.line, range, startsBlock: startsBlock, below: pending.last))
        startsBlock = false
      case .row(var row):
        if columns.setsPercentagesAside(plan) { row.setPercentagesAside() }
        var outcome = Outcome(caption: "")
        if !row.trailing.isEmpty { outcome.reason = "words stand behind its figures" }
        do throws(ColumnAlignment.Unclear) {
          outcome.columns = try alignment.columns(of: &row)
        } catch {
          outcome.reason = error.reason
        }
        entries[index] = .row(row)
        let caption = CaptionLine(
          row.line,
          row.caption,
          startsBlock: startsBlock,
          below: pending.last
        )
        outcome.caption = CaptionReader.caption((pending + [caption])[...])
        do throws(CaptionReader.Unknown) {
          let isBare = pending.isEmpty && caption.text.isEmpty
          outcome.line = try captions.line(pending, caption)
          if isBare, outcome.columns.count < alignment.columnCount {
            outcome.reason = outcome.reason ?? "it has no caption, and not a figure in each column"
          }
        } catch {
          outcome.reason = error.reason
        }
        if let line = outcome.line { outcome.caption = plan.statement.lines[line].label }
        outcomes[index] = outcome
        pending = []
        startsBlock = false
      }
    }
    return outcomes
  }

  /// Where two rows are the same line of the statement, a heading between them was not recognized:
  /// none of the section's rows is certain.
  private func refuseRepeated(_ outcomes: inout [Int: Outcome], _ plan: TablePlan) {
    var counts: [Int: Int] = [:]
    for case let line? in outcomes.values.map(\.line) { counts[line, default: 0] += 1 }
    for (line, count) in counts where count > 1 {
      let label = plan.statement.lines[line].label
      let section = plan.map.sectionOfLine[line]
      for (index, outcome) in outcomes {
        guard let other = outcome.line,
          other == line || (section != nil && plan.map.sectionOfLine[other] == section)
        else { continue }
        outcomes[index]?.reason = "\"\(label)\" stands \(count) times in one section"
      }
    }
  }

  private func status(
    of figure: PrintedFigure,
    at position: Int,
    _ outcome: Outcome,
    _ entity: String
  ) -> ReleaseFigure.Status {
    if case .success(let columns)? = columns, outcome.columns.indices.contains(position),
      columns.columns[outcome.columns[position]].isComputed
    {
      return .computed("its column is headed as one that is computed from others")
    }
    guard let plan, case .success(let columns)? = columns, outcome.reason == nil,
      let line = outcome.line
    else { return .unmapped(outcome.reason ?? "its row is not known") }
    let builder = ClaimBuilder(plan: plan, scale: columns.scale, entity: entity)
    let column = columns.columns[outcome.columns[position]]
    let period: Period
    switch column.period {
    case .success(let found): period = found
    case .failure(let unreadable): return .unmapped(unreadable.reason)
    }
    guard let dimensions = plan.dimensions(ofColumn: column.name) else {
      return .unmapped(
        "its column is headed \"\(column.name ?? "")\": give it among the \"headings\" of the table in "
          + "the profile"
      )
    }
    do throws(ClaimBuilder.Unfit) {
      return .mapped(try builder.claim(figure, plan.statement.lines[line], period, dimensions))
    } catch {
      return .unmapped(error.reason)
    }
  }
}

/// The columns of a table, and the scale of lines that have none of their own.
struct TableColumns {
  let columns: [TableColumn]
  let scale: Int

  /// Whether percentages stand beside the figures of the columns, and not in columns of their own.
  func setsPercentagesAside(_ plan: TablePlan) -> Bool {
    !columns.contains(where: \.isComputed)
      && !plan.statement.lines.contains {
        $0.concept != nil && ($0.unit ?? plan.statement.unit) == "pure"
      }
  }
}

extension CaptionLine {
  /// Words of a line.
  ///
  /// - Parameter above: The line above. A row of a sheet holds a whole caption, other than a line of a text,
  ///   unless the words themselves say that one goes on.
  init(
    _ line: DocumentLine,
    _ range: Range<Int>,
    startsBlock: Bool,
    below above: CaptionLine? = nil
  ) {
    let text = Array(line.characters[range])
    self.init(text: text, indent: line.indent, startsBlock: startsBlock)
    if line.isSheetRow, let above, !above.goesOn(in: self) {
      self.init(text: text, indent: line.indent, startsBlock: true)
    }
  }
}
