public import Facts

/// A layout chosen for a statement.
public struct ChosenLayout: Sendable {
  /// The layout.
  public var definition: StatementDefinition

  /// Its name, if it is a definition; `nil` if a filing prints it.
  public var name: DefinitionName?

  /// The filing that prints it; `nil` for a definition.
  public var filed: FiledLayout?

  /// The reporting date that it was chosen for; `nil` for the one that the question leads to.
  public var asOf: CivilDate?
}

/// Chooses the layout of a statement: the newest one of the filer, known at the vantage, whose filing
/// reports the total for the reporting date; else a definition.
///
/// The order in which filings were imported does not matter.
struct StatementLayouts {
  private let request: StatementRequest
  private let entity: String
  private let vantage: Vantage

  /// The filed layouts of the statement, the newest filing first.
  private let filed: [FiledLayout]

  /// The entity's own definition, or everybody's; `nil` if there is neither.
  private let general: (definition: StatementDefinition, name: DefinitionName)?

  init(
    _ request: StatementRequest,
    of entity: String,
    within vantage: Vantage,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    (self.request, self.entity, self.vantage) = (request, entity, vantage)
    general = try Self.definition(request.statement, of: entity, before: vantage.head, in: source)
    filed =
      request.layout == .general
      ? [] : try Self.filed(request.statement, of: entity, within: vantage, in: source)
  }

  private static func definition(
    _ statement: String,
    of entity: String,
    before head: UInt64,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> (definition: StatementDefinition, name: DefinitionName)? {
    for owner in [entity, nil] {
      let name = DefinitionName(statement: statement, entity: owner)
      if case .statement(let found) = try source.definition(name, before: head) {
        return (found, name)
      }
    }
    return nil
  }

  private static func filed(
    _ statement: String,
    of entity: String,
    within vantage: Vantage,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [FiledLayout] {
    let head = vantage.head
    var recorded = try source.presentations(of: entity, named: statement, before: head)
    if recorded.isEmpty, !StatementDefinition.hasCommonName(statement) {
      recorded = try source.presentations(of: entity, named: nil, before: head)
        .filter { $0.presentation.shortName == statement }
    }
    // Of one role of a filing, the presentation that was recorded last.
    var newest: [String: RecordedPresentation] = [:]
    for found in recorded {
      let key = "\(found.presentation.filing) \(found.presentation.role)"
      if newest[key].map({ $0.sequence < found.sequence }) ?? true { newest[key] = found }
    }
    let amendments = try source.amendments(before: head)
    var layouts: [(layout: FiledLayout, sequence: UInt64)] = []
    for found in newest.values {
      let name = found.presentation.filing
      guard amendments.withdrawer(ofFiling: name, at: found.sequence) == nil,
        let filing = try source.filing(name, before: head),
        vantage.knows(filing.published.timestamp)
      else { continue }
      let layout = FiledLayout(presentation: found.presentation, filing: filing)
      layouts.append((layout, found.sequence))
    }
    // The newest filing first, and of its roles the one that it lays out first.
    return layouts.inFilingOrder {
      ($0.layout.filing.published.timestamp, $0.layout.filing.order, .max - $0.sequence)
    }.reversed().map(\.layout)
  }

  /// The layout for the question.
  ///
  /// - Throws: ``UnanswerableQuery`` if there is none, with the names there are.
  ///
  /// - Parameters:
  ///   - calendar: The entity's fiscal calendar, where it is at hand.
  ///   - currencies: Gives the currencies that the ledger has figures in; `nil` to find them.
  func chosen(
    _ calendar: FiscalCalendar?,
    _ currencies: () throws -> [String]?,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> ChosenLayout {
    var layout = try chosen(calendar, in: source)
    let isEverybodys = layout.name != nil && layout.name?.entity == nil
    guard layout.definition.layout == .columns, isEverybodys || request.currency != nil,
      Currency.isCurrency(layout.definition.unit), let symbol = try source.symbol(entity)
    else { return layout }
    let known = try currencies() ?? Currency.codes.filter { try source.symbol($0) != nil }
    guard request.currency != nil || known.contains(where: { $0 != layout.definition.unit }) else {
      return layout
    }
    let currency = try StatementCurrency(
      layout.definition,
      of: symbol,
      among: known,
      before: vantage.head,
      in: source
    )
    layout.definition = try currency.layout(in: request.currency)
    return layout
  }

  private func chosen(
    _ calendar: FiscalCalendar?,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> ChosenLayout {
    guard !filed.isEmpty else {
      guard let general, request.layout != .filed else { throw try nothing(in: source) }
      return ChosenLayout(definition: general.definition, name: general.name)
    }
    let coverage = try FiledCoverage(
      of: filed.map { try layout($0, in: source) },
      filed,
      entity,
      before: vantage.head,
      source
    )
    let date = coverage.latest(onOrBefore: request.asOf)
    if let date, let index = coverage.newest(covering: date) {
      var generalDate: CivilDate?
      if let general, request.layout != .filed {
        generalDate = try reportingDate(general.definition, calendar, in: source)
      }
      if generalDate.map({ $0 <= date }) ?? true {
        return ChosenLayout(
          definition: try adding(
            others(than: filed[index]),
            to: coverage.layouts[index],
            in: source
          ),
          filed: filed[index],
          // A span ends where it does.
          asOf: request.span == nil ? date : request.asOf
        )
      }
    }
    guard let general, request.layout != .filed else {
      throw UnanswerableQuery(
        .notReported,
        "no filing known then prints \(request.statement) of \(entity)"
          + (request.asOf.map { " for a date up to \($0)" } ?? ""),
        remedy: .listFacts(entity: entity)
      )
    }
    return ChosenLayout(definition: general.definition, name: general.name)
  }

  /// The reporting date that a definition answers the question for; `nil` if it has no figure.
  private func reportingDate(
    _ definition: StatementDefinition,
    _ calendar: FiscalCalendar?,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> CivilDate? {
    guard let symbol = try source.symbol(entity) else { return nil }
    let entity = try EntityDefinition.newest(entity, before: vantage.head, in: source)
    var filler = StatementFiller(
      request,
      entity,
      symbol,
      try calendar ?? FiscalCalendar(of: entity, within: vantage, from: source),
      .none,
      vantage,
      try StatementPlan(definition, in: source)
    )
    do {
      return try filler.plannedColumns(in: source).asOf
    } catch is UnanswerableQuery {
      return nil
    }
  }

  private func nothing(
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> UnanswerableQuery {
    guard general == nil else {
      return UnanswerableQuery(
        .notFound,
        "no filing known then prints \(request.statement) of \(entity)",
        remedy: .useGeneralLayout
      )
    }
    let head = vantage.head
    let definitions = try source.definitions(
      ofType: "statement",
      applyingTo: entity,
      before: head
    ).map(\.name)
    let presentations = try source.presentations(of: entity, named: nil, before: head)
      .map(\.presentation.shortName)
    return UnanswerableQuery(
      noSuch: "the ledger has no statement \"\(request.statement)\" for \(entity)",
      request.statement,
      among: Set(definitions + presentations).sorted()
    )
  }

  private func layout(
    _ filed: FiledLayout,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> StatementDefinition {
    let name = DefinitionName(layout: filed.presentation.layout)
    guard
      case .layout(var layout) = try source.definition(name, before: vantage.head)
    else { throw InconsistentLog("it lacks layout \(filed.presentation.layout)") }
    layout.statement = filed.presentation.shortName
    layout.entity = filed.filing.entity
    if let title = filed.presentation.title { layout.title = title }
    return layout
  }

  private func others(than filed: FiledLayout) -> [FiledLayout] {
    self.filed.filter { $0.filing.filing != filed.filing.filing }
  }

  /// The layout, whose lines may be filled from the concepts that other filings of the entity report
  /// under the same caption, where their own is not reported.
  private func adding(
    _ others: [FiledLayout],
    to layout: StatementDefinition,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> StatementDefinition {
    var layout = layout
    var captions = layout.lineCaptions
    let own = Set(layout.lines.compactMap(\.concept))
    for other in others {
      let definition = try self.layout(other, in: source)
      for (caption, index) in definition.lineCaptions {
        guard let concept = definition.lines[index].concept, !own.contains(concept),
          let line = captions[caption],
          layout.lines[line].instant == definition.lines[index].instant,
          layout.lines[line].isNegated == definition.lines[index].isNegated,
          !layout.lines[line].alternatives.contains(concept)
        else { continue }
        layout.lines[line].alternatives.append(concept)
        captions[caption] = line
      }
    }
    return layout
  }
}

/// For which dates filings report the totals of their layouts.
private struct FiledCoverage {
  let layouts: [StatementDefinition]

  /// For each layout, the days at whose ends its filing reports a total; of a layout without totals,
  /// any line.
  private var dates: [Set<Int32>] = []

  init(
    of layouts: [StatementDefinition],
    _ filed: [FiledLayout],
    _ entity: String,
    before head: UInt64,
    _ source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    self.layouts = layouts
    guard let symbol = try source.symbol(entity) else { return }
    // Layouts of one filer have most of their totals in common.
    var known: [SeriesID: [SymbolID: Set<Int32>]] = [:]
    for (layout, filed) in zip(layouts, filed) {
      let filing = try source.symbol(filed.filing.filing)
      let dated = layout.lines.filter { $0.concept != nil && $0.instant == nil }
      let totals = dated.filter { $0.isSubtotal || $0.isTotal }
      var definition = layout
      definition.lines = totals.isEmpty ? dated : totals
      var found: Set<Int32> = []
      for id in try StatementPlan(definition, in: source).ids(of: symbol) {
        let ends = try known[id] ?? Self.ends(of: id, before: head, in: source)
        known[id] = ends
        if let filing { found.formUnion(ends[filing] ?? []) }
      }
      dates.append(found)
    }
  }

  /// The ends of the periods that each filing reports of a series.
  private static func ends(
    of series: SeriesID,
    before head: UInt64,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws -> [SymbolID: Set<Int32>] {
    var ends: [SymbolID: Set<Int32>] = [:]
    try source.forEachRow(from: series.first(), through: series.last()) { row in
      if row.sequence < head { ends[row.filing, default: []].insert(row.fact.periodEnd) }
      return true
    }
    return ends
  }

  /// The latest date that a filing covers.
  func latest(onOrBefore limit: CivilDate?) -> CivilDate? {
    dates.joined().filter { day in limit.map { day <= $0.dayNumber } ?? true }.max()
      .map { CivilDate(dayNumber: $0) }
  }

  /// The first of the layouts whose filing covers the date.
  func newest(covering date: CivilDate) -> Int? {
    dates.firstIndex { $0.contains(date.dayNumber) }
  }
}

extension StatementDefinition {
  /// Whether every entity has a statement of this name: then no role of a filing is looked for.
  static func hasCommonName(_ name: String) -> Bool {
    commonNames.contains(name)
  }

  /// Where the line of each caption is: the captions of the headings above it and its own, its
  /// dimensions and its unit; captions that several lines have are left out.
  fileprivate var lineCaptions: [[String]: Int] {
    var captions: [[String]: Int] = [:]
    var repeated: Set<[String]> = []
    var path: [(depth: Int, label: String)] = []
    for (index, line) in lines.enumerated() {
      path.removeAll { $0.depth >= line.depth }
      let label = line.label.lowercased()
      let caption = path.map(\.label) + [label, line.dimensions.text, line.unit ?? unit]
      if line.concept == nil {
        path.append((line.depth, label))
      } else if captions.updateValue(index, forKey: caption) != nil {
        repeated.insert(caption)
      }
    }
    for caption in repeated { captions[caption] = nil }
    return captions
  }
}
