/// The file holds bytes that this program did not write.
public struct DamagedLedger: Error, Hashable, Sendable {
  /// What does not fit.
  public var message: String

  /// The first event that is affected; `nil` if that is not known.
  public var sequence: UInt64?

  /// The filing that the event belongs to; `nil` if it is of none, or not known.
  public var filing: String?

  /// The table that is damaged; `nil` if that is not known.
  public var table: String?

  /// Whether a page of the file is damaged, so that the table cannot be made again in place.
  public var isPage = false

  /// Whether the log is sound, as far as was looked, so that the table can be made again from it.
  public var isDerived: Bool { table.map(Self.derivedTables.contains) ?? false }

  private static let derivedTables: Set<String> = [
    FactTable.name, FilingTable.name, DefinitionTable.name, BatchTable.name, TileTable.name,
  ]

  /// Damage with this description.
  public init(_ message: String, sequence: UInt64? = nil, table: String? = nil) {
    self.message = message
    self.sequence = sequence
    self.table = table
  }

  /// How a damaged ledger can be repaired.
  public enum Repair: String, Hashable, Sendable {
    /// Make its derived tables again from the log.
    case rebuild = "make its tables again from its log"

    /// Export it, and append the export to a new ledger.
    case exportToNewLedger = "export it and append the export to a new ledger"

    /// Take a backup or an export.
    case restore = "restore it from a backup or an export"
  }

  /// What to do about it.
  public var repair: Repair {
    if isDerived, isPage { return .exportToNewLedger }
    return isDerived ? .rebuild : .restore
  }
}

extension DamagedLedger: CustomStringConvertible {
  /// What does not fit, where, and what to do.
  public var description: String {
    var place = ""
    if let sequence { place += "event \(sequence)" }
    if let filing { place += " of filing \(filing)" }
    if let table { place += place.isEmpty ? "table \(table)" : ", table \(table)" }
    return
      "the ledger is damaged: \(place.isEmpty ? "" : place + ": ")\(message); \(repair.rawValue)"
  }
}
