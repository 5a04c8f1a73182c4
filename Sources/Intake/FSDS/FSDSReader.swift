import Facts

/// Walks the tables of one Financial Statement Data Set.
struct FSDSReader {
  static let remedy =
    "is this an unchanged table of a Financial Statement Data Set? Download it again"

  private let folder: SourceFolder
  private let known: KnownDefinitions
  private let emit: (Draft) throws -> Void
  private var submissions: [String: Submission] = [:]
  private var tags: [String: Tag] = [:]
  private var concepts: ConceptDrafts
  private var kinds: [String: String] = [:]
  private var texts = SharedTexts()
  private var presentations = FSDSPresentations()

  private(set) var summary: FSDSSummary

  /// A row of `sub`.
  private struct Submission {
    let filing: Filing
    let entity: EntityDefinition

    /// What its own tags are prefixed with.
    let prefix: String

    /// The day that it reports about, or the end of that month.
    let period: CivilDate?
  }

  /// A row of `tag`.
  private struct Tag {
    var declaration = ConceptDeclaration()
    var label: String?
  }

  init(folder: SourceFolder, known: KnownDefinitions, emit: @escaping (Draft) throws -> Void) {
    (self.folder, self.known, self.emit) = (folder, known, emit)
    concepts = ConceptDrafts(known: known)
    summary = FSDSSummary(folder: folder.path)
  }

  /// Reads a table, which the SEC names `num.txt` and others `num.tsv`.
  ///
  /// - Returns: Whether there is one.
  private func read(
    _ table: String,
    columns: [String],
    _ body: (TableLines.Row) throws -> Void
  ) throws -> Bool {
    let names = ["\(table).txt", "\(table).tsv"].filter(folder.names.contains)
    guard let name = names.first else { return false }
    guard names.count == 1 else {
      throw error("the folder holds \(names.joined(separator: " and "))", remedy: "keep one")
    }
    var lines = TableLines(file: folder.path(of: name), required: columns)
    try folder.read(name) { try lines.read($0, body) }
    try lines.finish(body)
    return true
  }

  private func error(_ message: String, remedy: String) -> ImportError {
    ImportError(file: folder.path, place: .file, message: message, remedy: remedy)
  }

  private func missing(_ table: String) -> ImportError {
    error(
      "the folder holds no \(table).txt and no \(table).tsv",
      remedy: "give a folder with the tables sub, num, tag and pre of one data set"
    )
  }

  mutating func read() throws {
    let submissionColumns = ["adsh", "cik", "name", "fye", "form", "fy", "fp", "filed", "instance"]
    var submissions: [String: Submission] = [:]
    guard
      try read(
        "sub",
        columns: submissionColumns,
        { row in
          let submission = try Self.submission(row)
          let name = submission.filing.filing
          guard submissions.updateValue(submission, forKey: name) == nil else {
            throw row.error("filing \(name) stands twice", remedy: "keep one line of it")
          }
        }
      )
    else { throw missing("sub") }
    self.submissions = submissions
    try readTags()
    let columns = ["adsh", "tag", "version", "ddate", "qtrs", "uom", "value"]
    var reader = self
    guard try read("num", columns: columns, { try reader.takeNumber($0) }) else {
      throw missing("num")
    }
    self = reader
    try readPresentations()
    summary.filingCount = submissions.count
  }

  private static func submission(_ row: TableLines.Row) throws -> Submission {
    let digits = try row.required("cik")
    guard digits.utf8.count <= 10, UInt64(digits) != nil else {
      throw row.error("cik is \"\(digits.prefix(40))\"", remedy: "it has at most ten digits")
    }
    let entity = XBRLNames.entity(scheme: "http://www.sec.gov/CIK", identifier: digits)
    let yearEnd = row["fye"].flatMap { text in
      text.utf8.count == 4 ? FiscalYearEnd("\(text.prefix(2))-\(text.suffix(2))") : nil
    }
    let filing = Filing(
      filing: try row.required("adsh"),
      entity: entity,
      form: try row.required("form"),
      published: .day(try day("filed", of: row)),
      fiscalYear: row["fy"].flatMap { Int($0) }.flatMap { 1...9999 ~= $0 ? $0 : nil },
      fiscalPeriod: row["fp"]
    )
    // An instance is named PREFIX-DATE.xml, after the prefix of the filer's own concepts.
    let instance = row["instance"]?.prefix { $0 != "-" && $0 != "_" && $0 != "." } ?? ""
    return Submission(
      filing: filing,
      entity: EntityDefinition(
        entity: entity,
        name: row["name"]?.onOneLine ?? entity,
        fiscalYearEnd: yearEnd
      ),
      prefix: instance.isEmpty ? "cik\(entity.dropFirst(4))" : String(instance),
      period: row["period"] == nil ? nil : try day("period", of: row)
    )
  }

  /// A day written as 20090630.
  private static func day(
    _ column: String,
    of row: TableLines.Row
  ) throws(ImportError) -> CivilDate {
    let text = try row.required(column)
    let bytes = Array(text.utf8)
    guard bytes.count == 8,
      let day = CivilDate(
        "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.dropFirst(6))"
      )
    else {
      throw row.error(
        "\(column) is \"\(text.prefix(40))\", which is no day",
        remedy: "days are written as 20090630"
      )
    }
    return day
  }

  private mutating func readTags() throws {
    var tags: [String: Tag] = [:]
    summary.hasTags = try read("tag", columns: ["tag", "version"]) { row in
      let key = "\(try row.required("version")) \(try row.required("tag"))"
      let declaration = ConceptDeclaration(
        dataType: row["datatype"].flatMap { XBRLTaxonomy.dataType(ofItemType: "\($0)ItemType") },
        balance: row["crdr"].flatMap {
          $0 == "C" ? .credit : $0 == "D" ? .debit : nil
        }
      )
      tags[key] = Tag(declaration: declaration, label: row["tlabel"]?.onOneLine)
    }
    self.tags = tags
  }

  /// Takes the captions of statements, for layouts and for concepts that have no label.
  private mutating func readPresentations() throws {
    var reader = self
    _ = try read("pre", columns: ["adsh", "tag", "version", "plabel"]) { row in
      guard let submission = reader.submissions[try row.required("adsh")], let tag = row["tag"],
        let version = row["version"], let label = row["plabel"]?.onOneLine
      else { return }
      let concept = Self.concept(tag, version, submission)
      if let statement = row["stmt"], let report = row["report"].flatMap({ UInt32($0) }),
        let line = row["line"].flatMap({ UInt32($0) })
      {
        try reader.presentations.note(
          FSDSPresentations.Row(
            report: report,
            line: line,
            statement: statement,
            isParenthetical: row["inpth"] == "1",
            concept: concept,
            label: label,
            isNegated: row["negating"] == "1"
          ),
          of: submission.filing.filing
        )
      }
      guard reader.kinds[concept] != nil, reader.conceptTags[concept]?.label == nil else { return }
      reader.conceptTags[concept, default: Tag()].label = label
    }
    self = reader
  }

  /// The properties of concepts, gathered from the tables.
  private var conceptTags: [String: Tag] = [:]

  /// The name of a tag: of a standard taxonomy, `us-gaap/2009`, or the filer's own, whose version is
  /// the filing.
  private static func concept(
    _ tag: String,
    _ version: String,
    _ submission: Submission
  ) -> String {
    let taxonomy = version.split(separator: "/", maxSplits: 1).first ?? ""
    switch taxonomy {
    case submission.filing.filing[...]: return "\(submission.prefix):\(tag)"
    case "ifrs": return "ifrs-full:\(tag)"
    default: return "\(taxonomy):\(tag)"
    }
  }
}

// Rows of `num`.
extension FSDSReader {
  private mutating func takeNumber(_ row: TableLines.Row) throws {
    let name = try row.required("adsh")
    guard let submission = submissions[name] else {
      throw row.error(
        "filing \(name.prefix(40)) is not in the table of submissions",
        remedy: "sub and num must be of one data set"
      )
    }
    let (tag, version) = (try row.required("tag"), try row.required("version"))
    let concept = texts.copy(of: Self.concept(tag, version, submission))
    if conceptTags[concept] == nil { conceptTags[concept] = tags["\(version) \(tag)"] ?? Tag() }
    let figure = try Self.figure(of: row)
    let fact = Fact(
      entity: submission.filing.entity,
      concept: concept,
      dimensions: try dimensions(of: row),
      unit: try unit(of: row, concept),
      period: try Self.period(of: row)
    )
    let kind = try concepts.kind(of: fact)
    kinds[concept] = kind
    // The place in the table keeps a rounded value apart from the exact one of another source.
    let place = Source.Place(
      line: UInt32(clamping: row.line),
      column: UInt32(clamping: row.end(of: "value"))
    )
    let claim = Claim(
      kind: kind,
      filing: submission.filing.filing,
      fact: fact,
      figure: figure,
      source: figure.decimals == nil ? nil : Source(place: place, text: nil)
    )
    try emit(Draft(.claim(claim), file: row.file, line: row.line))
    try presentations.note(fact, figure, of: submission.filing.filing)
    summary.figureCount += 1
    if figure.value == nil { summary.nilCount += 1 }
    if row["footnote"] != nil { summary.footnoteCount += 1 }
  }

  /// The SEC rounds values to four digits after the point and fills those up with zeros; an empty
  /// value is a fact that the filing gives as nil.
  private static func figure(of row: TableLines.Row) throws(ImportError) -> Figure {
    guard let text = row["value"] else { return Figure(value: nil) }
    do {
      let value = try Amount(lexical: withoutFiller(text))
      return Figure(value: value, decimals: value.fractionDigitCount >= 4 ? 4 : nil)
    } catch {
      throw row.error(
        error.message(text, of: "value"),
        remedy: error.remedy(without: "this line", remedy)
      )
    }
  }

  /// The text without zeros at the end of its fraction, which would count among the digits.
  private static func withoutFiller(_ text: String) -> Substring {
    let bytes = text.utf8
    guard let point = bytes.firstIndex(of: UInt8(ascii: ".")), point > bytes.startIndex,
      bytes[point...].dropFirst().allSatisfy({ 0x30...0x39 ~= $0 }),
      let last = bytes.lastIndex(where: { $0 != UInt8(ascii: "0") })
    else { return text[...] }
    return last == point ? text[..<point] : text[...last]
  }

  /// The quarters that end with the month of `ddate`; at its end for none.
  private static func period(of row: TableLines.Row) throws(ImportError) -> Period {
    let end = try day("ddate", of: row)
    let text = try row.required("qtrs")
    guard let count = Int(text), 0...400 ~= count,
      let start = end.advanced(byMonths: -3 * count)?.advanced(byDays: 1)
    else {
      throw row.error(
        "qtrs is \"\(text.prefix(40))\"",
        remedy: "it is a number of quarters, 0 for the end of a day"
      )
    }
    return count == 0 ? .instant(end) : .duration(start: start, end: end)
  }

  /// The unit; of figures a share, which the sets give in a currency, that currency a share.
  private mutating func unit(
    of row: TableLines.Row,
    _ concept: String
  ) throws -> String {
    let unit = texts.copy(of: try row.required("uom"))
    let dataType =
      try conceptTags[concept]?.declaration.dataType ?? known.concept(concept)?.dataType
    return dataType == .perShare && ConceptTraits.isCurrency(unit) ? "\(unit)/shares" : unit
  }

  /// `segments`, `Axis=Member;` each, and `coreg`.
  private mutating func dimensions(of row: TableLines.Row) throws(ImportError) -> Dimensions {
    let (segments, registrant) = (row["segments"], row["coreg"])
    guard segments != nil || registrant != nil else { return .none }
    do throws(Dimensions.Malformation) {
      var pairs = try Dimensions(segments ?? "").pairs.map { (String($0.key), String($0.value)) }
      if let registrant { pairs.append(("co-registrant", registrant)) }
      let dimensions = try Dimensions(pairs.map { (key: $0.0, value: $0.1) })
      return Dimensions(canonicalText: texts.copy(of: dimensions.text))
    } catch {
      throw row.error(
        "segments and coreg are \"\((segments ?? "").prefix(80))\" and "
          + "\"\((registrant ?? "").prefix(80))\"",
        remedy: "segments are written as Axis=Member; one after the other, each axis once"
      )
    }
  }

  /// Emits the definitions that are new, the filings, the oldest first, and their layouts.
  ///
  /// - Throws: Whatever `known` and `emit` throw.
  mutating func finish() throws {
    let file = folder.path
    let sorted = submissions.values.sorted {
      ($0.filing.published.timestamp, $0.filing.filing)
        < ($1.filing.published.timestamp, $1.filing.filing)
    }
    // A later row follows an earlier one of the same filer.
    var entities: [String: Submission] = [:]
    for submission in sorted { entities[submission.entity.entity] = submission }
    for submission in sorted {
      guard let newest = entities.removeValue(forKey: submission.entity.entity) else { continue }
      if let additions = try known.additions(newest.entity, by: [newest.filing]) {
        try emit(Draft(.entity(additions), file: file))
      }
    }
    // A figure a share may stand in a currency: a unit alone does not say that a concept is money.
    let events = concepts.events(
      declared: { conceptTags[$0]?.declaration },
      label: { conceptTags[$0]?.label },
      unitsTell: false
    )
    for event in events { try emit(Draft(event, file: file)) }
    for submission in sorted {
      try emit(Draft(.filing(submission.filing), file: file))
    }
    try emitLayouts()
  }

  /// Emits the layouts that filings print, and which filing prints which.
  private mutating func emitLayouts() throws {
    var (tableCount, tooLongCount) = (0, 0)
    try presentations.forEachFiling { name in
      submissions[name].map { submission in
        FSDSPresentations.Filer(
          filing: name,
          reportingDate: submission.period,
          yearEnd: submission.entity.fiscalYearEnd
        )
      }
    } _: { layouts in
      for event in layouts.events { try emit(Draft(event, file: folder.path)) }
      tableCount += layouts.tableCount
      tooLongCount += layouts.tooLongCount
    }
    (summary.tableCount, summary.unsaidTableCount) = (tableCount, tooLongCount)
  }
}
