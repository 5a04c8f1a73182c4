import Facts
import Ledger

/// The addresses of the SEC's data API (<https://www.sec.gov/search-filings/edgar-application-programming-interfaces>),
/// answered from the ledger.
///
/// Each is there as it is, and below `/known-at/{known-at}`, `/recorded-at/{recorded-at}` or both, since programs
/// that speak that API take the address of a server and nothing else.
enum SECRoutes {
  static let all: [Route] = prefixes.flatMap { prefix in
    [
      Route(
        "GET",
        prefix + "/api/xbrl/companyfacts/{file}",
        summary:
          "All that a company's filings report without dimensions, as companyfacts; CIK##########.json. "
          + "Descriptions are null.",
        .view(companyFacts)
      ),
      Route(
        "GET",
        prefix + "/api/xbrl/companyconcept/{company}/{taxonomy}/{file}",
        summary: "One concept of a company, CIK##########, as companyconcept; its tag and .json.",
        .view(concept)
      ),
      Route(
        "GET",
        prefix + "/api/xbrl/frames/{taxonomy}/{tag}/{unit}/{file}",
        summary:
          "One figure of each company for a frame such as CY2019Q1I.json, as frames. Places are null.",
        .view(frame)
      ),
      Route(
        "GET",
        prefix + "/submissions/{file}",
        summary:
          "A company and its filings, as submissions; CIK##########.json. What is not known is null or "
          + "empty.",
        .view(submissions)
      ),
    ]
  }

  private static let prefixes = [
    "", "/known-at/{known-at}", "/recorded-at/{recorded-at}",
    "/known-at/{known-at}/recorded-at/{recorded-at}",
  ]

  @Sendable private static func companyFacts(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let entity = try entity(name(ofFile: call["file"]), in: view)
    return try CompanyFactsWriter(entity).companyFacts(view)
  }

  @Sendable private static func concept(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let entity = try entity(call["company"], in: view)
    let concept = "\(call["taxonomy"]):\(try name(ofFile: call["file"]))"
    return try CompanyFactsWriter(entity).companyConcept(concept, view)
  }

  @Sendable private static func frame(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    try FrameWriter(
      taxonomy: call["taxonomy"],
      tag: call["tag"],
      unit: call["unit"],
      frame: name(ofFile: call["file"])
    ).write(view)
  }

  @Sendable private static func submissions(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let entity = try entity(name(ofFile: call["file"]), in: view)
    return try SubmissionsWriter(entity).write(view)
  }

  /// The name of a file without `.json`.
  private static func name(ofFile file: String) throws -> String {
    guard file.hasSuffix(".json") else {
      throw Problem(404, "there is no file \"\(file)\"", remedy: "its name ends in .json")
    }
    return String(file.dropLast(5))
  }

  /// The company of `CIK##########`.
  private static func entity(
    _ name: String,
    in view: borrowing Ledger.View
  ) throws -> EntityDefinition {
    let digits = name.dropFirst(3)
    guard name.hasPrefix("CIK"), digits.utf8.count == 10,
      digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 })
    else {
      throw Problem(404, "there is no company \"\(name)\"", remedy: "write CIK and ten digits")
    }
    return try view.entity(matching: "cik:\(digits)")
  }
}

extension EntityDefinition {
  /// Its central index key; `nil` for one that the SEC does not number.
  var centralIndexKey: Int? {
    entity.hasPrefix("cik:") ? Int(entity.dropFirst("cik:".count)) : nil
  }
}
