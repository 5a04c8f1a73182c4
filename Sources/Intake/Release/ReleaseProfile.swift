public import Facts

/// A profile with its statements and concepts: all that reading a release needs to know.
public struct ReleaseProfile: Sendable {
  let plans: [TablePlan]

  private static let remedy =
    "append its definition first, or read the profile from a folder that holds it"

  /// The profile.
  public let definition: ProfileDefinition

  /// What is known of the days with which the company's fiscal periods end.
  public let days: FiscalDays

  /// Whose releases.
  public var entity: String { definition.entity }

  /// Looks up what the profile names.
  ///
  /// - Parameters:
  ///   - profile: The definition of the profile.
  ///   - calendar: The company's fiscal calendar, as far as a ledger knows it.
  ///   - statement: Finds a statement by its name.
  ///   - concept: Finds a concept by its name.
  /// - Throws: `InvalidEvent` if the profile names a statement, or the statement a concept,
  ///   that is not defined; whatever the closures throw.
  public init(
    _ profile: ProfileDefinition,
    calendar: FiscalCalendar? = nil,
    statement: (_ name: String) throws -> StatementDefinition?,
    concept: (_ name: String) throws -> ConceptDefinition?
  ) throws {
    definition = profile
    days = FiscalDays(profile.periodEnds, calendar)
    var plans: [TablePlan] = []
    for table in profile.tables {
      guard let statement = try statement(table.statement), statement.layout == .columns else {
        throw InvalidEvent(
          "profile \"\(profile.profile)\" names the statement \"\(table.statement)\", "
            + "which is not defined in columns for \(profile.entity)",
          remedy: Self.remedy
        )
      }
      var concepts: [String: ConceptDefinition] = [:]
      for case let name? in statement.lines.map(\.concept) where concepts[name] == nil {
        guard let found = try concept(name) else {
          throw InvalidEvent(
            "statement \"\(statement.statement)\" names the concept \"\(name)\", which is not defined",
            remedy: Self.remedy
          )
        }
        concepts[name] = found
      }
      plans.append(TablePlan(table, statement, concepts, labels: profile.labels))
    }
    self.plans = plans
  }

  /// The kind that a concept of its statements declares; `nil` if they name no such concept.
  public func kind(ofConcept name: String) -> String? {
    plans.lazy.compactMap { $0.concepts[name]?.kind }.first
  }

  /// The table that lines are the title of.
  func plan(titled title: CaptionKey) -> TablePlan? {
    plans.first { !$0.title.isPattern && $0.title == title }
  }

  /// The table that a whole paragraph is written before.
  func plan(introducedBy paragraph: CaptionKey) -> TablePlan? {
    plans.first { $0.title.isPattern && $0.title.matches(paragraph) }
  }
}
