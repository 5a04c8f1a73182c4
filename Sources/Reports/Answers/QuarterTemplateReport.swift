public import Facts
public import JSON
public import Ledger

/// The facts that the next comparable filing can be expected to report, as a table to be filled in and
/// appended.
public struct QuarterTemplateReport: Document {
  private let template: QuarterTemplate
  private let filing: String?
  private let published: PublishedTime?

  /// A report of `template`.
  ///
  /// - Parameters:
  ///   - filing: The new filing's accession number, for each row; `nil` to leave it open.
  ///   - published: When it was published; `nil` to leave it open.
  public init(_ template: QuarterTemplate, filing: String?, published: PublishedTime?) {
    self.template = template
    self.filing = filing
    self.published = published
  }

  /// One row a fact, without a value.
  public var rows: Table {
    var table = Table(TableHead(title: "The new quarter", columns: Self.columns))
    for row in template.rows {
      table.append([
        .text(row.fact.entity), Cell(row.label), .text(row.fact.concept),
        .dimensions(row.fact.dimensions), .period(row.fact.period), .text(row.fact.unit), .none,
        Cell(row.prior.decimals), Cell(filing), published.map { .time($0) } ?? .none,
        .figure(row.prior), .period(row.priorPeriod), .text(template.filing.filing),
      ])
    }
    return table
  }

  /// How many facts there are, and of which filing.
  public var summary: String {
    let rest = template.otherCount > 0 ? "; \(template.otherCount) of other periods left out" : ""
    return
      "\(counted(template.rows.count, "fact", "facts")) of \(template.filing.filing), which reports "
      + "\(template.reportingDate)\(rest)"
  }

  /// The table alone, for every reader.
  public var page: [Block] { [.heading(rows.head.title, level: 1), .table(rows)] }

  /// `assay.new-quarter/2`: the facts, and the filing that they are taken from.
  public var object: JSONValue? {
    .object([
      ("schema", .string("assay.new-quarter/2")), ("rows", .array(template.rows.map(json))),
      ("priorFiling", .string(template.filing.filing)),
      ("priorReportingDate", .string(template.reportingDate.description)),
      ("otherFactCount", .integer(template.otherCount)),
    ])
  }

  /// One object for each fact.
  public var records: [JSONValue]? { template.rows.map(json) }

  private func json(_ row: QuarterTemplate.Row) -> JSONValue {
    .object([
      ("entity", .string(row.fact.entity)), ("label", .of(row.label)),
      ("concept", .string(row.fact.concept)), ("dimensions", row.fact.dimensions.json),
      ("period", .string(row.fact.period.description)), ("unit", .string(row.fact.unit)),
      ("value", .null), ("decimals", row.prior.decimals.map { .integer(Int($0)) } ?? .null),
      ("filing", .of(filing)), ("published", .of(published?.description)),
      ("priorValue", .of(row.prior.value?.description)),
      ("priorPeriod", .string(row.priorPeriod.description)),
    ])
  }

  private static let columns: [Table.Column] = [
    .init("entity"), .init("label"), .init("concept"), .init("dimensions"), .init("period"),
    .init("unit"), .init("value", .right), .init("decimals", .right), .init("filing"),
    .init("published"), .init("prior value", .right), .init("prior period"),
    .init("prior filing"),
  ]
}
