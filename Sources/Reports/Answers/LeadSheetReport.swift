import Facts
import JSON
public import Ledger

/// A lead sheet of a statement, as auditors keep them: a row for each line, with the figure of the period, the prior one as
/// it was reported then and as it is known now, the change, tick marks and references.
public struct LeadSheetReport: Document {
  let sheet: LeadSheet
  let evidence: StatementEvidence

  /// A report of a lead sheet.
  ///
  /// - Parameters:
  ///   - sheet: The lead sheet.
  ///   - evidence: The evidence of the statement as it is known.
  public init(_ sheet: LeadSheet, evidence: StatementEvidence) {
    (self.sheet, self.evidence) = (sheet, evidence)
  }

  var now: StatementAnswer { sheet.comparison.now }

  /// A period and the one that it is compared with, by the numbers of their columns.
  struct Pair: Hashable {
    let current: Int
    let prior: Int
  }

  /// The pairs of columns about stretches of one length, the newest two of each.
  var pairs: [Pair] {
    var groups: [[Int]] = []
    for (index, column) in now.columns.enumerated() {
      if let group = groups.firstIndex(where: {
        now.columns[$0[0]].period.isAsLong(as: column.period)
      }) {
        groups[group].append(index)
      } else {
        groups.append([index])
      }
    }
    let newest = now.columns.map(\.period.end).max()
    return groups.compactMap { group in
      let sorted = group.sorted { now.columns[$0].period.end > now.columns[$1].period.end }
      guard sorted.count > 1, now.columns[sorted[0]].period.end == newest else { return nil }
      return Pair(current: sorted[0], prior: sorted[1])
    }
  }

  /// A line of a pair.
  struct Row {
    let line: StatementAnswer.Line
    let current: FactAnswer
    let prior: FactAnswer

    /// The prior figure as it was reported before the statement came out.
    let then: FactAnswer
    let currentText: String
    let priorText: String
    let thenText: String

    /// The printed numbers, exactly; `nil` where no single figure is known.
    let currentNumber: Amount?
    let priorNumber: Amount?
    let thenNumber: Amount?

    /// Whether the prior figure was known then, and is another now.
    var differs: Bool {
      guard let before = then.figure, let after = prior.figure else {
        return !then.claims.isEmpty && then.kind != prior.kind
      }
      return !before.isSame(as: after)
    }

    /// Whether the prior figure came out with the current one, or later.
    var isNewlyKnown: Bool { then.claims.isEmpty && !prior.claims.isEmpty }

    /// Current less prior as it is known now; `nil` unless both are figures.
    var change: Amount? {
      guard let currentNumber, let priorNumber else { return nil }
      return currentNumber.subtracting(priorNumber)
    }

    /// The change in percent of the prior figure, without regard to its sign, to one place.
    var percent: Amount? { change.flatMap { priorNumber.flatMap($0.percent) } }
  }

  func rows(of pair: Pair) -> [Row] {
    let then = sheet.comparison.then
    return now.lines.indices.compactMap { index in
      let (line, old) = (now.lines[index], then.lines[index])
      guard !line.isHeading else {
        return Row(
          line: line,
          current: .notReported,
          prior: .notReported,
          then: .notReported,
          currentText: "",
          priorText: "",
          thenText: "",
          currentNumber: nil,
          priorNumber: nil,
          thenNumber: nil
        )
      }
      let layout = FigureLayout(line.definition, now.definition)
      func text(_ line: StatementAnswer.Line, _ column: Int) -> String {
        PrintedCell(at: column, of: line, now.definition).text
      }
      func number(_ cell: FactAnswer) -> Amount? {
        guard let figure = cell.figure, !figure.isBound else { return nil }
        return figure.value.flatMap(layout.number)
      }
      return Row(
        line: line,
        current: line.cells[pair.current],
        prior: line.cells[pair.prior],
        then: old.cells[pair.prior],
        currentText: text(line, pair.current),
        priorText: text(line, pair.prior),
        thenText: text(old, pair.prior),
        currentNumber: number(line.cells[pair.current]),
        priorNumber: number(line.cells[pair.prior]),
        thenNumber: number(old.cells[pair.prior])
      )
    }
  }

  /// Whether any prior figure of a pair was known before the statement came out.
  static func isThenKnown(_ rows: [Row]) -> Bool { rows.contains { !$0.then.claims.isEmpty } }
}

extension LeadSheetReport {
  /// One row for each line and pair of periods, with exact values.
  public var rows: Table {
    var table = Table(
      TableHead(
        title: title,
        shape: .init("assay.lead-sheet/1"),
        columns: [
          .init("label"), .init("concept"), .init("dimensions"), .init("unit"), .init("period"),
          .init("status"), .init("value", .right), .init("priorPeriod"), .init("thenStatus"),
          .init("then", .right), .init("priorStatus"), .init("prior", .right), .init("marks"),
          .init("priorMarks"),
          .init("sequence", .right), .init("filing"), .init("line", .right),
          .init("column", .right), .init("thenFiling"), .init("priorFiling"),
        ]
      )
    )
    for pair in pairs {
      for row in rows(of: pair) where !row.line.isHeading {
        let claim = row.current.claims.first
        let place = claim.flatMap { evidence.sources[$0.sequence]?.source?.place }
        table.append([
          .text(row.line.definition.label), Cell(row.line.concept),
          .dimensions(row.line.definition.dimensions),
          .text(row.line.definition.unit ?? now.definition.unit),
          .period(row.line.period(in: now.columns[pair.current])), .text(row.current.kind),
          Cell(row.current.figure?.value), .period(row.line.period(in: now.columns[pair.prior])),
          .text(row.then.kind), Cell(row.then.figure?.value), .text(row.prior.kind),
          Cell(row.prior.figure?.value), Cell(marks(of: row.current)), Cell(marks(of: row.prior)),
          Cell(claim?.sequence),
          Cell(claim?.filing), Cell(place?.line), Cell(place?.column),
          Cell(row.then.claims.last?.filing), Cell(row.prior.claims.last?.filing),
        ])
      }
    }
    return table
  }

  var title: String { "\(now.entity.name): \(now.definition.title), lead sheet" }

  /// The moment before which prior figures are taken, and the latest filing.
  public var notes: [Note] {
    let latest = now.latestFiling?.published.description
    return [
      Note("entity", .string(now.entity.entity)),
      Note("statement", .string(now.definition.statement)),
      Note("asOf", .string(now.asOf.description)),
      Note("thenKnownAt", .string(sheet.before.description)),
      Note("latestPublished", .of(latest), line: latest.map { "latest published: \($0)" }),
    ]
  }

  /// What is known of the prior periods, said once.
  func remarks(_ pair: Pair, _ rows: [Row]) -> [String] {
    let prior = now.columns[pair.prior].label
    guard Self.isThenKnown(rows) else {
      return [
        "No filing in this ledger reported \(prior) before \(sheet.before.nextDay): its figures are the comparatives "
          + "of the later filings."
      ]
    }
    let differing = rows.count { $0.differs }
    let unknown = rows.count { row in
      if case .notYetKnown = row.then { true } else { false }
    }
    return [
      "\(prior) as then reported: as last reported before \(sheet.before.nextDay); "
        + (differing == 0
          ? "no figure that was reported then is another now"
          : "\(counted(differing, "figure is", "figures are")) another now, shown beside it") + "."
    ]
      + (unknown == 0
        ? []
        : [
          "\(counted(unknown, "figure", "figures")) of it came out with the later filings only: "
            + "\(Legend.notYetKnown.rawValue) then."
        ])
  }

  func marks(of cell: FactAnswer) -> String? {
    guard case .holds(let claim) = cell else { return nil }
    let marks = evidence.marks(of: claim.sequence)
    return marks.isEmpty ? nil : marks
  }

  /// What the marks beside the figures mean, and the signs.
  var legend: [(name: String, text: String)] {
    let shown = pairs.flatMap { [$0.current, $0.prior] }
    let claims = now.lines.flatMap { line in
      shown.flatMap { line.isHeading ? [] : line.cells[$0].claims }
    }
    let marks = evidence.legend(of: claims.map(\.sequence))
    return marks.map { ($0.mark, $0.meaning) }
      + [("n/m", "not meaningful: the prior figure is zero, a dash or not known")]
  }
}

extension LeadSheetReport {
  /// The pairs of periods, one below the other.
  public var page: [Block] {
    [
      .heading(now.entity.name, level: 1),
      .heading("\(now.definition.title): lead sheet", level: 2),
    ]
      + (now.definition.caption.map { [.caption($0)] } ?? []) + blocks
  }

  /// As on a page.
  public var markdown: [Block] { page }

  /// As on a page.
  public var text: [Block] {
    [.heading(title, level: 1), .lines([now.definition.caption ?? "", ""])] + blocks
  }

  private var blocks: [Block] {
    var blocks: [Block] = []
    for pair in pairs {
      let rows = rows(of: pair)
      blocks += [.table(readable(pair, rows)), .lines(remarks(pair, rows))]
    }
    if blocks.isEmpty { blocks.append(.lines(["the statement has no two periods of one length"])) }
    return blocks + [.items(references + legend), .notes(notes)]
  }

  private func readable(_ pair: Pair, _ rows: [Row]) -> Table {
    let isThenKnown = Self.isThenKnown(rows)
    let hasOther = rows.contains { $0.differs || $0.isNewlyKnown }
    func title(_ index: Int) -> String {
      let column = now.columns[index]
      return column.heading.isEmpty ? column.date : "\(column.heading)\n\(column.date)"
    }
    var columns: [Table.Column] = [
      .init("line", title: ""), .init("current", .right, title: title(pair.current)),
      .init("marks", title: ""),
    ]
    if isThenKnown {
      columns.append(.init("then", .right, title: title(pair.prior) + "\nas then reported"))
    }
    if !isThenKnown || hasOther {
      columns.append(
        .init("prior", .right, title: title(pair.prior) + (isThenKnown ? "\nas known now" : ""))
      )
    }
    columns += [
      .init("priorMarks", title: ""), .init("change", .right), .init("percent", .right, title: "%"),
      .init("reference"),
    ]
    var table = Table(TableHead(title: self.title, columns: columns))
    table.hasCaptions = true
    for row in rows {
      let definition = row.line.definition
      guard !row.line.isHeading else {
        let blanks = columns.dropFirst().map { _ in Cell.none }
        table.append(
          Table.Row([.text(definition.label)] + blanks, role: .heading, depth: definition.depth)
        )
        continue
      }
      var cells: [Cell] = [
        .text(definition.label), .text(row.currentText), Cell(marks(of: row.current)),
      ]
      if isThenKnown { cells.append(.text(row.thenText)) }
      if !isThenKnown {
        cells.append(.text(row.priorText))
      } else if hasOther {
        cells.append(row.differs || row.isNewlyKnown ? .text(row.priorText) : .none)
      }
      cells += [
        Cell(marks(of: row.prior)), Cell(changeText(row)),
        .text(row.percent?.description ?? (row.change == nil ? "" : "n/m")),
        .text(reference(row)),
      ]
      table.append(
        Table.Row(
          cells,
          role: definition.isTotal ? .total : definition.isSubtotal ? .subtotal : .plain,
          depth: definition.depth
        )
      )
    }
    return table
  }

  private func changeText(_ row: Row) -> String? {
    guard let change = row.change else { return nil }
    // The number is in the scale of the line already.
    let places = FigureLayout(row.line.definition, now.definition).places
    let plain = FigureLayout(scale: 0, places: places, isNegated: false)
    let (digits, isNegative) = plain.digits(of: change)
    return isNegative ? "(\(digits))" : digits
  }

  /// Where the current figure is printed, and the prior one if another filing prints it: the letter of the filing, line
  /// and column.
  private func reference(_ row: Row) -> String {
    let others = row.prior.claims.filter { claim in
      !row.current.claims.contains { $0.filing == claim.filing }
    }
    return (row.current.claims + others).map { claim in
      let place = evidence.sources[claim.sequence]?.source?.place
      let letter = filings.firstIndex { $0.filing == claim.filing }.map(Self.letter) ?? claim.filing
      return letter + (place.map { " \($0.line):\($0.column)" } ?? "")
    }.joined(separator: ", ")
  }

  /// The filings of the figures, in the order in which they came out.
  private var filings: [ReportedFigure] {
    var found: [ReportedFigure] = []
    for claim in now.claims.sorted(by: { ($0.published, $0.filing) < ($1.published, $1.filing) })
    where !found.contains(where: { $0.filing == claim.filing }) {
      found.append(claim)
    }
    return found
  }

  /// What the letters of references stand for.
  private var references: [(name: String, text: String)] {
    filings.enumerated().map { index, claim in
      let form = evidence.sources[claim.sequence]?.form.map { " (\($0))" } ?? ""
      return (
        Self.letter(index),
        "\(claim.filing)\(form), published \(PublishedTime(claim.published)); behind it line and column of the figure"
      )
    }
  }

  /// `a`, `b`, … `z`, `a1`.
  private static func letter(_ index: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(index % 26)))
    return index < 26 ? letter : letter + String(index / 26)
  }
}

extension Period {
  /// Whether both are moments, or stretches of as many months.
  fileprivate func isAsLong(as other: Period) -> Bool { monthCount == other.monthCount }

  /// About how many months it lasts; 0 for a moment.
  private var monthCount: Int {
    guard let start else { return 0 }
    return Int(end.dayNumber - start.dayNumber + 16) / 30
  }
}

extension PublishedTime {
  /// The day behind a day.
  fileprivate var nextDay: String {
    guard case .day(let day) = self else { return description }
    return day.advanced(byDays: 1).description
  }
}

extension Amount {
  /// The number in percent of another, whatever that one's sign, to one place, rounded half away from zero; `nil` of zero.
  fileprivate func percent(of base: Amount) -> Amount? {
    let twiceTenths = 2 * UInt128(Int128.powerOfTen(3))
    var (number, whole) = (fixedPoint, base.fixedPoint.magnitude)
    guard whole != 0 else { return nil }
    while number.magnitude > UInt128(Int128.max) / twiceTenths {
      (number, whole) = (number / 10, whole / 10)
    }
    guard whole > 0 else { return nil }
    let tenths = (number.magnitude * twiceTenths / whole + 1) / 2
    guard tenths < 1_000_000 else { return nil }
    return Amount(mantissa: number < 0 ? -Int64(tenths) : Int64(tenths), fractionDigitCount: 1)
  }
}
