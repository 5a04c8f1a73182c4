public import Facts

/// Reads claims from a table of comma- or tab-separated values: the columns of a listing of facts, in
/// any order, only those that are needed.
public struct ClaimTableImporter: Importer {
  /// What of a table was skipped.
  public struct Skipped: Sendable {
    /// How many rows have an empty value, and were skipped.
    public internal(set) var emptyCount = 0

    /// How many rows are of claims that were corrected or withdrawn, and were skipped.
    public internal(set) var amendedCount = 0

    /// What a person should look at: values that are far from their prior ones, filings that look mistyped.
    public private(set) var doubts: [String] = []

    /// How many doubts there are; at least the count of ``doubts``.
    public private(set) var doubtCount = 0

    private static let doubtCountMax = 20

    mutating func addDoubt(_ doubt: String) {
      doubtCount += 1
      if doubts.count < Self.doubtCountMax { doubts.append(doubt) }
    }

    /// What was skipped and what is in doubt, in words: a text for each.
    public var descriptions: [String] {
      let rest = doubtCount - doubts.count
      return doubts
        + [
          rest > 0 ? "\(rest) more rows are in doubt" : nil,
          emptyCount > 0 ? "\(emptyCount) rows without a value were skipped" : nil,
          amendedCount > 0 ? "\(amendedCount) rows corrected or withdrawn were skipped" : nil,
        ].compactMap(\.self)
    }
  }

  private let onlyEntity: () throws -> String?

  /// An importer of tables.
  ///
  /// - Parameter onlyEntity: The entity of rows that name none; `nil` if there are several.
  public init(onlyEntity: @escaping () throws -> String?) { self.onlyEntity = onlyEntity }

  /// Reads the claims of a table, row by row.
  ///
  /// - Parameters:
  ///   - document: The table.
  ///   - known: The definitions that claims rest on, and the filings that are recorded.
  ///   - emit: Called with each claim, in the order of the table, and before the first one of a
  ///     filing that the ledger has not with that filing.
  /// - Returns: What was skipped.
  /// - Throws: ``Facts/RefusedEvents`` with file, line and column of each mistake; whatever the
  ///   closures throw.
  public func read(
    _ document: SourceFile,
    known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> Skipped {
    try ClaimTableReader(known: known, onlyEntity: onlyEntity).read(document, emit)
  }
}
