import Facts
public import JSON
public import Ledger
import Platform

/// Results of checks, as auditors mark them.
public struct CheckReport: Document, Sendable {
  /// The results.
  public let answer: CheckAnswer

  /// Whether text has the results that agree and that are not checkable, too; the other formats
  /// always have all.
  public let isVerbose: Bool

  /// A report of `answer`.
  ///
  /// - Parameters:
  ///   - answer: The results of the checks.
  ///   - isVerbose: Whether text has the results that agree and that are not checkable, too.
  public init(_ answer: CheckAnswer, isVerbose: Bool) {
    self.answer = answer
    self.isVerbose = isVerbose
  }

  /// One row for each result.
  public var rows: Table {
    var table = Table(
      TableHead(title: "Checks", shape: .init("assay.check/1"), columns: Self.columns)
    )
    for result in answer.results {
      table.append([
        .text(result.check.check), .text(result.check.kind.rawValue), .period(result.period),
        .text(result.status.rawValue), .text(result.total.operand.unit),
        Cell(decimal: result.reported),
        Cell(decimal: result.computed), Cell(decimal: result.residual),
        Cell(decimal: result.tolerance), Cell(result.reason),
        .dimensions(result.total.operand.dimensions),
        result.mixture.map { .list([.text($0.earlier), .text($0.restating)]) } ?? .none,
      ])
    }
    return table
  }

  /// How many results there are of each status, and the latest filing that they rest on.
  public var notes: [Note] {
    [Note(summary)]
      + (answer.latestPublished.map { [Note("latest published: \(PublishedTime($0))")] } ?? [])
  }

  /// The results with their figures and the places where these are printed.
  public var text: [Block] { [.styled(lines), .notes(notes)] }

  /// The title, a row for each result with its tick mark, what the marks mean, and the notes.
  public var page: [Block] {
    let marks = Set(answer.results.map(\.mark))
    let legend = Self.legend.filter { marks.contains($0.mark) }
    return [
      .heading("Ties", level: 1), .table(readable), .items(legend.map { ($0.mark, $0.meaning) }),
      .notes(notes),
    ]
  }

  /// The results for reading: figures grouped, each with its mark.
  private var readable: Table {
    var table = Table(
      TableHead(
        title: "Ties",
        columns: [
          .init("mark", title: ""), .init("check"), .init("period"), .init("unit"),
          .init("reported", .right), .init("computed", .right), .init("residual", .right),
          .init("tolerance", .right, title: "rounding explains"), .init("remark"),
        ]
      )
    )
    for result in answer.results {
      let dimensions = result.total.operand.dimensions
      let aspects =
        result.check.aspects == .ofTotal && !dimensions.isEmpty ? " [\(dimensions.text)]" : ""
      table.append([
        .text(result.mark), .text(result.check.title + aspects), .period(result.period),
        .text(result.total.operand.unit), .text(grouped(result.reported)),
        .text(grouped(result.computed)), .text(grouped(result.residual)),
        .text(grouped(result.tolerance)), .text(result.reason ?? result.status.remark),
      ])
    }
    return table
  }

  /// `assay.check/1`: the results with their operands.
  public var object: JSONValue? {
    .object([
      ("schema", .string("assay.check/1")), ("results", .array(answer.results.map(json))),
      (
        "summary",
        .object(
          CheckStatus.allCases.map { ($0.rawValue, .integer(answer.counts[$0] ?? 0)) }
        )
      ),
      ("latestPublished", .of(answer.latestPublished.map { PublishedTime($0).description })),
    ])
  }

  /// One object for each result.
  public var records: [JSONValue]? { answer.results.map(json) }

  /// How many results there are of each status.
  var summary: String { Self.summary(answer.counts, of: answer.results.count) }

  /// How many of so many ties there are of each status.
  static func summary(_ counts: [CheckStatus: Int], of total: Int) -> String {
    let counts = CheckStatus.allCases.map { status in
      let count = counts[status] ?? 0
      return status == .exception
        ? counted(count, "exception", "exceptions") : "\(count) \(status.words)"
    }
    return "\(counted(total, "tie", "ties")): " + counts.joined(separator: ", ")
  }
}

extension CheckReport {
  static let legend: [(mark: String, meaning: String)] = [
    ("F", "footed"), ("C", "cross-footed"), ("R", "recomputed"),
    ("A", "agrees to another statement or place"), ("V", "vouched to the printed text"),
    ("~", "agrees within rounding"),
    ("i", "immaterial"), ("!", "exception"), ("?", "not checkable"),
  ]

  private var lines: [StyledText] {
    let shown = answer.results.filter { isVerbose || !($0.isQuiet || $0.status == .notCheckable) }
    var lines = shown.flatMap { result in
      let texts = self.lines(result)
      return [StyledText(texts[0], result.status.style)] + .init(Array(texts.dropFirst()))
    }
    let marks = Set(shown.map(\.mark))
    let used = Self.legend.filter { marks.contains($0.mark) }
    if !used.isEmpty {
      let legend = used.map { "\($0.mark) \($0.meaning)" }
      lines.append(StyledText(legend.joined(separator: "   ")))
    }
    return lines
  }

  private func lines(_ result: CheckAnswer.Result) -> [String] {
    let isComparison = result.check.total == nil
    let title = isComparison ? result.total.operand.concept ?? "" : result.check.title
    let dimensions = result.check.aspects == .ofTotal ? result.total.operand.dimensions : .none
    let aspects = dimensions.isEmpty ? "" : " [\(dimensions.text)]"
    let head = "\(result.mark) \(result.check.check)  \(result.period)\(aspects)  \(title)"
    guard !result.isQuiet else {
      return ["\(head)  \(grouped(result.reported)) \(result.total.operand.unit)"]
    }
    let mixes = result.mixture.map { mixture in
      "    mixes      \(mixture.restating) restated one figure after \(mixture.earlier) last reported another"
    }
    if let reason = result.reason {
      return [head, "    \(reason)"] + [mixes].compactMap(\.self) + [""]
    }
    let unit = result.total.operand.unit
    var lines = [
      head, "    reported   \(grouped(result.reported)) \(unit)  \(citation(result.total))",
    ]
    lines.append("    computed   \(grouped(result.computed))")
    let isDash = result.tolerance == nil && result.residual == nil
    let tolerance =
      result.tolerance.map { "rounding explains \(grouped($0))" }
      ?? (isDash ? "one of both is a dash" : "a bound")
    lines.append("    residual   \(grouped(result.residual))   \(tolerance)")
    if let mixes { lines.append(mixes) }
    for part in result.parts {
      let sign = part.operand.weight < 0 ? "-" : " "
      let value = part.operand.constant?.grouped ?? part.claim?.figure.grouped ?? ""
      lines.append("    \(sign) \(value)  \(part.label)  \(citation(part))")
      for factor in part.factors {
        let value = factor.operand.constant?.grouped ?? factor.claim?.figure.grouped ?? ""
        lines.append("      x \(value)  \(factor.label)  \(citation(factor))")
      }
    }
    return lines + [""]
  }

  private func grouped(_ number: String?) -> String {
    guard let number else { return "" }
    return (try? Amount(number))?.grouped ?? number
  }

  /// Where the figure is printed.
  private func citation(_ part: CheckAnswer.Part) -> String {
    guard let claim = part.claim else { return "" }
    let place = part.place.map { " line \($0.line), column \($0.column)" } ?? ""
    return "[\(claim.filing)\(place)]"
  }

  private static let columns = [
    "check", "kind", "period", "status", "unit", "reported", "computed", "residual", "tolerance",
    "reason", "dimensions", "mixes",
  ].map { Table.Column($0) }

  private func json(_ result: CheckAnswer.Result) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("check", .string(result.check.check)), ("kind", .string(result.check.kind.rawValue)),
      ("title", .string(result.check.title)), ("entity", .string(result.entity)),
      ("period", .string(result.period.description)), ("status", .string(result.status.rawValue)),
      ("unit", .string(result.total.operand.unit)),
    ]
    let figures = [
      ("reported", result.reported), ("computed", result.computed), ("residual", result.residual),
      ("tolerance", result.tolerance), ("reason", result.reason),
    ]
    for case (let key, let text?) in figures { members.append((key, .string(text))) }
    if let mixture = result.mixture {
      members.append(("mixes", .array([.string(mixture.earlier), .string(mixture.restating)])))
    }
    members.append(("operands", .array(([result.total] + result.parts).map(json))))
    return .object(members)
  }

  private func json(_ part: CheckAnswer.Part) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = []
    if let concept = part.operand.concept { members.append(("concept", .string(concept))) }
    members.append(("dimensions", part.operand.dimensions.json))
    members.append(("unit", .string(part.operand.unit)))
    members.append(("weight", .integer(part.operand.weight)))
    if let period = part.period { members.append(("period", .string(period.description))) }
    if let constant = part.operand.constant {
      members.append(("value", .string(constant.description)))
    }
    if let claim = part.claim {
      members.append(("value", claim.figure.value.map { .string($0.description) } ?? .null))
      if let decimals = claim.figure.decimals {
        members.append(("decimals", .integer(Int(decimals))))
      }
      members.append(("sequence", .integer(Int(claim.sequence))))
      members.append(("filing", .string(claim.filing)))
      if let place = part.place {
        members.append(("line", .integer(Int(place.line))))
        members.append(("column", .integer(Int(place.column))))
      }
    }
    if !part.factors.isEmpty { members.append(("multiplier", .array(part.factors.map(json)))) }
    return .object(members)
  }
}

extension CheckAnswer.Result {
  /// Whether the figures agree, so that nobody needs to look at them.
  fileprivate var isQuiet: Bool { status == .agrees || status == .agreesWithinRounding }

  /// The auditor's tick mark.
  var mark: String {
    switch (status, check.kind) {
    case (.exception, _): "!"
    case (.notCheckable, _): "?"
    case (.immaterial, _): "i"
    case (.agreesWithinRounding, _): "~"
    case (.agrees, .foot): "F"
    case (.agrees, .crossFoot): "C"
    case (.agrees, .ratio), (.agrees, .rollForward): "R"
    case (.agrees, .equal), (.agrees, .articulation): "A"
    case (.agrees, .vouch): "V"
    }
  }
}

extension CheckStatus {
  /// What it says of one result.
  fileprivate var remark: String { self == .exception ? "exception" : words }

  fileprivate var words: String {
    switch self {
    case .agrees: "agree"
    case .agreesWithinRounding: "agree within rounding"
    case .immaterial: "immaterial"
    case .exception: "exceptions"
    case .notCheckable: "not checkable"
    }
  }
}

extension CheckAnswer.Part {
  fileprivate var label: String {
    guard let concept = operand.concept else { return operand.unit }
    let dimensions = operand.dimensions.isEmpty ? "" : " [\(operand.dimensions.text)]"
    return "\(concept)\(dimensions) \(period?.description ?? "")"
  }
}
