public import Facts

/// Drafts what reading a company's releases needs, from one of them: entity, concepts, statements, sums as
/// checks, and the profile.
///
/// It takes the three main statements by their titles, and each row of them as a line. A row is the concept whose
/// figures, as a ledger knows them, it prints; else a shipped concept where its caption is that of a shipped
/// statement and the signs fit; else a concept of the company's own. What is in doubt is told, and a person looks
/// at it.
public struct ProfileDrafter {
  /// Whom to draft for.
  public struct Subject: Sendable {
    /// The identifier, and the name as people write it.
    public var entity: EntityDefinition

    /// The profile's name, and the prefix of the company's own concepts.
    public var profile: String

    /// The form under which its releases are filed.
    public var form: String?

    /// A company.
    public init(entity: EntityDefinition, profile: String, form: String? = nil) {
      (self.entity, self.profile, self.form) = (entity, profile, form)
    }
  }

  private let subject: Subject
  private let captions: KnownCaptions
  private let recorded: RecordedConcepts
  private var statements: [StatementSketch] = []
  private var periodEnds: Set<CivilDate> = []
  private var doubts: [String] = []
  private var otherTableCount = 0

  /// A drafter that has read nothing yet.
  ///
  /// - Parameters:
  ///   - subject: The company and the statements for which a profile is drafted.
  ///   - captions: The captions of the shipped statements.
  ///   - recorded: What a ledger knows of the company.
  public init(_ subject: Subject, _ captions: KnownCaptions, _ recorded: RecordedConcepts) {
    (self.subject, self.captions, self.recorded) = (subject, captions, recorded)
  }

  /// Reads a document: text or HTML.
  ///
  /// - Throws: ``ImportError`` if it is damaged; whatever reading it throws.
  public mutating func read(_ document: SourceFile) throws {
    let profile = ProfileDefinition(
      profile: subject.profile,
      entity: subject.entity.entity,
      tables: []
    )
    let empty = try ReleaseProfile(profile, statement: { _ in nil }, concept: { _ in nil })
    var tables: [TableSketch] = []
    func note(_ table: TableSketch) { tables.append(table) }
    try withoutActuallyEscaping(note) { note in
      var reader = ReleaseReader(empty, file: document.path) { _ in }
      reader.sketch = note
      while let piece = try document.nextPiece() { try reader.append(piece) }
      try reader.finish()
    }
    for table in tables { take(table) }
  }

  private mutating func take(_ table: TableSketch) {
    guard let statement = StatementSketch(table), statement.lines.count > 4,
      !statements.contains(where: { $0.kind == statement.kind })
    else {
      otherTableCount += 1
      return
    }
    statements.append(statement)
    for row in table.unclear {
      doubts.append(
        "\(statement.title): the figures of \"\(row)\" do not stand plainly under columns"
      )
    }
    guard statement.kind == .balanceSheet else { return }
    let ends = statement.columns.compactMap { try? $0.column.period.get().end }
    if ends.contains(where: { !$0.isEndOfMonth }) { periodEnds.formUnion(ends) }
  }

  /// The draft.
  ///
  /// - Parameter file: The document's name, for messages.
  /// - Throws: ``ImportError`` if none of the main statements was found.
  public consuming func finish(file: String) throws -> DraftedProfile {
    guard !statements.isEmpty else {
      throw ImportError(
        file: file,
        place: .file,
        message:
          "none of its \(otherTableCount) tables with headings is titled as a balance sheet, a "
          + "statement of income or of cash flows",
        remedy: "name the document with the statements, such as the exhibit of a submission"
      )
    }
    var maker = DefinitionMaker(subject, captions, recorded, for: statements)
    // The balance sheet first: other statements refer to its cash.
    for statement in statements.sorted(by: { $0.kind == .balanceSheet && $1.kind != .balanceSheet })
    {
      maker.add(statement)
    }
    var events: [Event] = [.entity(subject.entity)]
    events += maker.concepts.map(Event.concept)
    events += maker.statements.map(Event.statement) + maker.checks.map(Event.check)
    events.append(
      .profile(
        ProfileDefinition(
          profile: subject.profile,
          entity: subject.entity.entity,
          form: subject.form,
          labels: maker.labels.sorted {
            $0.printed.utf8.lexicographicallyPrecedes($1.printed.utf8)
          },
          tables: maker.statements.map { ProfileDefinition.Table(statement: $0.statement) },
          periodEnds: periodEnds.sorted()
        )
      )
    )
    let missing = StatementSketch.Kind.allCases.filter { kind in
      !statements.contains { $0.kind == kind }
    }
    doubts += maker.doubts + missing.map { "no \($0.rawValue) was found" }
    let own = maker.concepts.count { $0.concept.hasPrefix(subject.profile + ":") }
    let recordedCount = maker.recordedCount
    let recordedWords =
      recordedCount == 0 ? "" : "\(recordedCount) that the ledger has figures of, "
    let rows = maker.statements.flatMap(\.lines).count { $0.concept != nil }
    return DraftedProfile(
      events: events,
      doubts: doubts,
      summary: [
        "\(maker.statements.count) statements with \(rows) rows: "
          + maker.statements.map { "\($0.statement) (\($0.title))" }.joined(separator: ", "),
        "\(own) concepts of its own, \(recordedWords)\(maker.shippedCount) shipped ones, "
          + "\(maker.checks.count) sums",
        "\(otherTableCount) other tables left out",
      ]
    )
  }
}
