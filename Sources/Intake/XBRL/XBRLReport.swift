import Facts

/// An XBRL report, whatever its syntax (the Open Information Model), on its way to drafts.
struct XBRLReport {
  let file: String
  let figures: ReportedFigures
  var textCount: Int
  var documentFacts: DocumentFacts

  /// The documents that hold the facts.
  var documents: [Filing.Document] = []
  var declarations: [String: ConceptDeclaration] = [:]
  var labels = ConceptLabels()
  var calculations = CalculationNetworks()
  var tables: [PresentedTable] = []

  /// How many facts of the documents are of other reports, by their names.
  var otherReportCounts: [String: Int] = [:]

  /// What the report says of its names.
  var names: Filing.Report?

  /// The schema that should declare a concept and does not; `nil` if it does, or is not at hand.
  var fileThatLacks: (_ concept: String) -> String? = { _ in nil }

  /// How many tuples there are.
  var tupleCount = 0

  /// Whose report it is, if neither a figure nor the report itself tells it.
  var firstEntity: String?

  /// Whether a report without figures is read for what it tells of itself.
  var allowsTextsOnly = false

  /// Files of the taxonomy that are not at hand.
  var missingNames: [String] = []

  /// Emits the claims, the definitions, the filing and its checks.
  ///
  /// - Parameter memoryLimit: How many bytes of what finds duplicates are held in memory.
  /// - Throws: ``ImportError`` if nothing says which filing it is, or when it became public; if
  ///   there are no figures; whatever `known` and `emit` throw.
  consuming func emit(
    _ particulars: FilingParticulars,
    known: KnownDefinitions,
    memoryLimit: Int,
    _ emit: (Draft) throws -> Void
  ) throws -> ImportSummary {
    guard figures.count > 0 || allowsTextsOnly else {
      throw error(
        "the report holds no figure",
        remedy: "name the report itself, not its schema or a linkbase"
      )
    }
    var summary = ImportSummary(file: file, figureCount: figures.count, textCount: textCount)
    let finder = try DuplicateFinder(figures, memoryLimit: memoryLimit)
    summary.duplicates = finder.duplicates
    summary.otherReportCounts = otherReportCounts
    summary.missingNames = missingNames
    summary.tupleCount = tupleCount
    let entity =
      particulars.filer ?? documentFacts.filer
      ?? (figures.count > 0 ? finder.firstEntity : firstEntity ?? finder.firstEntity)
    let filing = try filing(of: entity, particulars, known)
    var concepts = ConceptDrafts(known: known)
    var entities: Set<String> = [entity]
    var entityNames = [entity]
    var presented = PresentedFigures(of: Set(tables.flatMap(\.rows).map(\.concept)))
    var index = 0
    var checked: (instants: Set<ExactText>, durations: Set<ExactText>) = ([], [])
    try figures.walk { figure in
      defer { index += 1 }
      let concept = ExactText(figure.fact.concept)
      let isNew =
        figure.fact.period.start == nil
        ? checked.instants.insert(concept).inserted : checked.durations.insert(concept).inserted
      if isNew { try checkDeclaration(of: figure) }
      guard !finder.isComplete(index) else { return }
      let claim = figure.claim(kind: try concepts.kind(of: figure.fact), filing: filing.filing)
      if figure.fact.entity == entity { presented.note(figure.fact, figure.figure) }
      let line = figure.source?.place.map { Int($0.line) }
      try emit(Draft(.claim(claim), file: file, line: line))
      if entities.insert(figure.fact.entity).inserted { entityNames.append(figure.fact.entity) }
    }
    summary.claimCount = figures.count - finder.duplicates.completeCount
    for name in entityNames {
      let additions = try known.additions(documentFacts.definition(of: name), by: [filing])
      if let additions { try emit(Draft(.entity(additions), file: file)) }
    }
    for event in concepts.events(declared: { declarations[$0] }, label: { labels[$0] }) {
      try emit(Draft(event, file: file))
    }
    try emit(Draft(.filing(filing), file: file))
    let maker = LayoutMaker(
      figures: presented,
      reportingDate: documentFacts.reportingDate(of: entity),
      yearEnd: try documentFacts.definition(of: entity).fiscalYearEnd
        ?? known.entity(entity)?.fiscalYearEnd
    )
    let layouts = PresentationDrafts(tables, by: maker, of: filing.filing)
    for event in layouts.events { try emit(Draft(event, file: file)) }
    (summary.tableCount, summary.unsaidTableCount) = (layouts.tableCount, layouts.tooLongCount)
    let (sums, otherCount) = calculations.sums
    for check in CheckNames.checks(of: sums, filing: filing, labels: labels) {
      try emit(Draft(.check(check), file: file))
    }
    (summary.sumCount, summary.unsaidSumCount) = (sums.count, otherCount)
    return summary
  }

  private func error(
    _ message: String,
    remedy: String,
    lacking: [FilingParticulars.Name] = []
  ) -> ImportError {
    var error = ImportError(file: file, place: .file, message: message, remedy: remedy)
    error.lacking = lacking
    return error
  }

  /// - Throws: ``ImportError`` if the report's own schemas are at hand, and declare no such concept, or one of
  ///   another kind of period.
  private func checkDeclaration(of figure: UnfiledClaim) throws(ImportError) {
    let concept = figure.fact.concept
    var message: String?
    if let schema = fileThatLacks(concept) { message = "\(schema) declares no concept \(concept)" }
    if let type = declarations[concept]?.periodType,
      (type == .instant) != (figure.fact.period.start == nil)
    {
      message =
        "\(concept) is of the period \(figure.fact.period), and its schema declares \(type.rawValue)"
    }
    guard let message else { return }
    throw ImportError(
      file: file,
      place: figure.source?.place.map { .line(Int($0.line)) } ?? .file,
      message: message,
      remedy: "is it the schema of this report, whole and unchanged? Download the filing again"
    )
  }

  private func filing(
    of entity: String,
    _ particulars: FilingParticulars,
    _ known: KnownDefinitions
  ) throws -> Filing {
    guard let name = particulars.filing else {
      throw error(
        "nothing says which filing this is",
        remedy: "give its accession number",
        lacking: [.filing]
      )
    }
    let recorded = try known.filing(name)
    guard let published = particulars.published ?? recorded?.published else {
      throw error(
        "nothing says when filing \(name) became public",
        remedy: "give the day or the time",
        lacking: [.published]
      )
    }
    return Filing(
      filing: name,
      entity: entity,
      form: particulars.filer == nil
        ? documentFacts.form(of: entity) ?? particulars.form
        : particulars.form ?? documentFacts.form(of: entity),
      published: published,
      accepted: particulars.accepted,
      fiscalYear: documentFacts.fiscalYear(of: entity),
      fiscalPeriod: documentFacts.fiscalPeriod(of: entity),
      document: particulars.documents.isEmpty && documents.count == 1 ? documents[0] : nil,
      documents: !particulars.documents.isEmpty
        ? particulars.documents : documents.count > 1 ? documents : [],
      entities: particulars.entities,
      report: names
    )
  }
}

/// The check events of sums, named by their filing, the last word of their role and their total.
enum CheckNames {
  static func checks(
    of sums: [CalculationSum],
    filing: Filing,
    labels: ConceptLabels
  ) -> [CheckDefinition] {
    var words: [String: String] = [:]
    var counts: [String: Int] = [:]
    return sums.map { sum in
      let word = sum.role.split(separator: "/").last ?? "sums"
      let last = word.split(separator: "@").joined(separator: "-")
      if words[sum.role] == nil {
        counts[last, default: 0] += 1
        words[sum.role] = counts[last] == 1 ? last : "\(last)-\(counts[last] ?? 0)"
      }
      return CheckDefinition(
        check: "\(filing.filing)/\(words[sum.role] ?? last)/\(sum.total)",
        entity: filing.entity,
        filing: filing.filing,
        aspects: .ofTotal,
        kind: .foot,
        title: labels[sum.total] ?? sum.total,
        total: CheckDefinition.Operand(concept: sum.total),
        items: sum.items.map { CheckDefinition.Operand(concept: $0.concept, weight: $0.weight) }
      )
    }
  }
}
