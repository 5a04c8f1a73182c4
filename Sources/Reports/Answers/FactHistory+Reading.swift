import Facts
import Ledger
import Platform

extension FactHistory {
  /// The fact, for reading.
  var title: String {
    let dimensions = fact.dimensions.isEmpty ? "" : " [\(fact.dimensions.text)]"
    return "\(fact.concept)\(dimensions) \(fact.period) \(fact.unit) of \(fact.entity)"
  }

  /// Which of its figures it is the history of: `low: us-gaap:Assets …`.
  var endTitle: String {
    switch rangeEnd {
    case .figure: title
    case .low: "lower end of \(title)"
    case .high: "upper end of \(title)"
    }
  }

  /// The biography for reading: its table, if there is any claim, and what is worth a word.
  var blocks: [Block] {
    let table = isDerived ? derivationTable : claimTable
    return (table.rows.isEmpty ? [] : [.table(table)]) + [
      .lines(entries.flatMap(\.remarks) + absence)
    ]
  }

  /// Whether nobody reported the figure.
  private var isDerived: Bool { if case .derived = answer { true } else { false } }

  /// Which column of ``claimTable`` says what each claim did.
  private static let statusColumn = 6

  private var claimTable: Table {
    var table = Table(
      TableHead(
        title: title,
        columns: [
          .init("published"), .init("filing"), .init("form"),
          .init("value", .right, isGrouped: true), .init("decimals", .right),
          .init("change", .right), .init("status"), .init("printed"), .init("sequence", .right),
          .init("leaf hash"),
        ]
      )
    )
    for entry in entries {
      let claim = entry.listed.claim
      let cells: [Cell] = [
        .time(entry.listed.published), .text(claim.filing), Cell(entry.form),
        .figure(claim.figure), Cell(claim.figure.decimals), Cell(entry.change?.described),
        .text(entry.status), Cell(claim.source?.described), Cell(entry.listed.sequence),
        .text(String(entry.leafHash.prefix(12))),
      ]
      table.append(cells, entry.style, at: Self.statusColumn)
    }
    return table
  }

  /// What is added up, and what comes of it.
  private var derivationTable: Table {
    var table = Table(
      TableHead(
        title: title + ": not reported, derived",
        columns: [
          .init("sign", title: ""), .init("period"), .init("value", .right, isGrouped: true),
          .init("decimals", .right), .init("published"), .init("filing"), .init("printed"),
          .init("sequence", .right), .init("leaf hash"),
        ]
      )
    )
    for entry in entries {
      let claim = entry.listed.claim
      table.append([
        .text(entry.isSubtracted == true ? "-" : "+"), .period(claim.fact.period),
        .figure(claim.figure), Cell(claim.figure.decimals), .time(entry.listed.published),
        .text(claim.filing), Cell(claim.source?.described), Cell(entry.listed.sequence),
        .text(String(entry.leafHash.prefix(12))),
      ])
    }
    if case .derived(let derived) = answer {
      table.append([
        .text("="), .period(fact.period), .figure(derived.figure),
        Cell(derived.figure.decimals), .none, .none, .none, .none, .none,
      ])
    }
    return table
  }

  /// Which answer there is in place of a figure; empty if there is one.
  private var absence: [String] {
    switch answer {
    case .notYetKnown(let claim):
      ["not yet known: the first claim was published \(PublishedTime(claim.published))"]
    case .notReported where entries.isEmpty: ["not reported, on these three times"]
    case .derived(let derived):
      [
        "\(title): not reported, derived",
        "the roundings leave open \(derived.low) to \(derived.high)",
      ]
        + (derived.vintage.map {
          ["\($0.text): later filings restated some of the figures, and not the others"]
        } ?? [])
    case .retracted(_, let filing, let published):
      ["retracted by filing \(filing), published \(PublishedTime(published))"]
    case .notReported, .holds, .range, .conflict, .notDerivable: []
    }
  }
}

extension FactHistory.Entry {
  /// What the claim did; for one that no longer counts, why.
  var status: String {
    if let isSubtracted { return isSubtracted ? "subtracted" : "added" }
    switch listed.status {
    case .corrected, .withdrawn, .retracted: return listed.status.rawValue
    default: return role?.rawValue ?? listed.status.rawValue
    }
  }

  /// How ``status`` stands out.
  fileprivate var style: TextStyle? { listed.status.style ?? role?.style }

  /// What a reader should know beside the table.
  fileprivate var remarks: [String] {
    var remarks: [String] = []
    if let split {
      remarks.append("event \(listed.sequence): \(split.words)")
    } else if let exponent = change?.scaleSlip {
      let factor = [3: "a thousand", 6: "a million", 9: "a thousand million"][exponent] ?? ""
      remarks.append(
        "event \(listed.sequence) differs by a factor of \(factor): likely a scale error of the filer"
      )
    }
    if let amendment {
      remarks.append(
        "event \(listed.sequence) was \(listed.status.rawValue) by event \(amendment.sequence): "
          + amendment.reason
      )
    }
    return remarks
  }
}

extension Source {
  /// Where the figure is printed, for reading.
  fileprivate var described: String {
    let place = place.map { "line \($0.line), column \($0.column)" }
    return [place, text.map { "\"\($0)\"" }].compactMap(\.self).joined(separator: ": ")
  }
}
