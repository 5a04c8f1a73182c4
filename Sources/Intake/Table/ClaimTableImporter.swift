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

    /// The first values that stand beside their prior ones, at most ``comparedCountMax``.
    public private(set) var compared: [Compared] = []

    /// How many values stand beside their prior ones.
    public private(set) var comparedCount = 0

    /// The entity of the first of them; `nil` if there is none.
    public private(set) var comparedEntity: String?

    /// The most values that are kept beside their prior ones.
    public static let comparedCountMax = 1000

    /// A value that a person filled in, and what was reported before.
    public struct Compared: Sendable {
      /// The row's line in the table.
      public let line: Int

      /// The fact, as the table writes it.
      public let concept: String

      /// See ``concept``.
      public let dimensions: String

      /// See ``concept``.
      public let period: String

      /// What was reported before, in full units.
      public let prior: Amount

      /// What was filled in, in full units.
      public let value: Amount
    }

    mutating func add(_ value: Compared, of entity: String) {
      comparedEntity = comparedEntity ?? entity
      comparedCount += 1
      if compared.count < Self.comparedCountMax { compared.append(value) }
    }

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
  /// - Throws: `RefusedEvents` with file, line and column of each mistake; whatever the
  ///   closures throw.
  public func read(
    _ document: SourceFile,
    known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> Skipped {
    try ClaimTableReader(known: known, onlyEntity: onlyEntity).read(document, emit)
  }
}
