public import Facts
import JSON
public import Ledger

/// Writes the claims of one filing as an xBRL-JSON report (Open Information Model 1.0), one by one.
///
/// Names have the namespaces that the filing's own report declared for them (`Filing/Report`). Texts of
/// the report are not in the ledger, and so not here.
public struct XBRLJSONReport {
  private let filing: Filing
  private let names: Filing.Report
  private let sink: ([UInt8]) throws -> Void
  private var count = 0

  /// The prefix of entities whose names hold their scheme.
  private static let schemePrefix = "scheme"

  /// Writes the start of a report.
  ///
  /// - Parameters:
  ///   - filing: The filing, as it is recorded.
  ///   - sink: Takes the bytes, part by part.
  /// - Throws: `InvalidEvent` if nothing is recorded of its names; whatever the sink throws.
  public init(_ filing: Filing, sink: @escaping ([UInt8]) throws -> Void) throws {
    guard let names = filing.report else {
      throw InvalidEvent(
        "of filing \(filing.filing) no namespaces are recorded",
        remedy: "import its XBRL report again: figures that are recorded are not recorded twice"
      )
    }
    (self.filing, self.names, self.sink) = (filing, names, sink)
    var namespaces = names.namespaces
    if let scheme = Self.scheme(of: filing.entity) { namespaces[Self.schemePrefix] = scheme }
    let info = JSONValue.object([
      ("documentType", .string("https://xbrl.org/2021/xbrl-json")),
      (
        "namespaces",
        .object(namespaces.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
      ),
      ("taxonomy", .array(names.taxonomy.map(JSONValue.string))),
    ])
    try sink(Array("{\"documentInfo\":".utf8) + info.bytes + Array(",\"facts\":{".utf8))
  }

  /// Writes a claim of the filing, unless it was corrected or withdrawn.
  ///
  /// - Throws: `InvalidEvent` if the report has no name for a part of its fact; whatever the sink throws.
  public mutating func append(_ listed: ListedClaim) throws {
    guard listed.status != .corrected, listed.status != .withdrawn else { return }
    let (fact, figure) = (listed.claim.fact, listed.claim.figure)
    guard figure.qualifier == nil else {
      throw refusal("says \"\(figure.qualifier?.rawValue ?? "")\"", of: listed)
    }
    var dimensions: [(key: String, value: JSONValue)] = [
      ("concept", .string(try known(fact.concept, of: listed))),
      ("entity", .string(try entity(fact.entity, of: listed))),
      ("period", .string(Self.written(fact.period))),
    ]
    if fact.unit != "pure" { dimensions.append(("unit", .string(try unit(of: listed)))) }
    for pair in fact.dimensions.pairs {
      let key = try known(String(pair.key), of: listed)
      dimensions.append((key, .string(String(pair.value))))
    }
    var members: [(key: String, value: JSONValue)] = [
      ("value", figure.value.map { .string($0.description) } ?? .null)
    ]
    if let decimals = figure.decimals { members.append(("decimals", .integer(Int(decimals)))) }
    members.append(("dimensions", .object(dimensions)))
    let start = count == 0 ? "\n" : ",\n"
    try sink(Array("\(start)\"f\(listed.sequence)\":".utf8) + JSONValue.object(members).bytes)
    count += 1
  }

  /// Writes the end.
  ///
  /// - Throws: `InvalidEvent` if the filing has no claim; whatever the sink throws.
  public func finish() throws {
    guard count > 0 else {
      throw InvalidEvent(
        "filing \(filing.filing) has no figure that stands",
        remedy: "list all claims of the filing to see what became of them"
      )
    }
    try sink(Array("\n}}\n".utf8))
  }

  private func refusal(_ what: String, of listed: ListedClaim) -> InvalidEvent {
    InvalidEvent(
      "event \(listed.sequence), \(listed.claim.fact.concept), \(what)",
      remedy: "xBRL-JSON has no way to say that: write the facts as csv or json"
    )
  }

  /// A name whose prefix the report declares.
  private func known(_ name: String, of listed: ListedClaim) throws -> String {
    let parts = name.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, names.namespaces[String(parts[0])] != nil else {
      throw refusal("has the name \(name), which is none of its report", of: listed)
    }
    return name
  }

  private func entity(_ name: String, of listed: ListedClaim) throws -> String {
    guard let scheme = Self.scheme(of: name) else { return try known(name, of: listed) }
    guard scheme == Self.scheme(of: filing.entity) else {
      throw refusal("is of an entity of another scheme", of: listed)
    }
    return "\(Self.schemePrefix):\(name.dropFirst(scheme.count + 1))"
  }

  /// The scheme of an entity `SCHEME#IDENTIFIER`; `nil` for one with a prefix.
  private static func scheme(of entity: String) -> String? {
    entity.lastIndex(of: "#").map { String(entity[..<$0]) }
  }

  /// The unit with the prefixes of its measures, in the order of the Open Information Model.
  private func unit(of listed: ListedClaim) throws -> String {
    let sides = try listed.claim.fact.unit.split(separator: "/").map { side in
      let isGroup = side.first == "("
      let measures = try side.drop { $0 == "(" }.prefix { $0 != ")" }.split(separator: "*").map {
        guard let prefix = names.measures[String($0)] else {
          throw refusal(
            "has the unit \(listed.claim.fact.unit), which is none of its report",
            of: listed
          )
        }
        return "\(prefix):\($0)"
      }
      let product = measures.sorted().joined(separator: "*")
      return isGroup ? "(\(product))" : product
    }
    return sides.joined(separator: "/")
  }

  /// Midnights: that which ends an instant, or begins and ends a stretch of days.
  private static func written(_ period: Period) -> String {
    let end = "\(period.end.advanced(byDays: 1))T00:00:00"
    return period.start.map { "\($0)T00:00:00/\(end)" } ?? end
  }
}
