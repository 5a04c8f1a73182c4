import ArgumentParser
import Facts
import Ledger
import Projections
import Reports

/// What commands over facts understand.
struct FactOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A unique part of the entity's name or identifier. Default: every entity.",
      valueName: "entity"
    )
  )
  var entity: String?

  @OptionGroup var times: TimeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func request(_ words: [String], asOf: CivilDate? = nil) -> Ledger.FactsRequest {
    Ledger.FactsRequest(
      entity: entity,
      words: words,
      asOf: asOf,
      times: times.times,
      isAll: true
    )
  }

  /// Writes a table; in text also a line that names the latest filing it rests on.
  func write(_ table: Reports.Table, latestPublished: Timestamp?, notes: [String] = []) throws {
    let format = output.format()
    var text = table.rows.isEmpty && format == .text ? "" : table.rendered(as: format)
    if format == .text {
      for note in notes { text += note + "\n" }
      if let latestPublished { text += "latest published: \(PublishedTime(latestPublished))\n" }
    }
    try output.write(text)
  }
}

/// The command `assay history`.
struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Tell the biography of a figure: every claim of it, and what each changed.",
    discussion: """
      Words name the fact: part of its concept (Assets), a period (2009-12-31, 2004Q3), part of a \
      dimension (metal=gold). Where several facts match, they are listed.
      """
  )

  @Argument(help: "Words that name the fact.")
  var fact: [String]

  @OptionGroup var options: FactOptions

  func run() throws {
    let histories = try options.ledger.open().history(options.request(fact))
    if histories.count > 1, options.output.format() == .text { return try list(histories) }
    var table = Reports.Table(title: "assay.history/1", columns: Self.columns)
    for history in histories {
      for entry in history.entries { table.append(row(entry, of: history.fact)) }
    }
    guard options.output.format() == .text, let history = histories.first else {
      return try options.write(table, latestPublished: nil)
    }
    try options.write(
      readable(history),
      latestPublished: history.entries.map(\.listed.published.timestamp).max(),
      notes: history.entries.flatMap(\.notes)
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

  private func readable(_ history: FactHistory) -> Reports.Table {
    let fact = history.fact
    let dimensions = fact.dimensions.isEmpty ? "" : " [\(fact.dimensions.text)]"
    var table = Reports.Table(
      title: "\(fact.concept)\(dimensions) \(fact.period) \(fact.unit) of \(fact.entity)",
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
      fact.entity, fact.concept, fact.dimensions.text, fact.period.description, fact.unit,
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

extension FactHistory.Entry {
  /// What the claim did; for one that no longer counts, why.
  fileprivate var status: String {
    switch listed.status {
    case .corrected, .withdrawn: listed.status.rawValue
    default: role?.rawValue ?? listed.status.rawValue
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

extension Change {
  /// The difference for reading; empty where there is none to tell.
  var described: String {
    guard let difference else { return from.value == nil && to.value == nil ? "" : "n/a" }
    return difference.isZero ? "no change" : difference.grouped
  }

  /// The difference in percent of the figure before.
  var percent: String {
    guard let basisPoints else { return "" }
    return "\(basisPoints / 100).\(basisPoints % 100 < 10 ? "0" : "")\(basisPoints % 100)"
  }
}

extension Source {
  /// Where the figure is printed, for reading.
  fileprivate var described: String {
    let place = place.map { "line \($0.line), column \($0.column)" }
    return [place, text.map { "\"\($0)\"" }].compactMap(\.self).joined(separator: ": ")
  }
}

/// The command `assay diff`.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show what changed between two days of knowledge.",
    discussion: """
      Without a statement: every fact whose figure changed. With one: all of its lines, then and now.
      """
  )

  @Argument(help: ArgumentHelp("The one known-at: a day or a time.", valueName: "known-a"))
  var earlier: PublishedTime

  @Argument(help: ArgumentHelp("The other known-at.", valueName: "known-b"))
  var later: PublishedTime

  @Argument(help: "A statement's name. Default: all facts.")
  var statement: String?

  @Option(
    help: ArgumentHelp(
      "A unique part of the entity's name or identifier; needed if the ledger holds several.",
      valueName: "entity"
    )
  )
  var entity: String?

  @Option(
    help: ArgumentHelp("The reporting date. Default: the newest known.", valueName: "date")
  )
  var asOf: AsOfArgument?

  @Option(
    help: ArgumentHelp("Only facts that these words name.", valueName: "words")
  )
  var concept: String?

  @Option(help: ArgumentHelp("What the ledger had recorded then.", valueName: "sequence-or-time"))
  var recordedAt: RecordedArgument?

  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let ledger = try ledger.open()
    let times = Times(knownAt: later, recordedAt: recordedAt?.recorded)
    if let statement {
      let request = StatementRequest(statement, entity: entity, asOf: asOf?.date, times: times)
      let comparison = try ledger.comparison(request, with: earlier)
      return try output.write(
        ComparisonTable(comparison).rendered(as: output.format())
      )
    }
    let request = Ledger.FactsRequest(
      entity: entity,
      words: concept.map { [$0] } ?? [],
      asOf: asOf?.date,
      times: times
    )
    let difference = try ledger.difference(request, from: earlier, to: later)
    var text = difference.changes.table(title: "assay.diff/1").rendered(as: output.format())
    if output.format() == .text {
      if difference.changes.isEmpty { text = "no change\n" }
      text += "\(difference.changes.count) facts changed, \(difference.sameFactCount) did not, "
      text += "\(difference.newFactCount) became known\n"
      if let latest = difference.latestPublished {
        text += "latest published: \(PublishedTime(latest))\n"
      }
    }
    try output.write(text)
  }
}

/// The command `assay restatements`.
struct RestatementsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restatements",
    abstract: "List every figure that a later filing changed beyond rounding, the largest first."
  )

  @Option(
    help: ArgumentHelp("Only restated by filings published then or later.", valueName: "date")
  )
  var since: PublishedTime?

  @Option(help: ArgumentHelp("Only facts that these words name.", valueName: "words"))
  var concept: String?

  @Option(
    name: .customLong("min"),
    help: ArgumentHelp("Only changes of at least so many percent.", valueName: "percent")
  )
  var minimum: String?

  @OptionGroup var options: FactOptions

  func validate() throws { _ = try basisPoints }

  private var basisPoints: Int {
    get throws {
      guard let minimum else { return 0 }
      guard let amount = try? Amount(minimum), amount.mantissa >= 0 else {
        throw ValidationError("--min is \"\(minimum)\": give a percentage such as 5 or 0.5")
      }
      return Int(amount.scaledDigits(scale: -2, places: 0).whole) ?? .max
    }
  }

  func run() throws {
    let changes = try options.ledger.open().restatements(
      options.request(concept.map { [$0] } ?? []),
      since: since,
      basisPoints: basisPoints
    )
    let factCount = Set(changes.map(\.fact)).count
    try options.write(
      changes.table(title: "assay.restatements/1"),
      latestPublished: changes.map(\.toFiling.published.timestamp).max(),
      notes: [
        changes.isEmpty
          ? "no fact was restated" : "\(factCount) facts restated, \(changes.count) times"
      ]
    )
  }
}

extension [FactChange] {
  /// One row for each change.
  fileprivate func table(title: String) -> Reports.Table {
    var table = Reports.Table(
      title: title,
      columns: [
        .init("entity"), .init("concept"), .init("dimensions"), .init("period"), .init("unit"),
        .init("then", .right), .init("now", .right), .init("change", .right),
        .init("percent", .right), .init("from"), .init("to"), .init("published"),
        .init("sequence", .right),
      ]
    )
    for change in self {
      table.append([
        change.fact.entity, change.fact.concept, change.fact.dimensions.text,
        change.fact.period.description, change.fact.unit,
        change.change.from.value?.description ?? "nil",
        change.change.to.value?.description ?? "nil",
        change.change.difference?.description ?? "", change.change.percent,
        change.fromFiling.filing, change.toFiling.filing,
        change.toFiling.published.description, String(change.sequence),
      ])
    }
    return table
  }
}
