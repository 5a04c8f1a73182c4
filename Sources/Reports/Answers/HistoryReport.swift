import Facts
import JSON
public import Ledger

/// The biographies of figures: every claim of each, and what each claim changed.
public struct HistoryReport: Document {
  let histories: [FactHistory]

  /// A report of `histories`: the facts that a question names.
  public init(_ histories: [FactHistory]) { self.histories = histories }

  /// One row a claim, and under the claims of a derived figure one for the figure.
  public var rows: Table {
    let title = histories.count == 1 ? "History of \(histories[0].title)" : "Histories of figures"
    var table = Table(
      TableHead(title: title, shape: .init("assay.history/2"), columns: Self.columns)
    )
    for history in histories {
      for entry in history.entries { table.append(entry.cells(of: history.fact)) }
      if let cells = history.derivedCells { table.append(cells) }
    }
    return table
  }

  /// What the ledger says of each fact now, and the latest filing among the claims.
  public var notes: [Note] {
    [
      Note("answers", .array(histories.map(\.json))),
      Note(
        "latestPublished",
        latestPublished.map { .string(PublishedTime($0).description) } ?? .null
      ),
    ]
  }

  /// The biography of one figure; of several, which there are.
  public var text: [Block] {
    guard Set(histories.map(\.fact)).count == 1 else {
      return [.table(list), .lines([listNote])]
    }
    guard histories.count > 1 else { return histories.flatMap(\.blocks) + [.lines(latestLine)] }
    // One fact: its figure, and the ends of a range.
    return histories.flatMap { [.lines([$0.endTitle])] + $0.blocks } + [.lines(latestLine)]
  }

  /// The biography of each figure under its name.
  public var page: [Block] {
    let isOne = histories.count == 1
    var blocks: [Block] = [.heading(rows.head.title, level: 1)]
    // One claim has no story to draw.
    if histories.contains(where: { $0.entries.count > 1 }) { blocks += charts.map { .chart($0) } }
    for history in histories {
      if !isOne { blocks.append(.heading(history.title, level: 2)) }
      blocks += history.blocks
    }
    return blocks + [.lines(latestLine)]
  }

  private var latestPublished: Timestamp? {
    histories.flatMap(\.entries).map(\.listed.published.timestamp).max()
  }

  private var latestLine: [String] {
    latestPublished.map { ["latest published: \(PublishedTime($0))"] } ?? []
  }

  /// The facts that match, when the words fit several.
  private var list: Table {
    var table = Table(
      TableHead(
        title: "Facts",
        columns: [
          .init("concept"), .init("dimensions"), .init("period"), .init("unit"),
          .init("claims", .right), .init("values", .right),
        ]
      )
    )
    for history in histories {
      let fact = history.fact
      let values = Set(history.entries.map { $0.listed.claim.figure.value })
      table.append([
        .text(fact.concept), .dimensions(fact.dimensions), .period(fact.period), .text(fact.unit),
        .count(history.entries.count), .count(values.count),
      ])
    }
    return table
  }

  private var listNote: String {
    "\(histories.count) facts match: add a period, a dimension or the whole name"
  }

  fileprivate static let columns: [TableHead.Column] = [
    "entity", "concept", "dimensions", "period", "unit", "published", "filing", "form", "value",
    "decimals", "qualifier", "change", "status", "role", "scaleSlip", "line", "column", "text",
    "sequence", "recorded", "leafHash", "amendedBy", "reason", "split",
    "low", "high",
  ].map { .init($0) }
}

extension FactHistory.Entry {
  /// One cell for each column.
  fileprivate func cells(of fact: Fact) -> [Cell] {
    let claim = listed.claim
    let place = claim.source?.place
    return [
      .text(fact.entity), .text(fact.concept), .dimensions(fact.dimensions),
      .period(claim.fact.period), .text(fact.unit), .time(listed.published), .text(claim.filing),
      Cell(form), .figure(claim.figure), Cell(claim.figure.decimals),
      Cell(claim.figure.qualifier?.rawValue), Cell(change?.difference), .text(status),
      Cell(role?.rawValue), Cell(change?.scaleSlip.map { "10^\($0)" }), Cell(place?.line),
      Cell(place?.column), Cell(claim.source?.text), Cell(listed.sequence),
      .time(.moment(listed.recorded)), .text(leafHash), Cell(amendment?.sequence),
      Cell(amendment?.reason), Cell(split?.ratio), .none, .none,
    ]
  }
}

extension FactHistory {
  /// The derived figure itself, under the claims it is added up from.
  fileprivate var derivedCells: [Cell]? {
    guard case .derived(let derived) = answer else { return nil }
    let figure = derived.figure
    let cells: [String: Cell] = [
      "entity": .text(fact.entity), "concept": .text(fact.concept),
      "dimensions": .dimensions(fact.dimensions), "period": .period(fact.period),
      "unit": .text(fact.unit), "value": .figure(figure), "decimals": Cell(figure.decimals),
      "qualifier": Cell(figure.qualifier?.rawValue), "status": .text("derived"),
      "reason": Cell(derived.vintage?.text), "low": .text(derived.low), "high": .text(derived.high),
    ]
    return HistoryReport.columns.map { cells[$0.key] ?? .none }
  }

  /// The fact, and what the ledger says of it now.
  fileprivate var json: JSONValue {
    var members: Members = [
      ("entity", .string(fact.entity)), ("concept", .string(fact.concept)),
      ("dimensions", fact.dimensions.json), ("period", .string(fact.period.description)),
      ("unit", .string(fact.unit)), ("status", .string(answer.status)),
    ]
    switch answer {
    case .holds(let claim):
      members += claim.figure.members + [("sequence", .integer(Int(clamping: claim.sequence)))]
    case .range(let low, let high):
      members += [
        ("low", .string(low.figure.value?.description ?? "0")),
        ("high", .string(high.figure.value?.description ?? "0")),
        ("sequences", .array([low, high].map { .integer(Int(clamping: $0.sequence)) })),
      ]
    case .retracted(let claims, let filing, let published):
      members += [
        ("sequences", .array(claims.map { .integer(Int(clamping: $0.sequence)) })),
        ("retractedBy", .string(filing)),
        ("retracted", .string(PublishedTime(published).description)),
      ]
    case .conflict(let claims):
      members.append(("sequences", .array(claims.map { .integer(Int(clamping: $0.sequence)) })))
    case .notYetKnown(let claim):
      members.append(("firstPublished", .string(PublishedTime(claim.published).description)))
    case .derived(let derived):
      members +=
        derived.figure.members + [
          ("low", .string(derived.low)), ("high", .string(derived.high)),
        ] + (derived.vintage.map { [("vintage", $0.json)] } ?? [])
    case .notReported: break
    case .notDerivable(let reason): members.append(("reason", .string(reason)))
    }
    return .object(members)
  }
}
