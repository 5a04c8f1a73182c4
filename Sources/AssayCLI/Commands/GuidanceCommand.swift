import ArgumentParser
import Facts
import Ledger
import Projections
import Reports

/// The command `assay guidance`.
struct GuidanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guidance",
    abstract: "Line up what was forecast, and when, with what was later reported.",
    discussion: """
      Words narrow the facts: part of a concept, a period (FY2004), part of a dimension \
      (metal=gold). A bound is met when the actual figure lies beyond it, a range when it lies \
      within, a point when it agrees within rounding; "undecided" is an actual figure rounded too \
      coarsely to tell. The difference is actual less forecast.
      """
  )

  @Argument(help: "Words that name the forecasts. Default: all.")
  var words: [String] = []

  @OptionGroup var options: FactOptions

  func run() throws {
    let answer = try options.ledger.open().guidance(options.request(words))
    let isText = options.output.format() == .text
    var table = Reports.Table(
      title: "assay.guidance/1",
      columns: isText ? Self.readableColumns : Self.columns.map { .init($0) }
    )
    for entry in answer.entries { table.append(isText ? entry.readable : entry.fields) }
    let counts = GuidanceReview.Outcome.allCases.map { outcome in
      "\(answer.entries.filter { $0.review.outcome == outcome }.count) \(outcome.rawValue)"
    }
    try options.write(
      table,
      latestPublished: answer.latestPublished,
      notes: ["\(answer.entries.count) forecasts: " + counts.joined(separator: ", ")]
    )
  }

  private static let readableColumns: [Reports.Table.Column] = [
    .init("forecast"), .init("period"), .init("unit"), .init("figure", .right),
    .init("published"), .init("actual", .right), .init("published"), .init("difference", .right),
    .init("outcome"),
  ]

  private static let columns = [
    "entity", "concept", "dimensions", "period", "unit", "forecast", "low", "high", "qualifier",
    "published", "filing", "sequence", "actual", "actualDecimals", "actualStatus",
    "actualPublished", "actualFiling", "actualSequence", "difference", "outcome",
  ]
}

extension GuidanceAnswer.Entry {
  fileprivate var readable: [String] {
    let dimensions = fact.dimensions.pairs.map { String($0.value) }.joined(separator: ", ")
    return [
      (label ?? fact.concept) + (dimensions.isEmpty ? "" : ": \(dimensions)"),
      fact.period.description, fact.unit, review.target.readable, filing.published.description,
      (review.actual.isDerived ? "= " : "") + (review.actual.figure?.grouped ?? "not known"),
      actualFiling?.published.description ?? "", review.difference?.signed ?? "",
      review.outcome.rawValue,
    ]
  }

  fileprivate var fields: [String] {
    let actual = review.actual
    let (low, high): (FactRow?, FactRow?)
    var point: FactRow?
    switch review.target {
    case .figure(let row): (point, low, high) = (row, nil, nil)
    case .range(let lower, let upper): (low, high) = (lower, upper)
    }
    let value = { (row: FactRow?) in row?.figure.value?.description ?? "" }
    return [
      fact.entity, fact.concept, fact.dimensions.text, fact.period.description, fact.unit,
      value(point), value(low), value(high), point?.figure.qualifier?.rawValue ?? "",
      filing.published.description, filing.filing,
      review.target.rows.map { String($0.sequence) }.joined(separator: " "),
      actual.figure?.value?.description ?? "", actual.figure?.decimals.map { String($0) } ?? "",
      actual.figure == nil ? "not-known" : actual.isDerived ? "derived" : "reported",
      actualFiling?.published.description ?? "", actualFiling?.filing ?? "",
      actual.rows.map { String($0.sequence) }.joined(separator: " "),
      review.difference?.description ?? "", review.outcome.rawValue,
    ]
  }
}

extension GuidanceReview.Target {
  fileprivate var readable: String {
    switch self {
    case .figure(let row): return row.figure.grouped
    case .range(let low, let high):
      let ends = [low, high].map { $0?.figure.value?.grouped }
      if let low = ends[0], let high = ends[1] { return "\(low) to \(high)" }
      return ends[0].map { "from \($0)" } ?? ends[1].map { "up to \($0)" } ?? ""
    }
  }
}

extension Answer {
  fileprivate var isDerived: Bool { if case .derived = self { true } else { false } }
}

extension Amount {
  /// The number with its sign, for a difference.
  fileprivate var signed: String { (mantissa > 0 ? "+" : "") + grouped }
}
