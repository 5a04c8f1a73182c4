public import Facts

/// A profile that was found, with the definitions and filings that stand beside it.
public struct ReleaseSource {
  /// The profile, with all that it names.
  public let profile: ReleaseProfile

  /// The definitions of the files that hold the profile; none where the profile is the ledger's.
  public let definitions: [Draft]

  /// The filings of those files.
  private let filings: [Filing]

  /// A profile of the ledger.
  ///
  /// - Parameters:
  ///   - profile: The definition of the profile.
  ///   - known: What the ledger has recorded.
  ///   - statement: Finds the layout of a statement in the ledger, the company's before everybody's.
  ///   - calendar: Finds the fiscal calendar of a company that the ledger knows.
  /// - Throws: As ``ReleaseProfile``.
  public init(
    _ profile: ProfileDefinition,
    known: KnownDefinitions,
    statement: (_ name: String, _ entity: String) throws -> StatementDefinition?,
    calendar: (_ entity: String) throws -> FiscalCalendar? = { _ in nil }
  ) throws {
    (definitions, filings) = ([], [])
    self.profile = try ReleaseProfile(
      profile,
      calendar: try calendar(profile.entity),
      statement: { try statement($0, profile.entity) },
      concept: known.concept
    )
  }

  /// The only profile among drafts.
  ///
  /// - Parameters:
  ///   - drafts: What a file or folder holds.
  ///   - path: The file or folder, for messages.
  ///   - known: What the ledger has recorded; the drafts come before it.
  ///   - statement: Finds the layout of a statement in the ledger, the company's before everybody's.
  ///   - calendar: Finds the fiscal calendar of a company that the ledger knows.
  /// - Throws: ``ImportError`` if there is no profile, or there are several; else as
  ///   ``ReleaseProfile``.
  public init(
    among drafts: [Draft],
    of path: String,
    known: KnownDefinitions,
    statement: (_ name: String, _ entity: String) throws -> StatementDefinition?,
    calendar: (_ entity: String) throws -> FiscalCalendar? = { _ in nil }
  ) throws {
    definitions = drafts.filter { $0.event.definitionName != nil }
    filings = drafts.compactMap { if case .filing(let filing) = $0.event { filing } else { nil } }
    let profiles = drafts.compactMap { draft in
      if case .profile(let profile) = draft.event { profile } else { nil }
    }
    guard let found = profiles.last, Set(profiles.map(\.profile)).count == 1 else {
      throw ImportError(
        file: path,
        place: .file,
        message: profiles.isEmpty ? "it holds no profile" : "it holds several profiles",
        remedy: "name a file or folder with one event of the type \"profile\""
      )
    }
    var statements: [String: StatementDefinition] = [:]
    for case .statement(let statement) in definitions.map(\.event)
    where statement.entity == found.entity {
      statements[statement.statement] = statement
    }
    var own: FiscalCalendar?
    for case .entity(let entity) in definitions.map(\.event) where entity.entity == found.entity {
      own = entity.fiscalYearEnd.map { FiscalCalendar(yearEnd: $0) }
    }
    profile = try ReleaseProfile(
      found,
      calendar: try calendar(found.entity) ?? own,
      statement: { try statements[$0] ?? statement($0, found.entity) },
      concept: known.adding(definitions).concept
    )
  }

  /// The filing of the document with this SHA-256; `nil` if the files have none.
  public func filing(ofDocument sha256: String) -> Filing? {
    filings.first { $0.document?.sha256 == sha256 }
  }
}
