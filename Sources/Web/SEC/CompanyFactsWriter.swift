import Facts
import JSON
import Ledger

/// Writes what filings of one company report, in the shapes `companyfacts` and `companyconcept`.
///
/// What differs from the SEC's: descriptions are null, for the ledger does not keep them; figures with a
/// qualifier and figures with dimensions are left out, as they are there; and labels of concepts that no public
/// taxonomy has are those that the ledger defines.
struct CompanyFactsWriter {
  private let entity: EntityDefinition

  init(_ entity: EntityDefinition) { self.entity = entity }

  /// All that the company reports: `/api/xbrl/companyfacts/CIK##########.json`.
  ///
  /// - Throws: `LedgerError`; ``Problem`` 404 if nothing was reported yet.
  func companyFacts(_ view: borrowing Ledger.View) throws -> WebResponse {
    var spool = WebSpool()
    try spool.append { bytes in
      appendMember("cik", .integer(entity.centralIndexKey ?? 0), first: true, to: &bytes)
      appendMember("entityName", .string(entity.name), to: &bytes)
      bytes += Array(#","facts":{"#.utf8)
    }
    var taxonomy: String?
    var filings: [String: Filing] = [:]
    // Concepts of one taxonomy follow each other in the order of names.
    for concept in try view.reportedConcepts(of: entity.entity) {
      let series = try view.reportedSeries(of: concept, entity: entity.entity)
      guard !series.isEmpty else { continue }
      let name = ConceptName(concept)
      let label = try label(of: concept, in: view)
      try Self.find(&filings, of: series, in: view)
      try spool.append { bytes in
        if taxonomy != name.taxonomy {
          if taxonomy != nil { bytes += Array("},".utf8) }
          bytes.appendJSONString(name.taxonomy)
          bytes += Array(":{".utf8)
        } else {
          bytes.append(UInt8(ascii: ","))
        }
        taxonomy = name.taxonomy
        bytes.appendJSONString(name.tag)
        bytes += Array(":".utf8)
        appendMember("label", label, first: true, to: &bytes)
        appendMember("description", .null, to: &bytes)
        append(series, of: filings, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
      }
    }
    guard taxonomy != nil else { throw nothing("figures") }
    try spool.append(Array("}}}".utf8))
    return response(spool)
  }

  /// One concept: `/api/xbrl/companyconcept/CIK##########/{taxonomy}/{tag}.json`.
  ///
  /// - Throws: `LedgerError`; ``Problem`` 404 if nothing was reported yet.
  func companyConcept(_ concept: String, _ view: borrowing Ledger.View) throws -> WebResponse {
    let series = try view.reportedSeries(of: concept, entity: entity.entity)
    guard !series.isEmpty else { throw nothing(concept) }
    let name = ConceptName(concept)
    let label = try label(of: concept, in: view)
    var filings: [String: Filing] = [:]
    try Self.find(&filings, of: series, in: view)
    var spool = WebSpool()
    try spool.append { bytes in
      appendMember("cik", .integer(entity.centralIndexKey ?? 0), first: true, to: &bytes)
      appendMember("taxonomy", .string(name.taxonomy), to: &bytes)
      appendMember("tag", .string(name.tag), to: &bytes)
      appendMember("label", label, to: &bytes)
      appendMember("description", .null, to: &bytes)
      appendMember("entityName", .string(entity.name), to: &bytes)
      append(series, of: filings, to: &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
    return response(spool)
  }

  private func nothing(_ what: String) -> Problem {
    Problem(404, "no filing of \(entity.name) known at that moment reports \(what)")
  }

  private func response(_ spool: WebSpool) -> WebResponse {
    WebResponse(
      200,
      headers: [("Content-Type", MediaType.json.rawValue)],
      body: .spooled(spool.finished)
    )
  }

  /// Looks up the filings of reports that were not looked up yet.
  private static func find(
    _ filings: inout [String: Filing],
    of series: [ReportedSeries],
    in view: borrowing Ledger.View
  ) throws {
    for report in series.lazy.flatMap(\.reports) where filings[report.filing] == nil {
      filings[report.filing] = try view.filing(report.filing)
    }
  }

  /// Appends the units with their figures.
  private func append(
    _ series: [ReportedSeries],
    of filings: [String: Filing],
    to bytes: inout [UInt8]
  ) {
    bytes += Array(#","units":{"#.utf8)
    for (index, series) in series.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.appendJSONString(series.unit)
      bytes += Array(":[".utf8)
      for (index, report) in series.reports.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        append(report, of: filings[report.filing], to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private func append(_ report: ReportedSeries.Report, of filing: Filing?, to bytes: inout [UInt8])
  {
    report.appendPeriodAndValue(to: &bytes)
    appendMember("accn", .string(report.filing), to: &bytes)
    appendMember("fy", filing?.fiscalYear.map { .integer($0) } ?? .null, to: &bytes)
    appendMember("fp", filing?.fiscalPeriod.map { .string($0) } ?? .null, to: &bytes)
    appendMember("form", filing?.form.map { .string($0) } ?? .null, to: &bytes)
    appendMember("filed", filing.map { .string($0.published.day.description) } ?? .null, to: &bytes)
    if let frame = report.frame { appendMember("frame", .string(frame), to: &bytes) }
    bytes.append(UInt8(ascii: "}"))
  }
}

/// A concept's name in its two parts.
struct ConceptName {
  let taxonomy: String
  let tag: String

  init(_ name: String) {
    let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
    (taxonomy, tag) = parts.count == 2 ? (parts[0], parts[1]) : ("", name)
  }
}

/// The label of a concept as the SEC gives it: that of its public taxonomy, else the ledger's.
///
/// - Throws: `LedgerError`.
func label(of concept: String, in view: borrowing Ledger.View) throws -> JSONValue {
  if let element = StandardElements.concept(concept) {
    return element.label.map { .string($0) } ?? .null
  }
  return try view.concept(concept)?.label.map { .string($0) } ?? .null
}

/// Appends a member of an object.
///
/// - Parameter first: Whether it opens the object; else a comma comes before.
func appendMember(
  _ key: String,
  _ value: JSONValue,
  first: Bool = false,
  to bytes: inout [UInt8]
) {
  bytes.append(UInt8(ascii: first ? "{" : ","))
  bytes.appendJSONString(key)
  bytes.append(UInt8(ascii: ":"))
  value.append(to: &bytes)
}

extension ReportedSeries.Report {
  /// Appends an open object with `start`, `end` and `val`; the value is an exact number.
  func appendPeriodAndValue(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    if let start = period.start { bytes += Array("\"start\":\"\(start)\",".utf8) }
    bytes += Array("\"end\":\"\(period.end)\",\"val\":".utf8)
    value.appendText(to: &bytes)
  }
}

extension PublishedTime {
  /// The day, in UTC.
  var day: CivilDate {
    switch self {
    case .moment(let time): time.day
    case .day(let day): day
    }
  }
}
