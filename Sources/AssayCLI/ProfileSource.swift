import Facts
import FoundationEssentials
import Intake
import Ledger

/// Finds a profile, and the definitions it rests on: in a file or folder of events, or in the
/// ledger.
struct ProfileSource {
  let profile: ReleaseProfile

  /// The definitions of the file or folder; none where the profile is the ledger's.
  let definitions: [Draft]

  /// The filings of the file or folder.
  private let filings: [Filing]

  /// - Parameter argument: A file or folder with a profile, or the name of one that the ledger or
  ///   the folder `Events` holds.
  init(_ argument: String, _ ledger: Ledger?) throws {
    let isPath = argument.contains("/") || FileManager.default.fileExists(atPath: argument)
    if !isPath, let own = try Ledger.profile(argument, in: ledger) {
      (definitions, filings) = ([], [])
      profile = try Self.resolved(own, definitions, ledger)
      return
    }
    let path = isPath ? argument : "Events/\(argument)"
    guard isPath || FileManager.default.fileExists(atPath: path) else {
      throw FileFailure(
        path: argument,
        message: "neither the ledger nor the folder Events holds a profile of this name",
        remedy: "append one, or name a file or folder that holds it, such as Events/hecla"
      )
    }
    var drafts: [Draft] = []
    for file in try Input.eventFiles(at: path) {
      drafts += try EventFileReader.drafts(from: Input.bytes(of: file), file: file)
    }
    definitions = drafts.filter { $0.event.definitionName != nil }
    filings = drafts.compactMap { if case .filing(let filing) = $0.event { filing } else { nil } }
    let profiles = drafts.compactMap { draft in
      if case .profile(let profile) = draft.event { profile } else { nil }
    }
    guard let first = profiles.last, Set(profiles.map(\.profile)).count == 1 else {
      throw FileFailure(
        path: path,
        message: profiles.isEmpty ? "it holds no profile" : "it holds several profiles",
        remedy: "name a file or folder with one event of the type \"profile\""
      )
    }
    profile = try Self.resolved(first, definitions, ledger)
  }

  private static func resolved(
    _ profile: ProfileDefinition,
    _ definitions: [Draft],
    _ ledger: Ledger?
  ) throws -> ReleaseProfile {
    let known = KnownDefinitions(
      concept: { try Ledger.concept($0, in: ledger) },
      entity: { try Ledger.entity($0, in: ledger) }
    ).adding(definitions)
    var statements: [String: StatementDefinition] = [:]
    for case .statement(let statement) in definitions.map(\.event)
    where statement.entity == profile.entity {
      statements[statement.statement] = statement
    }
    return try ReleaseProfile(
      profile,
      statement: {
        try statements[$0] ?? Ledger.statement($0, of: profile.entity, in: ledger)
      },
      concept: known.concept
    )
  }

  /// The filing of the document with this SHA-256; `nil` if the files have none.
  func filing(ofDocument sha256: String) -> Filing? {
    filings.first { $0.document?.sha256 == sha256 }
  }
}
