import Facts
import JSON
import Ledger
import Platform

/// Writes one figure of each company for one stretch of the calendar, in the shape `frames`.
struct FrameWriter {
  let taxonomy: String
  let tag: String

  /// The unit as it stands in addresses: `USD-per-shares`.
  let unit: String

  /// `CY2019`, `CY2019Q1` or `CY2019Q1I`.
  let frame: String

  /// - Throws: `LedgerError`; ``Problem`` 404 if no company has the figure.
  /// - Complexity: O(*e* (log *n* + *k*)), for *e* entities and *k* claims of one for periods near the frame.
  func write(_ view: borrowing Ledger.View) throws -> WebResponse {
    let concept = "\(taxonomy):\(tag)"
    let unitName = unit.replacing("-per-", with: "/")
    var spool = WebSpool()
    try spool.append { bytes in
      appendMember("taxonomy", .string(taxonomy), first: true, to: &bytes)
      appendMember("tag", .string(tag), to: &bytes)
      appendMember("ccp", .string(frame), to: &bytes)
      appendMember("uom", .string(unit), to: &bytes)
    }
    let label = try label(of: concept, in: view)
    var rows = WebSpool()
    var count = 0
    let entities = try view.allEntities().filter { $0.centralIndexKey != nil }
    let reports = try view.frame(frame, of: concept, in: unitName, entities: entities.map(\.entity))
    for (entity, report) in zip(entities, reports) {
      guard let report, let key = entity.centralIndexKey else { continue }
      try rows.append { bytes in
        if count > 0 { bytes.append(UInt8(ascii: ",")) }
        report.appendPeriodAndValue(to: &bytes)
        appendMember("accn", .string(report.filing), to: &bytes)
        appendMember("cik", .integer(key), to: &bytes)
        appendMember("entityName", .string(entity.name), to: &bytes)
        appendMember("loc", .null, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
      }
      count += 1
    }
    guard count > 0 else {
      throw Problem(404, "no company reports \(concept) in \(unitName) for \(frame)")
    }
    try spool.append { bytes in
      appendMember("label", label, to: &bytes)
      appendMember("description", .null, to: &bytes)
      appendMember("pts", .integer(count), to: &bytes)
      bytes += Array(#","data":["#.utf8)
    }
    var pieces = rows.finished.pieces
    while let piece = try pieces.next() { try spool.append(piece) }
    try spool.append(Array("]}".utf8))
    return WebResponse(
      200,
      headers: [("Content-Type", MediaType.json.rawValue)],
      body: .spooled(spool.finished)
    )
  }
}
