import Facts
public import JSON
import Ledger

extension StatementReport {
  /// One object, `assay.statement/1`: values in full units, with their own signs.
  public var object: JSONValue? {
    let definition = statement.definition
    var members = Members([
      ("schema", .string("assay.statement/1")), ("statement", .string(definition.statement)),
      ("title", .string(definition.title)), ("entity", .string(statement.entity.entity)),
      ("entityName", .string(statement.entity.name)),
      ("layout", .string(statement.filedLayout?.filing.filing ?? "general")),
      ("currency", .string(statement.definition.unit)),
      ("asOf", .string(statement.asOf.description)),
    ])
    if let asked = statement.requestedAsOf, asked != statement.asOf {
      members.append(("requestedAsOf", .string(asked.description)))
    }
    let knownAt = statement.knownAt?.published
    members += [
      ("knownAt", knownAt.map { .string($0) } ?? .null),
      ("recordedAt", recordedAtJSON),
      ("columns", .array(statement.columns.indices.map(json))),
      ("lines", .array(statement.lines.map(json))),
      ("latestPublished", receipt.latestPublished.map { .string($0.published) } ?? .null),
      ("latestFiling", receipt.latestPublished.map { .string($0.filing) } ?? .null),
      ("query", .string(receipt.query)), ("factsChecksum", .string(receipt.factsChecksum)),
    ]
    if let signature = receipt.signature { members.append(("signature", .string(signature))) }
    if !statement.footnotes.isEmpty {
      members.append(("footnotes", .array(statement.footnotes.map(\.json))))
    }
    if !statement.partialFilings.isEmpty {
      members.append(("recordedInPart", .array(statement.partialFilings.map(\.json))))
    }
    return .object(members)
  }

  /// One object for each cell, each with everything that says what it is about.
  public var records: [JSONValue]? {
    statement.lines.flatMap { line in
      zip(line.cells, statement.columns).enumerated().map { index, entry in
        let (cell, column) = entry
        var members = Members([
          ("statement", .string(statement.definition.statement)),
          ("entity", .string(statement.entity.entity)),
          ("label", .string(line.definition.label)), ("depth", .integer(line.definition.depth)),
        ])
        members += aspects(of: line, line.concept(ofCell: index))
        members.append(("period", .string(line.period(in: column).description)))
        return .object(members + self.members(of: cell) + self.members(of: line.absences[index]))
      }
    }
  }

  private var recordedAtJSON: JSONValue {
    .object([("head", .integer(Int(receipt.head))), ("root", .string(receipt.root))])
  }

  /// The column at `index`, with the vintage of its derived figures where it is not the newest.
  private func json(_ index: Int) -> JSONValue {
    let column = statement.columns[index]
    var members = Members([
      ("period", .string(column.period.description)), ("label", .string(column.label)),
    ])
    if !column.heading.isEmpty { members.append(("heading", .string(column.heading))) }
    for line in statement.lines where line.cells.indices.contains(index) {
      guard let vintage = line.cells[index].vintage else { continue }
      return .object(members + [("vintage", vintage.json)])
    }
    return .object(members)
  }

  private func json(_ line: StatementAnswer.Line) -> JSONValue {
    let definition = line.definition
    var members = Members([
      ("label", .string(definition.label)), ("depth", .integer(definition.depth)),
    ])
    guard !line.isHeading else { return .object(members) }
    members += aspects(of: line, line.concept)
    if definition.isNegated { members.append(("negated", .bool(true))) }
    if let edge = definition.instant { members.append(("instant", .string(edge.rawValue))) }
    let cells = line.cells.enumerated().map { index, cell in
      var members = self.members(of: cell) + self.members(of: line.absences[index])
      if let concept = line.otherConcepts[index] { members.append(("concept", .string(concept))) }
      return JSONValue.object(members)
    }
    members.append(("cells", .array(cells)))
    return .object(members)
  }

  private func aspects(of line: StatementAnswer.Line, _ concept: String?) -> Members {
    [
      ("concept", concept.map { .string($0) } ?? .null),
      ("dimensions", line.definition.dimensions.json),
      ("unit", .string(line.definition.unit ?? statement.definition.unit)),
    ]
  }

  private func members(of cell: FactAnswer) -> Members {
    let status: (key: String, value: JSONValue) = ("status", .string(cell.status))
    switch cell {
    case .holds(let claim): return [status] + members(of: claim)
    case .range(let low, let high):
      let ends = [("low", low), ("high", high)].map { name, claim in
        (key: name, value: JSONValue.string(claim.figure.value?.description ?? "0"))
      }
      let claims = JSONValue.array([low, high].map { .object(members(of: $0)) })
      return [status] + ends + [("claims", claims)]
    case .retracted(let claims, let filing, let published):
      return [
        status, ("claims", .array(claims.map { .object(members(of: $0)) })),
        ("retractedBy", .string(filing)), ("retracted", .string(published.published)),
      ]
    case .conflict(let claims):
      return [status, ("claims", .array(claims.map { .object(members(of: $0)) }))]
    case .notReported: return [status]
    case .notYetKnown(let claim):
      return [status, ("firstPublished", .string(claim.published.published))]
    case .derived(let derived):
      let operands = derived.operands.map { JSONValue.object(members(of: $0)) }
      let vintage = derived.vintage.map { [(key: "vintage", value: $0.json)] } ?? []
      return [status] + derived.figure.members + [
        ("low", .string(derived.low)), ("high", .string(derived.high)),
        ("operands", .array(operands)),
      ] + vintage
    case .notDerivable(let reason): return [status, ("reason", .string(reason))]
    }
  }

  private func members(of absence: ReportedOtherwise?) -> Members {
    guard let absence else { return [] }
    let fact = absence.fact
    let reported: Members = [
      ("concept", .string(fact.concept)), ("dimensions", fact.dimensions.json),
      ("unit", .string(fact.unit)), ("period", .string(fact.period.description)),
    ]
    return [("reason", .string(absence.reason.rawValue)), ("reported", .object(reported))]
  }

  private func members(of operand: DerivedFigure.Operand) -> Members {
    [
      ("weight", .integer(operand.isSubtracted ? -1 : 1)),
      ("period", .string(operand.claim.period.description)),
    ] + members(of: operand.claim)
  }

  private func members(of claim: ReportedFigure) -> Members {
    claim.figure.members + [
      ("sequence", .integer(Int(claim.sequence))), ("filing", .string(claim.filing)),
    ]
  }
}

/// The members of a JSON object, in order.
typealias Members = [(key: String, value: JSONValue)]

extension Figure {
  /// Value, decimals and qualifier, those it has.
  var members: Members {
    var members = Members()
    if let value { members.append(("value", .string(value.description))) }
    if let decimals { members.append(("decimals", .integer(Int(decimals)))) }
    if let qualifier { members.append(("qualifier", .string(qualifier.rawValue))) }
    return members
  }
}

extension Dimensions {
  /// An object, empty for none.
  var json: JSONValue {
    .object(pairs.map { (String($0.key), .string(String($0.value))) })
  }
}

extension Footnote {
  fileprivate var json: JSONValue {
    .object([
      ("filing", .string(filing)), ("mark", .of(mark)), ("text", .string(text)),
      ("line", source?.place.map { .integer(Int($0.line)) } ?? .null),
    ])
  }
}

extension Coverage {
  fileprivate var json: JSONValue {
    .object([
      ("filing", .string(filing)), ("figures", .integer(figureCount)),
      ("unmapped", .integer(unmappedCount)),
    ])
  }
}

extension DerivedFigure.Vintage {
  /// The moment and the filing.
  var json: JSONValue {
    .object([("published", .string(published.published)), ("filing", .string(filing))])
  }
}
