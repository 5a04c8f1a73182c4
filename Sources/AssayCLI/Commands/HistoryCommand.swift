import ArgumentParser
import Facts
import Ledger
import Projections
import Reports

/// The command `assay history`.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "history")

  @Argument(help: "Words that name the fact.")
  var fact: [String]

  @OptionGroup var options: FactOptions

  func run() throws {
    let histories = try options.ledger.open().history(options.request(fact))
    if histories.count > 1, options.output.format() == .text { return try list(histories) }
    var table = Reports.Table(title: "assay.history/1", columns: Self.columns)
    for history in histories {
      for entry in history.entries { table.append(row(entry, of: history.fact)) }
      if let row = derivedRow(history) { table.append(row) }
    }
    guard options.output.format() == .text, let history = histories.first else {
      return try options.write(table, latestPublished: nil)
    }
    try options.write(
      history.isDerived ? derivation(history) : readable(history),
      latestPublished: history.entries.map(\.listed.published.timestamp).max(),
      notes: history.entries.flatMap(\.notes) + history.absence
    )
  }

  /// Names the facts that match, when the words fit several.
  private func list(_ histories: [FactHistory]) throws {
    var table = Reports.Table(
      title: "Facts",
      columns: [
        .init("concept"), .init("dimensions"), .init("period"), .init("unit"),
        .init("claims", .right), .init("values", .right),
      ]
    )
    for history in histories {
      let values = Set(history.entries.map { $0.listed.claim.figure.value?.description ?? "nil" })
      table.append([
        history.fact.concept, history.fact.dimensions.text, history.fact.period.description,
        history.fact.unit, String(history.entries.count), String(values.count),
      ])
    }
    try options.write(
      table,
      latestPublished: nil,
      notes: ["\(histories.count) facts match: add a period, a dimension or the whole name"]
    )
  }

  /// What is added up, and what comes of it.
  private func derivation(_ history: FactHistory) -> Reports.Table {
    var table = Reports.Table(
      title: history.title + ": not reported, derived",
      columns: [
        .init(""), .init("period"), .init("value", .right), .init("decimals", .right),
        .init("published"), .init("filing"), .init("printed"), .init("sequence", .right),
        .init("leaf hash"),
      ]
    )
    for entry in history.entries {
      let claim = entry.listed.claim
      table.append([
        entry.isSubtracted == true ? "-" : "+", claim.fact.period.description,
        claim.figure.grouped, claim.figure.decimals.map { String($0) } ?? "",
        entry.listed.published.description, claim.filing, claim.source?.described ?? "",
        String(entry.listed.sequence), String(entry.leafHash.prefix(12)),
      ])
    }
    if case .derived(let derivation) = history.answer {
      table.append([
        "=", history.fact.period.description, derivation.figure.grouped,
        derivation.figure.decimals.map { String($0) } ?? "", "", "", "", "", "",
      ])
    }
    return table
  }

  /// The derived figure itself, under the claims it is added up from.
  private func derivedRow(_ history: FactHistory) -> [String]? {
    guard case .derived(let derivation) = history.answer else { return nil }
    let (fact, figure) = (history.fact, derivation.figure)
    let values = [
      "entity": fact.entity, "concept": fact.concept, "dimensions": fact.dimensions.text,
      "period": fact.period.description, "unit": fact.unit,
      "value": figure.value?.description ?? "nil",
      "decimals": figure.decimals.map { String($0) } ?? "",
      "qualifier": figure.qualifier?.rawValue ?? "", "status": "derived",
    ]
    return Self.columns.map { values[$0.title] ?? "" }
  }

  private func readable(_ history: FactHistory) -> Reports.Table {
    var table = Reports.Table(
      title: history.title,
      columns: [
        .init("published"), .init("filing"), .init("form"), .init("value", .right),
        .init("decimals", .right), .init("change", .right), .init("status"), .init("printed"),
        .init("sequence", .right), .init("leaf hash"),
      ]
    )
    for entry in history.entries {
      let claim = entry.listed.claim
      table.append([
        entry.listed.published.description, claim.filing, entry.form ?? "", claim.figure.grouped,
        claim.figure.decimals.map { String($0) } ?? "",
        entry.change.map(\.described) ?? "", entry.status, claim.source?.described ?? "",
        String(entry.listed.sequence), String(entry.leafHash.prefix(12)),
      ])
    }
    return table
  }

  private static let columns: [Reports.Table.Column] = [
    "entity", "concept", "dimensions", "period", "unit", "published", "filing", "form", "value",
    "decimals", "qualifier", "change", "status", "role", "scaleSlip", "line", "column", "text",
    "sequence", "recorded", "leafHash", "amendedBy", "reason",
  ].map { Reports.Table.Column($0) }

  private func row(_ entry: FactHistory.Entry, of fact: Fact) -> [String] {
    let claim = entry.listed.claim
    let place = claim.source?.place
    return [
      fact.entity, fact.concept, fact.dimensions.text, claim.fact.period.description, fact.unit,
      entry.listed.published.description, claim.filing, entry.form ?? "",
      claim.figure.value?.description ?? "nil", claim.figure.decimals.map { String($0) } ?? "",
      claim.figure.qualifier?.rawValue ?? "", entry.change?.difference?.description ?? "",
      entry.status, entry.role?.rawValue ?? "",
      entry.change?.scaleSlip.map { "10^\($0)" } ?? "", place.map { String($0.line) } ?? "",
      place.map { String($0.column) } ?? "", claim.source?.text ?? "",
      String(entry.listed.sequence), entry.listed.recorded.description, entry.leafHash,
      entry.amendment.map { String($0.sequence) } ?? "", entry.amendment?.reason ?? "",
    ]
  }
}

extension FactHistory {
  /// Whether nobody reported the figure.
  fileprivate var isDerived: Bool { if case .derived = answer { true } else { false } }

  /// The fact, for reading.
  fileprivate var title: String {
    let dimensions = fact.dimensions.isEmpty ? "" : " [\(fact.dimensions.text)]"
    return "\(fact.concept)\(dimensions) \(fact.period) \(fact.unit) of \(fact.entity)"
  }

  /// Which answer there is in place of a figure; empty if there is one.
  fileprivate var absence: [String] {
    switch answer {
    case .notYetKnown(let row):
      ["not yet known: the first claim was published \(PublishedTime(row.published))"]
    case .notReported where entries.isEmpty: ["not reported, on these three times"]
    case .derived(let derivation):
      [
        "\(title): not reported, derived",
        "the roundings leave open \(derivation.low) to \(derivation.high)",
      ]
    case .notReported, .holds, .conflict, .notDerivable: []
    }
  }
}

extension FactHistory.Entry {
  /// What the claim did; for one that no longer counts, why.
  fileprivate var status: String {
    if let isSubtracted { return isSubtracted ? "subtracted" : "added" }
    switch listed.status {
    case .corrected, .withdrawn: return listed.status.rawValue
    default: return role?.rawValue ?? listed.status.rawValue
    }
  }

  /// What a reader should know beside the table.
  fileprivate var notes: [String] {
    var notes: [String] = []
    if let exponent = change?.scaleSlip {
      let factor = [3: "a thousand", 6: "a million", 9: "a thousand million"][exponent] ?? ""
      notes.append(
        "event \(listed.sequence) differs by a factor of \(factor): likely a scale error of the filer"
      )
    }
    if let amendment {
      notes.append(
        "event \(listed.sequence) was \(listed.status.rawValue) by event \(amendment.sequence): "
          + amendment.reason
      )
    }
    return notes
  }
}

extension Source {
  /// Where the figure is printed, for reading.
  fileprivate var described: String {
    let place = place.map { "line \($0.line), column \($0.column)" }
    return [place, text.map { "\"\($0)\"" }].compactMap(\.self).joined(separator: ": ")
  }
}
