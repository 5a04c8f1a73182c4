import Facts
public import Ledger
import Projections

/// Forecasts, each with the figure that was reported later.
public struct GuidanceReport: Sendable {
  private let answer: GuidanceAnswer

  /// A report of `answer`.
  public init(_ answer: GuidanceAnswer) { self.answer = answer }

  /// Writes the forecasts.
  public func rendered(as format: ReportFormat) -> String {
    let isText = format == .text
    var table = Table(
      title: "assay.guidance/1",
      columns: isText ? Self.readableColumns : Self.columns.map { .init($0) }
    )
    for entry in answer.entries { table.append(isText ? entry.readable : entry.fields) }
    return table.rendered(as: format) + (isText ? footer : "")
  }

  /// How many forecasts there are of each outcome, and the latest filing that they rest on.
  private var footer: String {
    let counts = GuidanceReview.Outcome.allCases.map { outcome in
      "\(answer.entries.count { $0.review.outcome == outcome }) \(outcome.rawValue)"
    }
    let latest = answer.latestPublished.map { "latest published: \(PublishedTime($0))\n" }
    return "\(answer.entries.count) forecasts: \(counts.joined(separator: ", "))\n" + (latest ?? "")
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
