import Facts
public import JSON
public import Ledger

/// How the figures of a concept evolved: a row for each period, a column for each filing.
public struct TriangleReport: Document {
  /// The facts of one entity, concept, dimensions and unit, whatever their periods.
  private struct Series: Hashable {
    let entity: String
    let concept: String
    let dimensions: Dimensions
    let unit: String
    let rangeEnd: RangeEnd

    init(_ history: FactHistory) {
      (entity, concept) = (history.fact.entity, history.fact.concept)
      (dimensions, unit) = (history.fact.dimensions, history.fact.unit)
      rangeEnd = history.rangeEnd
    }

    var title: String {
      let end = rangeEnd == .figure ? "" : rangeEnd == .low ? ", low" : ", high"
      return
        "\(concept)\(dimensions.isEmpty ? "" : " [\(dimensions.text)]")\(end) \(unit) of \(entity)"
    }
  }

  /// The facts of a series, and the filings that report them.
  private struct Triangle {
    let series: Series
    let filings: [FilingColumn]
    let rows: [(period: Period, cells: [Entry?])]
  }

  private struct FilingColumn: Hashable {
    let filing: String
    let published: PublishedTime
    let form: String?
  }

  /// What a filing reports of a fact.
  private struct Entry {
    let figure: Figure
    let role: ClaimRole
    let isRetracted: Bool
    let sequence: UInt64

    /// The sign beside the figure.
    var mark: String { role.mark + (isRetracted ? TriangleReport.retractedMark : "") }
  }

  fileprivate static let retractedMark = "x"

  private let triangles: [Triangle]
  private let latestPublished: Timestamp?

  /// A report of `histories`: the facts that a question names.
  public init(_ histories: [FactHistory]) {
    var order: [Series] = []
    var groups: [Series: [FactHistory]] = [:]
    for history in histories {
      let series = Series(history)
      if groups[series] == nil { order.append(series) }
      groups[series, default: []].append(history)
    }
    triangles = order.map { Self.triangle($0, groups[$0] ?? []) }
    latestPublished = histories.flatMap(\.entries).map(\.listed.published.timestamp).max()
  }

  private static func triangle(_ series: Series, _ histories: [FactHistory]) -> Triangle {
    let counted = histories.flatMap(\.entries).filter { $0.role != nil }
    let filings = Set(counted.map(column)).sorted { lhs, rhs in
      (lhs.published.timestamp, lhs.filing) < (rhs.published.timestamp, rhs.filing)
    }
    let sorted = histories.sorted { lhs, rhs in
      let (left, right) = (lhs.fact.period, rhs.fact.period)
      return left.end == right.end ? left.dayCount < right.dayCount : left.end < right.end
    }
    let rows = sorted.map { history in
      (period: history.fact.period, cells: filings.map { entry(of: $0.filing, in: history) })
    }
    return Triangle(series: series, filings: filings, rows: rows)
  }

  private static func column(_ entry: FactHistory.Entry) -> FilingColumn {
    FilingColumn(
      filing: entry.listed.claim.filing,
      published: entry.listed.published,
      form: entry.form
    )
  }

  /// The claim of a filing that counts for it: the most precise.
  private static func entry(of filing: String, in history: FactHistory) -> Entry? {
    let claims = history.entries.filter { $0.role != nil && $0.listed.claim.filing == filing }
    let counting = claims.max {
      $0.listed.claim.figure.precision < $1.listed.claim.figure.precision
    }
    guard let counting, let role = counting.role else { return nil }
    return Entry(
      figure: counting.listed.claim.figure,
      role: role,
      isRetracted: counting.listed.status == .retracted,
      sequence: counting.listed.sequence
    )
  }
}

extension TriangleReport {
  /// One row for each period and filing that reports it.
  public var rows: Table {
    var table = Table(
      TableHead(title: title, shape: .init("assay.triangle/1"), columns: Self.columns)
    )
    for triangle in triangles {
      let series = triangle.series
      for row in triangle.rows {
        for case (let filing, let entry?) in zip(triangle.filings, row.cells) {
          table.append([
            .text(series.entity), .text(series.concept), .dimensions(series.dimensions),
            .text(series.unit), .period(row.period), .text(filing.filing), Cell(filing.form),
            .time(filing.published), .figure(entry.figure), Cell(entry.figure.decimals),
            Cell(entry.figure.qualifier?.rawValue), .text(entry.role.rawValue),
            Cell(entry.sequence),
          ])
        }
      }
    }
    return table
  }

  private static let columns = [
    "entity", "concept", "dimensions", "unit", "period", "filing", "form", "published", "value",
    "decimals", "qualifier", "role", "sequence",
  ].map { Table.Column($0) }

  private var title: String {
    triangles.count == 1 ? triangles[0].series.title : "How figures evolved"
  }

  /// The latest filing, and what the marks mean.
  public var notes: [Note] {
    let entries = triangles.flatMap { $0.rows.flatMap { $0.cells.compactMap(\.self) } }
    let marks = [ClaimRole.restated, .refined, .conflict].filter { role in
      entries.contains { $0.role == role }
    }
    let isRetracted = entries.contains(where: \.isRetracted)
    let retracted = isRetracted ? ["\(Self.retractedMark) retracted later"] : []
    let legend = (marks.map { "\($0.mark) \($0.rawValue)" } + retracted).joined(separator: "   ")
    let latest = latestPublished.map { PublishedTime($0).description }
    return (legend.isEmpty ? [] : [Note(legend)]) + [
      Note("latestPublished", .of(latest), line: latest.map { "latest published: \($0)" })
    ]
  }

  /// A table for each series, under its name.
  public var text: [Block] {
    triangles.flatMap { [.lines([$0.series.title]), .table(table($0)), .lines([""])] }
      + [.notes(notes)]
  }

  /// A table for each series, under its name.
  public var page: [Block] {
    guard triangles.count != 1 else {
      return [.heading(title, level: 1), .table(table(triangles[0])), .notes(notes)]
    }
    return [.heading(title, level: 1)]
      + triangles.flatMap { [.heading($0.series.title, level: 2), .table(table($0))] }
      + [.notes(notes)]
  }

  /// As a page.
  public var markdown: [Block] { page }

  private func table(_ triangle: Triangle) -> Table {
    let filings = triangle.filings.map { filing in
      let form = filing.form.map { "\($0) " } ?? ""
      return Table.Column(filing.filing, .right, title: "\(form)\(filing.published)")
    }
    var table = Table(
      TableHead(title: triangle.series.title, columns: [.init("period")] + filings)
    )
    for row in triangle.rows {
      table.append(
        [.period(row.period)]
          + row.cells.map { entry in
            Cell(entry.map { $0.figure.grouped + $0.mark })
          }
      )
    }
    return table
  }

  /// `assay.triangle/1`: each series with its filings and, for each period, a cell for each filing.
  public var object: JSONValue? {
    let latest = latestPublished.map { PublishedTime($0).description }
    return .object([
      ("schema", .string("assay.triangle/1")), ("series", .array(triangles.map(json))),
      ("latestPublished", .of(latest)),
    ])
  }

  private func json(_ triangle: Triangle) -> JSONValue {
    let filings = triangle.filings.map { filing in
      JSONValue.object([
        ("filing", .string(filing.filing)), ("form", .of(filing.form)),
        ("published", .string(filing.published.description)),
      ])
    }
    let rows = triangle.rows.map { row in
      JSONValue.object([
        ("period", .string(row.period.description)), ("cells", .array(row.cells.map(json))),
      ])
    }
    return .object([
      ("entity", .string(triangle.series.entity)), ("concept", .string(triangle.series.concept)),
      ("dimensions", triangle.series.dimensions.json), ("unit", .string(triangle.series.unit)),
      ("filings", .array(filings)), ("rows", .array(rows)),
    ])
  }

  private func json(_ entry: Entry?) -> JSONValue {
    guard let entry else { return .null }
    return .object([
      ("value", .of(entry.figure.value?.description)),
      ("decimals", entry.figure.decimals.map { .integer(Int($0)) } ?? .null),
      ("qualifier", .of(entry.figure.qualifier?.rawValue)), ("role", .string(entry.role.rawValue)),
      ("sequence", .integer(Int(clamping: entry.sequence))),
    ])
  }
}

extension ClaimRole {
  /// The sign beside a figure that is another than the one before.
  fileprivate var mark: String {
    switch self {
    case .restated: "*"
    case .refined: "+"
    case .conflict: "!"
    case .firstReported, .confirmed, .repeated: ""
    }
  }
}
