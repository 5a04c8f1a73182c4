import Facts

/// Makes the layouts of a filing: of a table as the filer lays it out, and of what its figures are
/// about, the columns, the lines with figures, and how those are scaled.
struct LayoutMaker {
  let figures: PresentedFigures

  /// The day that the filing reports about; `nil` if it does not say.
  let reportingDate: CivilDate?

  /// When fiscal years end; `nil` if unknown.
  let yearEnd: FiscalYearEnd?

  /// The layout of a table; `nil` if the filing has no figure for it.
  func layout(of table: PresentedTable) -> StatementDefinition? {
    let groups = groups(of: table)
    guard !groups.isEmpty else { return nil }
    let main = groups.first { $0.caption == nil } ?? groups[0]
    let isAboutInstants = isAboutInstants(main, table)
    let counts =
      (main.counts(ofInstants: isAboutInstants)).nonEmpty
      ?? groups.reduce(into: [:]) { counts, group in
        counts.merge(group.counts(ofInstants: isAboutInstants)) { $0 + $1 }
      }
    let columns = LayoutColumns(counts, reportingDate: reportingDate, yearEnd: yearEnd)
    guard !columns.isEmpty else { return nil }
    var lines: [StatementDefinition.Line] = []
    var sizes: [Scaling.Line] = []
    for group in groups {
      let found = self.lines(of: group, table, columns, isAboutInstants: isAboutInstants)
      guard found.contains(where: { $0.series != nil }) else { continue }
      if let caption = group.caption { lines.append(.init(label: caption)) }
      for (line, series) in found {
        if let series {
          sizes.append(
            Scaling.Line(index: lines.count, unit: series.unit, decimals: series.decimals)
          )
        }
        lines.append(line)
      }
    }
    guard !sizes.isEmpty else { return nil }
    return Scaling(sizes).applied(
      to: StatementDefinition(
        statement: "",
        title: table.title,
        columns: columns.layouts,
        lines: lines
      )
    )
  }

  /// The rows of a table that have figures under the same dimensions.
  private struct Group {
    let dimensions: Dimensions
    let caption: String?

    /// For each row the series that it shows; `nil` for one without figures.
    var series: [PresentedFigures.Series?]

    var edges: [StatementDefinition.Edge?]

    /// How many rows have a figure for each period.
    func counts(ofInstants isAboutInstants: Bool) -> [Period: Int] {
      var counts: [Period: Int] = [:]
      for (series, edge) in zip(series, edges) where edge == nil {
        for period in series?.periods ?? [] where (period.start == nil) == isAboutInstants {
          counts[period, default: 0] += 1
        }
      }
      return counts
    }
  }

  /// The groups of a table: figures without dimensions, then those of each member.
  private func groups(of table: PresentedTable) -> [Group] {
    var places: [Dimensions: (order: [Int], caption: String?)] = [:]
    for row in table.rows {
      for series in figures[row.concept] where places[series.dimensions] == nil {
        places[series.dimensions] = table.dimensions.place(of: series.dimensions)
      }
    }
    let sorted = places.sorted { lhs, rhs in
      guard lhs.value.order == rhs.value.order else {
        return lhs.value.order.lexicographicallyPrecedes(rhs.value.order)
      }
      return lhs.key.text < rhs.key.text
    }
    return sorted.map { dimensions, place in
      Group(
        dimensions: dimensions,
        caption: place.caption,
        series: table.rows.map { row in
          // Of several units the one with the most figures.
          figures[row.concept].filter { $0.dimensions == dimensions }
            .max { ($0.periods.count, $1.unit) < ($1.periods.count, $0.unit) }
        },
        edges: table.rows.map(\.edge)
      )
    }
  }

  /// Whether the columns of a table are days: most rows are about the end of one.
  private func isAboutInstants(_ group: Group, _ table: PresentedTable) -> Bool {
    if table.statement == "balance-sheet" { return true }
    var (instantCount, durationCount) = (0, 0)
    for (series, edge) in zip(group.series, group.edges) {
      guard let series else { continue }
      if edge != nil {
        durationCount += 1
        continue
      }
      if series.periods.contains(where: { $0.start == nil }) {
        instantCount += 1
      } else {
        durationCount += 1
      }
    }
    return instantCount > durationCount
  }

  /// The lines of a group with figures in one of the columns, and the headings above them.
  private func lines(
    of group: Group,
    _ table: PresentedTable,
    _ columns: LayoutColumns,
    isAboutInstants: Bool
  ) -> [(line: StatementDefinition.Line, series: PresentedFigures.Series?)] {
    var found: [(line: StatementDefinition.Line, series: PresentedFigures.Series?)] = []
    let indent = group.caption == nil ? 0 : 1
    for (row, series) in zip(table.rows, group.series) {
      var line = StatementDefinition.Line(label: row.label, depth: min(9, row.depth + indent))
      guard let series else {
        if figures[row.concept].isEmpty { found.append((line, nil)) }
        continue
      }
      if !isAboutInstants {
        let hasFlows = series.periods.contains { $0.start != nil }
        line.instant = hasFlows ? nil : row.edge ?? .end
      }
      guard columns.periods(of: line).contains(where: series.periods.contains) else { continue }
      line.concept = row.concept
      line.dimensions = group.dimensions
      line.isNegated = row.isNegated
      line.isSubtotal = row.isTotal
      found.append((line, series))
    }
    return Self.withoutEmptyHeadings(found)
  }

  /// Leaves out headings that no line with a figure is below.
  private static func withoutEmptyHeadings(
    _ lines: [(line: StatementDefinition.Line, series: PresentedFigures.Series?)]
  ) -> [(line: StatementDefinition.Line, series: PresentedFigures.Series?)] {
    lines.enumerated().filter { index, entry in
      guard entry.series == nil else { return true }
      for later in lines[(index + 1)...] {
        guard later.line.depth > entry.line.depth else { return false }
        if later.series != nil { return true }
      }
      return false
    }.map(\.element)
  }
}

extension Dictionary {
  fileprivate var nonEmpty: Self? { isEmpty ? nil : self }
}
