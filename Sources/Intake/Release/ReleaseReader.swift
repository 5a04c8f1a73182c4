import Facts

/// Reads an earnings release, text, HTML or a table of a spreadsheet program, piece by piece, and finds the fact of each of its figures, or the
/// reason why it has none.
///
///     var reader = ReleaseReader(profile) { figure in … }
///     for piece in pieces { try reader.append(piece) }
///     try reader.finish()
///
/// Tables are found by their titles, columns by their headings, rows by their captions, all as the
/// profile's statements have them. Nothing is guessed: a figure whose title, heading or caption is
/// not known, or can be read in two ways, is listed as unmapped. Memory is bounded by the longest
/// table, not by the document.
public struct ReleaseReader {
  private let profile: ReleaseProfile
  private let file: String
  private let emit: (ReleaseFigure) throws -> Void

  /// Called with each table that has headings, for a draft of a profile.
  var sketch: ((TableSketch) throws -> Void)?

  /// The first tables found, in the order of the document; at most ``keptTableCountMax``.
  public private(set) var tables: [ReleaseTable] = []

  /// How many tables were found so far.
  public private(set) var tableCount = 0

  /// How many tables are kept.
  public static let keptTableCountMax = 1000

  /// How many bytes were read.
  public private(set) var byteCount = 0

  /// How many lines were read.
  public var lineCount: Int { source.lineCount }

  private var source: ReleaseLines

  /// The table at this place; `nil` in prose.
  private var table: TableReader?

  /// The headings of columns since the last row.
  private var headings: [HeadingLine] = []

  /// Whether they name years, and rows may follow.
  private var isHeadComplete = false

  /// The text above the headings of columns, where a title is looked for.
  private var titleLines: [[Unicode.Scalar]] = []

  /// Words about scale that go on over lines.
  private var aside = ColumnNotes()
  private var above: TableColumns?

  /// The captions of the table that ``above`` is of.
  private var captionsAbove: [CaptionOfUnit] = []

  /// The last lines of text, one below the other.
  private var recentLines: [[Unicode.Scalar]] = []

  /// The text since the last blank line.
  private var paragraph: [Unicode.Scalar] = []

  /// The last lines of text since the last row: titles and words about scale.
  private var context: [[Unicode.Scalar]] = []

  /// The last few of them with their numbers: they may say the currency.
  private var captions: [(text: [Unicode.Scalar], number: Int)] = []

  private static let titleLineCountMax = 4
  private static let titleLengthMax = 1 << 12
  private static let contextLineCountMax = 8
  private static let paragraphCountMax = 1 << 14

  /// A reader that has read nothing yet.
  ///
  /// - Parameters:
  ///   - profile: How the company's releases are read.
  ///   - file: The document's name, for messages.
  ///   - emit: Called with each figure, table by table; dashes in cells included.
  public init(
    _ profile: ReleaseProfile,
    file: String,
    emit: @escaping (ReleaseFigure) throws -> Void
  ) {
    self.profile = profile
    self.file = file
    source = ReleaseLines(of: file)
    self.emit = emit
  }

  /// Reads the next piece of the document.
  ///
  /// - Throws: ``ImportError`` if a line of a text is longer than 65,536 bytes, or a table is damaged; whatever
  ///   the closure throws.
  public mutating func append(_ bytes: [UInt8]) throws {
    byteCount += bytes.count
    // The lines are read by a copy of the source: both it and the rest change.
    var source = source
    let isWhole = try source.append(bytes) { try read($0) }
    self.source = source
    guard isWhole else {
      throw ImportError(
        file: file,
        byteOffset: byteCount,
        message: "line \(lineCount + 1) is longer than \(LineSplitter.byteCountMax) bytes",
        remedy: "give the release as it was filed: HTML, or plain text with its line breaks"
      )
    }
  }

  /// Reads what is left, and the last table.
  ///
  /// - Throws: ``ImportError`` if a tag or a comment of a page never ends and hides what follows, or a table is
  ///   damaged; what `emit` throws ends the reading.
  public mutating func finish() throws {
    var source = source
    try source.finish { try read($0) }
    self.source = source
    if let (name, line) = source.hiding {
      throw ImportError(
        file: file,
        place: .line(line),
        message: "the \(name) that begins there never ends, and hides what follows",
        remedy: "the page is damaged or cut off: download it again"
      )
    }
    try endTable()
  }

  private mutating func read(_ line: DocumentLine) throws {
    if table?.isFull == true { try endTable() }
    if line.words.isEmpty || line.isRule {
      try line.emitMarkup(emit)
      try endParagraph(line)
      return
    }
    let isAboveRows = table.map { !$0.hasRows } ?? false
    if let heading = HeadingLine(line, isAboveRows: isAboveRows), try readHeading(heading, line) {
      return
    }
    let printed = PrintedLine(line)
    guard !isRow(printed) else { return try readRow(printed) }
    if table?.hasRows == true, HeadingLine.namesColumns(line) { try endTable() }
    if aside.takes(line) {
      noteWords(line, line.characters)
      return try note(.aside(line))
    }
    if !isHeadComplete { headings.removeAll { !$0.isNote || table == nil } }
    recentLines = (recentLines + [line.characters]).suffix(Self.titleLineCountMax)
    noteWords(line, line.characters)
    if let plan = titledTable() {
      try begin(plan, at: line)
    } else if Self.isFootnote(line) {
      try endTable()
    }
    try note(.text(line, ColumnNotes.words(of: line)))
  }

  /// Keeps words that may say scale and currency of the next rows.
  private mutating func noteWords(_ line: DocumentLine, _ words: [Unicode.Scalar]) {
    context = (context + [words]).suffix(Self.contextLineCountMax)
    captions = (captions + [(words, line.number)]).suffix(Self.contextLineCountMax)
    if paragraph.count < Self.paragraphCountMax { paragraph += words + [" "] }
  }

  /// Whether a line has figures in cells: in prose they stand apart from the words.
  private func isRow(_ printed: PrintedLine) -> Bool {
    guard let first = printed.figures.first else { return false }
    if table != nil { return true }
    if printed.figures.count > 1 { return printed.figures.dropFirst().allSatisfy { $0.gap > 1 } }
    return printed.captionWordCount > 0 && first.gap >= 4
  }

  private mutating func readRow(_ printed: PrintedLine) throws {
    try endHead()
    aside = ColumnNotes()
    recentLines = []
    paragraph = []
    (context, captions) = ([], [])
    guard table == nil else {
      table?.append(.row(printed))
      return
    }
    try printed.emitCaption(nil, emit)
    let caption = printed.line.text(printed.caption)
    for figure in printed.figures {
      let status = ReleaseFigure.Status.unmapped("it stands in no table of the profile")
      try emit(printed.figure(figure, status, nil, caption))
    }
  }

  /// Notes a line that is no row.
  private mutating func note(_ entry: TableReader.Entry) throws {
    guard table == nil else {
      table?.append(entry)
      return
    }
    switch entry {
    case .text(let line, _), .aside(let line): try line.emitWords(as: .text, nil, emit)
    case .heading(let line): try line.emitWords(as: .heading, nil, emit)
    case .row, .gap: break
    }
  }

  /// Whether the line begins a footnote: a mark and words.
  private static func isFootnote(_ line: DocumentLine) -> Bool {
    line.words.count > 1 && Numeral(line.characters[line.words[0]]).looksLikeMark
  }

  // MARK: Tables

  /// Takes a line of headings of columns; returns `false` if it is none after all.
  private mutating func readHeading(_ heading: HeadingLine, _ line: DocumentLine) throws -> Bool {
    let hasDays = (headings + [heading]).contains(where: \.hasDays)
    let yearCount = heading.phrases.count { $0.words?.hasYear == true }
    let isPlain = heading.hasYears && !hasDays
    guard !isPlain || (heading.title.isEmpty && yearCount > 1) else { return false }
    let title = Array(line.characters[heading.title])
    if heading.hasYears, table == nil || table?.hasRows == true || table?.columns != nil {
      // One day alone can stand in a text; columns are headed by several.
      guard yearCount > 1 || profile.plan(titled: CaptionKey(title)) != nil else {
        if heading.title.isEmpty { try endTable() }
        return false
      }
      // What stands in parentheses says the scale.
      let words =
        context.last {
          !$0.contains("(") && !$0.contains(")") && !ScaleCaption.isLine($0[...])
        } ?? context.last ?? []
      let plan = title.isEmpty ? nil : profile.plan(titled: CaptionKey(title))
      let caption = CaptionLine(text: title.isEmpty ? words : title, indent: 0, startsBlock: true)
      let (headings, context, captions) = (headings, context, captions)
      try begin(plan, title: CaptionReader.caption([caption]), at: line.number)
      (self.headings, self.context, self.captions) = (headings, context, captions)
    }
    aside = ColumnNotes()
    if headings.isEmpty { titleLines = context }
    headings.append(heading)
    if heading.hasYears { isHeadComplete = true }
    if !title.isEmpty { noteWords(line, title) }
    if heading.isNote { noteWords(line, line.characters) }
    try note(.heading(line))
    recentLines = []
    return true
  }

  /// At the first row below headings: they and the words around them tell the columns.
  private mutating func endHead() throws {
    defer { (headings, isHeadComplete) = ([], false) }
    if isHeadComplete, sketch != nil {
      let columns = ColumnHeadings(headings, profile.days).columns
      table?.head = TableHead(titles: titleLines, lines: context, columns: columns)
    }
    guard isHeadComplete, let plan = table?.plan else {
      if isHeadComplete { above = nil }
      return
    }
    let captions = CaptionOfUnit.read(captions)
    try plan.checkCurrency(captions, file: file)
    let columns = Result { () throws(ColumnHeadings.Unreadable) in
      let columns = try ColumnHeadings(headings, profile.days).columns.get()
      return TableColumns(columns: columns, scale: try plan.scale(context))
    }
    table?.columns = columns
    above = try? columns.get()
    captionsAbove = captions
  }

  /// The table whose title the last lines are.
  private func titledTable() -> TablePlan? {
    for count in 1...max(recentLines.count, 1) {
      let lines = recentLines.suffix(count)
      // Long lines are prose, and cost no time.
      guard lines.lazy.map(\.count).reduce(0, +) <= Self.titleLengthMax else { return nil }
      let words = lines.joined(separator: [" "])
      if let plan = profile.plan(titled: CaptionKey(words)) { return plan }
    }
    return nil
  }

  /// At a blank line or a rule: the paragraph may have told what the next rows are.
  private mutating func endParagraph(_ line: DocumentLine) throws {
    let words = paragraph
    (recentLines, paragraph, aside) = ([], [], ColumnNotes())
    if line.isRule, !isHeadComplete, headings.isEmpty, table?.hasRows != false {
      (context, captions) = ([], [])
    }
    table?.append(.gap)
    guard !words.isEmpty, let plan = profile.plan(introducedBy: CaptionKey(words)) else { return }
    try begin(plan, title: plan.statement.title, at: line.number - 1)
    guard plan.table.columns == .above else { return }
    guard let above else {
      table?.columns = .failure(.init(reason: "no table with headings stands above it"))
      return
    }
    try plan.checkCurrency(captionsAbove, file: file)
    let isSame = Period.named(in: words) == Set(above.columns.compactMap { try? $0.period.get() })
    table?.columns =
      isSame
      ? .success(above)
      : .failure(
        .init(reason: "the sentence before it does not name the periods of the table above")
      )
  }

  private mutating func begin(_ plan: TablePlan, at line: DocumentLine) throws {
    try begin(plan, title: plan.statement.title, at: line.number)
  }

  private mutating func begin(_ plan: TablePlan?, title: String, at line: Int) throws {
    try endTable()
    (headings, isHeadComplete) = ([], false)
    table = TableReader(plan, title: title, line: line)
  }

  private mutating func endTable() throws {
    guard var ended = table else { return }
    table = nil
    if let sketch, let table = TableSketch(ended) { try sketch(table) }
    try ended.finish(entity: profile.entity, emit)
    guard ended.plan != nil || ended.summary.rowCount > 0 else { return }
    tableCount += 1
    if tables.count < Self.keptTableCountMax { tables.append(ended.summary) }
  }
}
