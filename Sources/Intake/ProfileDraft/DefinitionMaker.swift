import Facts

/// Makes definitions of statements as a document prints them.
struct DefinitionMaker {
  private let subject: ProfileDrafter.Subject
  private let captions: KnownCaptions
  private let recorded: RecordedConcepts
  private var names: ConceptNames

  private(set) var concepts: [ConceptDefinition] = []
  private(set) var statements: [StatementDefinition] = []
  private(set) var checks: [CheckDefinition] = []
  private(set) var labels: [ProfileDefinition.Label] = []
  private(set) var doubts: [String] = []

  /// How many rows are shipped concepts.
  private(set) var shippedCount = 0

  /// How many rows are concepts that the ledger has figures of.
  private(set) var recordedCount = 0

  /// A row that has its concept: another statement may print it again.
  private struct Row {
    let caption: CaptionKey
    let unit: String
    let isInstant: Bool
    let concept: String
    let isNegated: Bool
    let values: [Span: Amount]
  }

  /// The time of a column: how long, and until when.
  struct Span: Hashable {
    let length: PeriodWords.Length?
    let end: CivilDate
  }

  private var rows: [Row] = []

  /// Whether others hold a part of the company's subsidiaries: then some totals are with them, some without.
  private let hasNoncontrolling: Bool

  init(
    _ subject: ProfileDrafter.Subject,
    _ captions: KnownCaptions,
    _ recorded: RecordedConcepts,
    for statements: [StatementSketch]
  ) {
    (self.subject, self.captions, self.recorded) = (subject, captions, recorded)
    hasNoncontrolling = statements.flatMap(\.lines).contains { line in
      let words = line.label.lowercased()
      return ["noncontrolling", "non-controlling", "minority"].contains(where: words.contains)
    }
    names = ConceptNames(prefix: subject.profile, taken: recorded.names)
  }

  /// Adds a statement with its concepts and sums.
  mutating func add(_ sketch: StatementSketch) {
    let currency = Self.currency(of: sketch)
    var lines: [StatementDefinition.Line] = []
    var amounts: [[Int128?]?] = []
    var used: Set<String> = []
    let meanings = sketch.lines.map { LineMeaning($0, of: sketch, currency: currency) }
    let cash = cashConcept(sketch, meanings)
    for (line, meaning) in zip(sketch.lines, meanings) {
      guard line.figures != nil else {
        lines.append(StatementDefinition.Line(label: line.label, depth: line.depth))
        amounts.append(nil)
        continue
      }
      if let doubt = meaning.doubt { doubts.append("\(sketch.title): \"\(line.label)\": \(doubt)") }
      if line.isRepeated {
        doubts.append("\(sketch.title): \"\(line.label)\" stands more than once in one place")
      }
      let found = concept(line, meaning, sketch, cash, &used)
      lines.append(Self.line(line, meaning, found, sketch, currency))
      amounts.append(
        meaning.unit == currency && meaning.instant == nil ? Self.amounts(line, sketch) : nil
      )
      addLabel(line.label, among: sketch.lines)
    }
    let sums = SumSearch.sums(amounts) { row in
      sketch.kind == .operations || sketch.lines[row].label.lowercased().hasPrefix("less")
    }
    addSums(sums, to: &lines, sketch, currency)
    statements.append(
      StatementDefinition(
        statement: sketch.kind.rawValue,
        entity: subject.entity.entity,
        title: sketch.title,
        caption: sketch.caption,
        unit: currency,
        scale: sketch.scales.first ?? 0,
        columns: Self.columns(sketch),
        lines: lines
      )
    )
  }

  // MARK: Concepts

  private mutating func concept(
    _ line: StatementSketch.Line,
    _ meaning: LineMeaning,
    _ sketch: StatementSketch,
    _ cash: String?,
    _ used: inout Set<String>
  ) -> (name: String, isNegated: Bool) {
    let isInstant = sketch.kind == .balanceSheet || meaning.instant != nil
    if meaning.instant != nil, let cash { return (cash, false) }
    let values = Self.values(line, sketch)
    let key = CaptionKey(line.label)
    if let row = rows.first(where: { row in
      row.caption == key && row.unit == meaning.unit && row.isInstant == isInstant
        && !used.contains(row.concept) && Self.agree(row.values, values)
    }) {
      used.insert(row.concept)
      return (row.concept, row.isNegated)
    }
    let row = Self.recordedRow(line, meaning, sketch, isInstant)
    var found: (name: String, isNegated: Bool)?
    if let match = line.isRepeated ? nil : recorded.match(row, except: used) {
      recordedCount += 1
      found = (match.concept, match.isNegated)
      if let doubt = match.doubt { doubts.append("\(sketch.title): \"\(line.label)\": \(doubt)") }
    } else if let other = shipped(line, meaning, sketch, isInstant, used) {
      shippedCount += 1
      found = other
      if recorded.contradicts(row, concept: other.name) {
        doubts.append(
          "\(sketch.title): \"\(line.label)\": the ledger has other figures of \(other.name)"
        )
      }
    }
    if found == nil {
      let name = names.name(
        for: line.label,
        under: line.headings,
        addingHeadings: sketch.lines.count { $0.figures != nil && CaptionKey($0.label) == key } > 1
      )
      concepts.append(
        ConceptDefinition(
          concept: name,
          label: line.label.isEmpty ? line.headings.last : line.label,
          description: meaning.doubt.map { "To be reviewed: \($0)." },
          kind: "statement-line",
          periodType: isInstant ? .instant : .duration,
          dataType: meaning.dataType,
          isAdditive: isInstant ? nil : meaning.dataType == .monetary
        )
      )
      found = (name, false)
    }
    let concept = found ?? ("", false)
    used.insert(concept.name)
    rows.append(
      Row(
        caption: key,
        unit: meaning.unit,
        isInstant: isInstant,
        concept: concept.name,
        isNegated: concept.isNegated,
        values: values
      )
    )
    return concept
  }

  /// The shipped concept of a caption; `nil` if none has it, or the printed signs are not those that it has.
  private mutating func shipped(
    _ line: StatementSketch.Line,
    _ meaning: LineMeaning,
    _ sketch: StatementSketch,
    _ isInstant: Bool,
    _ used: Set<String>
  ) -> (name: String, isNegated: Bool)? {
    guard meaning.dataType == .monetary, !line.isRepeated,
      let known = captions.line(line.label, in: sketch.kind.rawValue), let name = known.concept,
      !used.contains(name), known.instant == nil, !name.contains("IncreaseDecrease"),
      !name.hasSuffix("Current") || line.isCurrent,
      !name.hasSuffix("Noncurrent") || !line.isCurrent,
      !hasNoncontrolling
        || !["StockholdersEquity", "NetIncomeLoss"].contains(where: name.hasSuffix)
    else { return nil }
    let signs = Self.values(line, sketch).values.map { $0.isZero ? 0 : $0.fixedPoint < 0 ? -1 : 1 }
    let canBeEither =
      ["Loss", "NetCash", "Gain"].contains(where: name.contains)
      || name.hasSuffix("StockholdersEquity") || name.contains("Accumulated")
    guard canBeEither || !signs.contains(known.isNegated ? 1 : -1) else {
      doubts.append(
        "\(sketch.title): \"\(line.label)\" is a concept of its own: \(name) has the other sign"
      )
      return nil
    }
    guard !canBeEither || !known.isNegated else { return nil }
    return (name, known.isNegated)
  }

  /// The concept of the cash that a statement of cash flows begins and ends with: that of the balance
  /// sheet, where every figure of a day that both have is the same.
  private mutating func cashConcept(
    _ sketch: StatementSketch,
    _ meanings: [LineMeaning]
  ) -> String? {
    var known: [CivilDate: Amount] = [:]
    var label: String?
    for (line, meaning) in zip(sketch.lines, meanings) {
      guard let edge = meaning.instant else { continue }
      label = label ?? line.label
      for (span, amount) in Self.values(line, sketch) where edge == .end {
        known[span.end] = amount
      }
    }
    guard let label else { return nil }
    let same = rows.first { row in
      guard row.isInstant, String(String.UnicodeScalarView(row.caption.characters)).contains("cash")
      else {
        return false
      }
      let shared = row.values.filter { known[$0.key.end] != nil }
      return !shared.isEmpty
        && shared.allSatisfy { known[$0.key.end]?.isEqual(to: $0.value) == true }
    }
    if let same { return same.concept }
    let name = names.name(
      for: "Cash of the statement of cash flows",
      under: [],
      addingHeadings: false
    )
    concepts.append(
      ConceptDefinition(
        concept: name,
        label: label,
        kind: "statement-line",
        periodType: .instant,
        dataType: .monetary
      )
    )
    return name
  }

  // MARK: Lines

  private static func line(
    _ line: StatementSketch.Line,
    _ meaning: LineMeaning,
    _ concept: (name: String, isNegated: Bool),
    _ sketch: StatementSketch,
    _ currency: String
  ) -> StatementDefinition.Line {
    StatementDefinition.Line(
      label: line.label,
      depth: line.depth,
      concept: concept.name,
      unit: meaning.unit == currency ? nil : meaning.unit,
      scale: meaning.scale == sketch.scales.first ?? 0 ? nil : meaning.scale,
      places: meaning.places == 0 ? nil : min(meaning.places, 8),
      isNegated: concept.isNegated,
      hasCurrencySign: line.figures?.values.contains(where: \.hasCurrency) == true,
      instant: meaning.instant
    )
  }

  private static let countWords = [
    "par value", "issued", "outstanding", "authorized", "net of a", "allowance",
  ]

  /// A caption that tells counts of its day is another one in the next document.
  private mutating func addLabel(_ label: String, among lines: [StatementSketch.Line]) {
    let words = label.lowercased()
    guard label.contains(where: \.isNumber), Self.countWords.contains(where: words.contains) else {
      return
    }
    var pattern = ""
    for character in label {
      let isFigure = character.isNumber || (",.$".contains(character) && pattern.hasSuffix("*"))
      if !isFigure {
        pattern.append(character)
      } else if !pattern.hasSuffix("*") {
        pattern.append("*")
      }
    }
    let key = CaptionKey(pattern)
    guard key.isPattern, lines.count(where: { key.matches(CaptionKey($0.label)) }) == 1,
      !labels.contains(where: { $0.printed == pattern })
    else { return }
    labels.append(.init(printed: pattern, label: label))
  }

  private mutating func addSums(
    _ sums: [SumSearch.Sum],
    to lines: inout [StatementDefinition.Line],
    _ sketch: StatementSketch,
    _ currency: String
  ) {
    var names: Set<String> = []
    for sum in sums {
      lines[sum.total].isSubtotal = true
      guard let total = lines[sum.total].concept else { continue }
      let sign = lines[sum.total].isNegated ? -1 : 1
      let words = total.split(separator: ":").last.map(String.init) ?? total
      let name = "\(subject.profile)/\(sketch.kind.rawValue)/\(words)"
      guard names.insert(name).inserted else { continue }
      let items = sum.items.compactMap { item -> CheckDefinition.Operand? in
        let line = lines[item.row]
        return line.concept.map {
          .init(concept: $0, unit: currency, weight: item.weight * sign * (line.isNegated ? -1 : 1))
        }
      }
      let label = lines[sum.total].label
      checks.append(
        CheckDefinition(
          check: name,
          entity: subject.entity.entity,
          kind: .foot,
          title: label.isEmpty ? words : label,
          total: .init(concept: total, unit: currency),
          items: items
        )
      )
    }
  }
}
