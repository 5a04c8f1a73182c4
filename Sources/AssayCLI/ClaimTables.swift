import Facts
import Importers
import Ledger

/// Tables of claims among the files that are appended.
enum ClaimTables {
  /// Whether a file is a table: by its ending; for standard input, if it begins with no brace.
  static func isTable(_ bytes: [UInt8], _ path: String) -> Bool {
    guard path == "-" else { return path.hasSuffix(".csv") || path.hasSuffix(".tsv") }
    let blanks: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
    return bytes.first { !blanks.contains($0) }.map { $0 != UInt8(ascii: "{") } ?? false
  }

  /// Reads a table, and says how many of its rows were skipped.
  ///
  /// - Parameter drafts: Events that come with it, whose definitions and filings it may name.
  static func drafts(
    from bytes: [UInt8],
    _ path: String,
    _ drafts: [Draft],
    _ ledger: Ledger?
  ) throws -> [Draft] {
    var filings: [String: Filing] = [:]
    var entities: Set<String> = try ledger.map { Set(try $0.entityNames()) } ?? []
    for draft in drafts {
      switch draft.event {
      case .filing(let filing): filings[filing.filing] = filing
      case .entity(let entity): entities.insert(entity.entity)
      default: break
      }
    }
    let reader = ClaimTableReader(
      known: KnownDefinitions(
        concept: { try Ledger.concept($0, in: ledger) },
        entity: { try Ledger.entity($0, in: ledger) }
      ).adding(drafts),
      filing: { try filings[$0] ?? Ledger.filing($0, in: ledger) },
      onlyEntity: { entities.count == 1 ? entities.first : nil }
    )
    let result = try reader.drafts(from: bytes, file: path)
    if result.emptyCount > 0 {
      Console.note("\(path): \(result.emptyCount) rows without a value were skipped")
    }
    if result.amendedCount > 0 {
      Console.note("\(path): \(result.amendedCount) rows corrected or withdrawn were skipped")
    }
    return result.drafts
  }
}
