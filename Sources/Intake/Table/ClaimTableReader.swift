import Facts

/// Reads claims from a table of comma- or tab-separated values.
struct ClaimTableReader {
  /// The definitions that claims rest on, and the filings that a table need not tell of again.
  let known: KnownDefinitions

  /// The entity of rows that name none; `nil` if there are several.
  let onlyEntity: () throws -> String?

  /// The columns that make claims.
  private enum Column: String, CaseIterable {
    case type, entity, concept, dimensions, period, unit, scale, value, decimals, qualifier, filing,
      form
    case published, line, column, text, status
  }

  /// Columns for the eye, which are read over.
  private static let ignored: Set<String> = [
    "sequence", "recorded", "label", priorValue, "prior period", "prior filing", "statement",
  ]

  /// The column of a new quarter's table that a value is compared with.
  private static let priorValue = "prior value"

  private static let needed: [Column] = [.concept, .period, .unit, .value, .filing]

  /// Reads the claims of a table, row by row: see ``ClaimTableImporter``.
  func read(
    _ document: SourceFile,
    _ emit: (Draft) throws -> Void
  ) throws -> ClaimTableImporter.Skipped {
    var rows = Rows(reader: self, file: document.path)
    do {
      try TableRows(document).read { row in try rows.take(row, emit) }
    } catch var refusal as InvalidEvent {
      // In a text that is no table, the mistakes of single rows are no longer listed.
      refusal.file = document.path
      var refused = RefusedEvents()
      refused.add(refusal)
      throw refused
    }
    if rows.columns == nil { _ = try rows.takeHeader(DelimitedText.Row(line: 1, fields: [])) }
    guard rows.refused.count == 0 else { throw rows.refused }
    return rows.skipped
  }

  /// The rows of one table, the header first.
  private struct Rows {
    let reader: ClaimTableReader
    let file: String
    var columns: [Column?]?
    private var priorIndex: Int?
    var skipped = ClaimTableImporter.Skipped()
    var refused = RefusedEvents()
    private var filings: [String: Filing] = [:]

    init(reader: ClaimTableReader, file: String) { (self.reader, self.file) = (reader, file) }

    mutating func take(_ row: DelimitedText.Row, _ emit: (Draft) throws -> Void) throws {
      guard let columns else {
        columns = try takeHeader(row)
        priorIndex = row.fields.firstIndex { ClaimTableReader.isPriorValue($0) }
        return
      }
      var drafts: [Draft] = []
      do {
        drafts = try self.drafts(of: row, columns)
      } catch let refusal as InvalidEvent {
        refuse(refusal, line: row.line)
      }
      for draft in drafts { try emit(draft) }
    }

    /// - Throws: ``Facts/RefusedEvents`` at once: nothing can be read without the header.
    mutating func takeHeader(_ row: DelimitedText.Row) throws(RefusedEvents) -> [Column?] {
      do {
        return try ClaimTableReader.columns(of: row.fields)
      } catch {
        refuse(error, line: row.line)
        throw refused
      }
    }

    private mutating func refuse(_ refusal: InvalidEvent, line: Int) {
      var refusal = refusal
      (refusal.file, refusal.line) = (file, line)
      refused.add(refusal)
    }

    private mutating func drafts(
      of row: DelimitedText.Row,
      _ columns: [Column?]
    ) throws -> [Draft] {
      var cells = try ClaimTableReader.cells(row, columns)
      let status = cells[.status] ?? ""
      if status == "corrected" || status == "withdrawn" {
        skipped.amendedCount += 1
        return []
      }
      guard let figure = try ClaimTableReader.figure(cells) else {
        // A row that names no concept heads those below it.
        if cells[.concept] != nil { skipped.emptyCount += 1 }
        return []
      }
      cells[.entity] = try reader.entity(cells, filings)
      if let prior = priorIndex, row.fields.indices.contains(prior),
        case .number(let written) = WrittenFigure(row.fields[prior]), let value = figure.value,
        let before = written.scaled(byPowerOfTen: try ClaimTableReader.scale(cells))
      {
        skipped.add(
          .init(
            line: row.line,
            concept: cells[.concept] ?? "",
            dimensions: cells[.dimensions] ?? "",
            period: cells[.period] ?? "",
            prior: before,
            value: value
          ),
          of: cells[.entity] ?? ""
        )
        if let doubt = TableDoubts.doubt(value, before: before) {
          skipped.addDoubt("line \(row.line): \(doubt)")
        }
      }
      var drafts: [Draft] = []
      if let new = try reader.newFiling(cells, filings) {
        filings[new.filing] = new
        if let doubt = try TableDoubts.doubt(ofFiling: new, reader.known) {
          skipped.addDoubt("line \(row.line): \(doubt)")
        }
        drafts.append(Draft(.filing(new), file: file, line: row.line))
      }
      let claim = try reader.claim(cells, figure)
      return drafts + [Draft(.claim(claim), file: file, line: row.line)]
    }
  }

  // MARK: Header and rows

  private static func isPriorValue(_ name: String) -> Bool {
    name.split(separator: " ").joined(separator: " ").lowercased() == priorValue
  }

  private static func columns(of header: [String]) throws(InvalidEvent) -> [Column?] {
    var columns: [Column?] = []
    for name in header {
      let name = name.split(separator: " ").joined(separator: " ").lowercased()
      let column = Column(rawValue: name)
      guard column != nil || ignored.contains(name) else {
        let start = String(name.prefix(80))
        let near = nearest(to: start, among: Column.allCases.map(\.rawValue))
        throw InvalidEvent(
          "\"\(start)\" is no column of a table of claims",
          remedy: near.map { "did you mean \"\($0)\"?" }
            ?? "the columns are \(Column.allCases.map(\.rawValue).joined(separator: ", "))"
        )
      }
      guard column == nil || !columns.contains(column) else {
        throw InvalidEvent(repeatedColumn(name), remedy: "keep one")
      }
      columns.append(column)
    }
    for column in needed where !columns.contains(column) {
      throw InvalidEvent(
        "the column \"\(column.rawValue)\" is missing",
        remedy:
          "the first line names the columns: at least \(needed.map(\.rawValue).joined(separator: ", "))"
      )
    }
    return columns
  }

  private static func cells(
    _ row: DelimitedText.Row,
    _ columns: [Column?]
  ) throws(InvalidEvent) -> [Column: String] {
    guard row.fields.count <= columns.count else {
      throw InvalidEvent(
        "the row has \(row.fields.count) fields, and the header \(columns.count)",
        remedy: "put a field that holds a comma in quotation marks"
      )
    }
    var cells: [Column: String] = [:]
    for case (let column?, let field) in zip(columns, row.fields) {
      var text = field[...]
      while text.first == " " { text.removeFirst() }
      while text.last == " " { text.removeLast() }
      guard !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
        throw wrong(column, String(text.prefix(40)), "take the control character out")
      }
      if !text.isEmpty { cells[column] = String(text) }
    }
    return cells
  }

  private static func wrong(_ column: Column, _ text: String, _ remedy: String) -> InvalidEvent {
    InvalidEvent("column \"\(column.rawValue)\" is \"\(text)\"", remedy: remedy)
  }

  private static func required(
    _ column: Column,
    _ cells: [Column: String]
  ) throws(InvalidEvent) -> String {
    guard let text = cells[column] else {
      throw InvalidEvent("column \"\(column.rawValue)\" is empty", remedy: "fill it in")
    }
    return text
  }

  // MARK: Claims

  /// What the row says; `nil` if its value is empty.
  private static func figure(_ cells: [Column: String]) throws(InvalidEvent) -> Figure? {
    let text = cells[.value] ?? ""
    switch WrittenFigure(text) {
    case .empty: return nil
    case .malformed(let reason):
      throw wrong(.value, text, "\(reason): write 1234.50, 1,234.50, (1,234.50) or - - for a dash")
    case .dash: return Figure(value: nil)
    case .number(let amount):
      let scale = try scale(cells)
      guard let value = amount.scaled(byPowerOfTen: scale) else {
        throw wrong(.value, text, "in full units, it has more than 18 digits")
      }
      // What is printed in thousands is rounded to them.
      let places = scale > 0 ? Int(amount.fractionDigitCount) - scale : nil
      return Figure(
        value: value,
        decimals: (try integer(.decimals, cells, in: -18...18) ?? places).map { Int8($0) },
        qualifier: try qualifier(cells)
      )
    }
  }

  /// The power of ten that the figures of the row are printed in.
  private static func scale(_ cells: [Column: String]) throws(InvalidEvent) -> Int {
    guard let text = cells[.scale] else { return 0 }
    if let power = scales[text.lowercased()] { return power }
    guard let power = Int(text), 0...12 ~= power else {
      throw wrong(.scale, text, "write thousands, millions, billions or a power of ten, as 3")
    }
    return power
  }

  private static let scales = ["units": 0, "thousands": 3, "millions": 6, "billions": 9]

  private static func qualifier(_ cells: [Column: String]) throws(InvalidEvent) -> Qualifier? {
    guard let text = cells[.qualifier] else { return nil }
    guard let qualifier = Qualifier(rawValue: text) else {
      let words = Qualifier.allCases.map(\.rawValue).joined(separator: ", ")
      throw wrong(.qualifier, text, "write one of: \(words)")
    }
    return qualifier
  }

  private static func integer(
    _ column: Column,
    _ cells: [Column: String],
    in bounds: ClosedRange<Int>
  ) throws(InvalidEvent) -> Int? {
    guard let text = cells[column] else { return nil }
    guard let number = Int(text), bounds.contains(number) else {
      let range = "\(bounds.lowerBound) to \(bounds.upperBound)"
      throw wrong(column, text, "give a whole number from \(range)")
    }
    return number
  }

  private func entity(
    _ cells: [Column: String],
    _ filings: [String: Filing]
  ) throws -> String {
    if let entity = cells[.entity] { return entity }
    let name = try Self.required(.filing, cells)
    if let filing = try filings[name] ?? known.filing(name) { return filing.entity }
    guard let entity = try onlyEntity() else {
      throw InvalidEvent(
        "column \"entity\" is empty, and the ledger does not hold just one entity",
        remedy: "fill it in"
      )
    }
    return entity
  }

  /// The row's filing, if neither the ledger nor an earlier row records it.
  private func newFiling(
    _ cells: [Column: String],
    _ filings: [String: Filing]
  ) throws -> Filing? {
    let name = try Self.required(.filing, cells)
    var published: PublishedTime?
    if let text = cells[.published] {
      published = PublishedTime(text)
      guard published != nil else {
        throw Self.wrong(.published, text, "write 2004-11-04, or 2004-11-04T13:00:30Z")
      }
    }
    if let known = try filings[name] ?? known.filing(name) {
      guard published.map({ $0 == known.published }) ?? true else {
        throw Self.wrong(
          .published,
          cells[.published] ?? "",
          "filing \(name) was published \(known.published), as told before"
        )
      }
      return nil
    }
    guard let published else {
      throw InvalidEvent(
        "filing \"\(name)\" is not recorded, and column \"published\" is empty",
        remedy: "say when it was published: 2004-11-04, or 2004-11-04T13:00:30Z"
      )
    }
    return Filing(
      filing: name,
      entity: try Self.required(.entity, cells),
      form: cells[.form],
      published: published
    )
  }

  private func claim(_ cells: [Column: String], _ figure: Figure) throws -> Claim {
    let name = try Self.required(.concept, cells)
    let entity = try Self.required(.entity, cells)
    let concept = try known.concept(name)
    let dimensions: Dimensions
    do {
      dimensions = try Dimensions(cells[.dimensions] ?? "")
    } catch {
      throw Self.wrong(.dimensions, cells[.dimensions] ?? "", "write metal=gold;segment=silver")
    }
    let text = try Self.required(.period, cells)
    let isInstant = concept?.periodType == .instant
    let written = try Period(written: text, isInstant: isInstant) {
      try known.calendar(entity)
        ?? FiscalCalendar(yearEnd: known.entity(entity)?.fiscalYearEnd)
    }
    guard let period = written else {
      throw Self.wrong(
        .period,
        text,
        "write 2004-09-30, 2004-07-01/2004-09-30, 2004Q3, 2004-9M or FY2004"
      )
    }
    let kind = cells[.type].flatMap { $0 == "correction" ? nil : $0 } ?? concept?.kind
    return Claim(
      kind: kind ?? "statement-line",
      filing: try Self.required(.filing, cells),
      fact: Fact(
        entity: entity,
        concept: name,
        dimensions: dimensions,
        unit: try Self.required(.unit, cells),
        period: period
      ),
      figure: figure,
      source: try Self.source(cells)
    )
  }

  private static func source(_ cells: [Column: String]) throws(InvalidEvent) -> Source? {
    let bounds = 1...Int(UInt32.max)
    let line = try integer(.line, cells, in: bounds)
    let column = try integer(.column, cells, in: bounds)
    let text = cells[.text]
    switch (line, column) {
    case (let line?, let column?):
      return Source(place: .init(line: UInt32(line), column: UInt32(column)), text: text)
    case (nil, nil): return text.map { Source(place: nil, text: $0) }
    default:
      throw InvalidEvent(
        "one of the columns \"line\" and \"column\" is empty",
        remedy: "give both or neither"
      )
    }
  }
}
