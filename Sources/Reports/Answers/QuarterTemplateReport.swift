public import Facts
public import JSON
public import Ledger

/// The facts that the next comparable filing can be expected to report, as a table to be filled in and
/// appended.
public struct QuarterTemplateReport: Document {
  private let template: QuarterTemplate
  private let filing: String?
  private let published: PublishedTime?
  private let isPrinted: Bool

  /// A report of `template`.
  ///
  /// - Parameters:
  ///   - template: The rows to fill in.
  ///   - filing: The new filing's accession number, for each row; `nil` to leave it open.
  ///   - published: When it was published; `nil` to leave it open.
  ///   - isPrinted: Whether values are in the scale in which the entity's statements print them, which a column
  ///     tells; else in full units.
  public init(
    _ template: QuarterTemplate,
    filing: String?,
    published: PublishedTime?,
    isPrinted: Bool = false
  ) {
    self.template = template
    self.filing = filing
    self.published = published
    self.isPrinted = isPrinted
  }

  /// One row a fact, without a value.
  public var rows: Table {
    var table = Table(TableHead(title: "The new quarter", columns: columns))
    for row in template.rows {
      table.append(
        [
          .text(row.fact.entity), Cell(row.label), .text(row.fact.concept),
          .dimensions(row.fact.dimensions), .period(row.fact.period), .text(row.fact.unit),
        ] + (isPrinted ? [.count(Self.scale(of: row))] : []) + [
          .none,
          Cell(row.prior.decimals), Cell(filing), published.map { .time($0) } ?? .none,
          prior(row), .period(row.priorPeriod), .text(template.filing.filing), Cell(row.statement),
        ]
      )
    }
    return table
  }

  /// The power of ten that a row is filled in with: percentages stay shares.
  private static func scale(of row: QuarterTemplate.Row) -> Int { max(row.scale, 0) }

  /// What was reported before, as the table shows it.
  private func prior(_ row: QuarterTemplate.Row) -> Cell {
    let scaled = row.prior.value?.scaled(byPowerOfTen: -Self.scale(of: row))
    guard isPrinted, var text = scaled?.description else { return .figure(row.prior) }
    if text.contains(".") {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    guard let value = try? Amount(text) else { return .figure(row.prior) }
    return .figure(Figure(value: value, qualifier: row.prior.qualifier))
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
      ("statement", .of(row.statement)), ("scale", .integer(Self.scale(of: row))),
    ])
  }

  private var columns: [Table.Column] {
    [
      .init("entity"), .init("label"), .init("concept"), .init("dimensions"), .init("period"),
      .init("unit"),
    ] + (isPrinted ? [.init("scale", .right)] : []) + [
      .init("value", .right), .init("decimals", .right), .init("filing"), .init("published"),
      .init("prior value", .right), .init("prior period"), .init("prior filing"),
      .init("statement"),
    ]
  }
}
