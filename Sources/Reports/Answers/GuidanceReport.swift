import Facts
import JSON
public import Ledger

/// Forecasts, each with the figure that was reported later.
public struct GuidanceReport: Document, Sendable {
  let answer: GuidanceAnswer

  /// A report of `answer`.
  public init(_ answer: GuidanceAnswer) { self.answer = answer }

  /// One row for each forecast, with exact values and the events that they rest on.
  public var rows: Table {
    var table = Table(Self.head(Self.columns))
    for entry in answer.entries { table.append(entry.cells) }
    return table
  }

  /// How many forecasts there are of each outcome, and the latest filing that they rest on.
  public var notes: [Note] {
    let counts = GuidanceOutcome.allCases.map { outcome in
      "\(answer.entries.count { $0.outcome == outcome }) \(outcome.rawValue)"
    }
    let latest = answer.latestPublished.map { PublishedTime($0).description }
    return [
      Note(
        "\(counted(answer.entries.count, "forecast", "forecasts")): \(counts.joined(separator: ", "))"
      ),
      Note("latestPublished", .of(latest), line: latest.map { "latest published: \($0)" }),
    ]
  }

  /// The forecasts in words, and the notes.
  public var text: [Block] { [.table(readable), .notes(notes)] }

  /// The title, the forecasts in words, the notes, and the drawings.
  public var page: [Block] {
    [.heading("Guidance", level: 1)] + text + charts.map { .chart($0) }
  }

  /// The forecasts in words.
  public var markdown: [Block] { [.table(readable)] }

  private var readable: Table {
    var table = Table(Self.head(Self.readableColumns))
    for entry in answer.entries {
      let cells = entry.readable
      table.append(cells.map { .text($0) }, entry.outcome.style, at: cells.count - 1)
    }
    return table
  }

  private static func head(_ columns: [Table.Column]) -> TableHead {
    TableHead(title: "Guidance", shape: .init("assay.guidance/2"), columns: columns)
  }

  private static let readableColumns: [Table.Column] = [
    .init("forecast"), .init("period"), .init("unit"), .init("figure", .right),
    .init("published"), .init("actual", .right), .init("published"), .init("difference", .right),
    .init("outcome"),
  ]

  private static let columns = [
    "entity", "concept", "dimensions", "period", "unit", "forecast", "low", "high", "qualifier",
    "published", "filing", "sequence", "actual", "actualDecimals", "actualStatus",
    "actualPublished", "actualFiling", "actualSequence", "difference", "outcome",
  ].map { Table.Column($0) }
}

extension GuidanceAnswer.Entry {
  fileprivate var readable: [String] {
    let dimensions = fact.dimensions.pairs.map { String($0.value) }.joined(separator: ", ")
    return [
      (label ?? fact.concept) + (dimensions.isEmpty ? "" : ": \(dimensions)"),
      fact.period.description, fact.unit, target.readable, filing.published.description,
      (actual.isDerived ? "= " : "") + (actual.figure?.grouped ?? "not known"),
      actualFiling?.published.description ?? "", difference?.signed ?? "",
      outcome.rawValue,
    ]
  }

  fileprivate var cells: [Cell] {
    let (low, high): (ReportedFigure?, ReportedFigure?)
    var point: ReportedFigure?
    switch target {
    case .figure(let claim): (point, low, high) = (claim, nil, nil)
    case .range(let lower, let upper): (low, high) = (lower, upper)
    }
    return [
      .text(fact.entity), .text(fact.concept), .dimensions(fact.dimensions),
      .period(fact.period), .text(fact.unit), Cell(point?.figure.value), Cell(low?.figure.value),
      Cell(high?.figure.value), Cell(point?.figure.qualifier?.rawValue), .time(filing.published),
      .text(filing.filing), .list(target.claims.map { Cell($0.sequence) }),
      Cell(actual.figure?.value), Cell(actual.figure?.decimals),
      .text(actual.figure == nil ? "not-known" : actual.isDerived ? "derived" : "reported"),
      actualFiling.map { .time($0.published) } ?? .none, Cell(actualFiling?.filing),
      .list(actual.claims.map { Cell($0.sequence) }), Cell(difference),
      .text(outcome.rawValue),
    ]
  }
}

extension GuidanceAnswer.Target {
  fileprivate var readable: String {
    switch self {
    case .figure(let claim): return claim.figure.grouped
    case .range(let low, let high):
      let ends = [low, high].map { $0?.figure.value?.grouped }
      if let low = ends[0], let high = ends[1] { return "\(low) to \(high)" }
      return ends[0].map { "from \($0)" } ?? ends[1].map { "up to \($0)" } ?? ""
    }
  }
}

extension FactAnswer {
  fileprivate var isDerived: Bool { if case .derived = self { true } else { false } }
}

extension Amount {
  /// The number with its sign, for a difference.
  fileprivate var signed: String { (mantissa > 0 ? "+" : "") + grouped }
}
