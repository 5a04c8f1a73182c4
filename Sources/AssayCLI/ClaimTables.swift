import Facts
import Intake
import Ledger

/// Tables of claims among the files that are appended.
enum ClaimTables {
  /// Reads a table, and says how many of its rows were skipped.
  ///
  /// - Parameters:
  ///   - definitions: Those that come with it, which it may name.
  ///   - emit: Called with each filing and each claim.
  static func read(
    _ file: AppendedFile,
    _ definitions: DraftDefinitions,
    _ ledger: Ledger?,
    _ emit: @escaping (Draft) throws -> Void
  ) throws {
    let recorded = try ledger?.read { try $0.entityNames() } ?? []
    let entities = Set(recorded).union(definitions.entities.keys)
    let known = KnownDefinitions(of: ledger, addingElements: true).adding(definitions)
    let importer = ClaimTableImporter { entities.count == 1 ? entities.first : nil }
    let skipped = try importer.read(file.document, known: known, emit)
    if skipped.emptyCount > 0 {
      Console.note("\(file.path): \(skipped.emptyCount) rows without a value were skipped")
    }
    if skipped.amendedCount > 0 {
      Console.note(
        "\(file.path): \(skipped.amendedCount) rows corrected or withdrawn were skipped"
      )
    }
  }
}
