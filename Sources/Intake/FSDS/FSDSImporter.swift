public import Facts

/// Reads the SEC's Financial Statement Data Sets: the figures of the primary statements of all
/// filings of a quarter or a month, as tables
/// (<https://www.sec.gov/dera/data/financial-statement-data-sets>).
///
/// Columns are found by the header, so that the layouts with and without `segments` both read.
/// Periods are as the sets give them: they end with a month, and last whole quarters, whatever day
/// the filer's own period ended on. An empty value is a fact that the filing gives as nil: a dash.
/// Values are rounded by the SEC to four digits after the point; where there are four, the claim
/// says so with its decimals. Footnotes are left out. The table `pre` lays out the statements of each
/// filing; it has no headings.
public struct FSDSImporter: Importer {
  /// An importer of Financial Statement Data Sets.
  public init() {}

  /// Reads the set in `folder`: its tables `sub` and `num`, and `tag` and `pre` if they are there.
  ///
  /// - Parameters:
  ///   - folder: The folder or archive of the set.
  ///   - known: What the ledger has recorded already.
  ///   - emit: Called with each claim, in the order of the table, then with the definitions that are
  ///     new, the filings and their layouts.
  /// - Returns: What was read.
  /// - Throws: ``ImportError`` if a table is missing, lacks a column or holds what cannot be read;
  ///   whatever `known` and `emit` throw.
  /// - Complexity: O(*n*) time; memory for filings and concepts, but not for figures.
  public func read(
    _ folder: SourceFolder,
    known: KnownDefinitions,
    _ emit: @escaping (Draft) throws -> Void
  ) throws -> FSDSSummary {
    var reader = FSDSReader(folder: folder, known: known, emit: emit)
    try reader.read()
    try reader.finish()
    return reader.summary
  }
}

/// What an importer read of a Financial Statement Data Set.
public struct FSDSSummary: Hashable, Sendable {
  /// The folder, as the user named it.
  public let folder: String

  /// How many filings there are.
  public internal(set) var filingCount = 0

  /// How many figures there are; each is one claim.
  public internal(set) var figureCount = 0

  /// How many of them are nil.
  public internal(set) var nilCount = 0

  /// How many of them have a footnote, which is left out.
  public internal(set) var footnoteCount = 0

  /// How many statements are laid out as their filings print them.
  public internal(set) var tableCount = 0

  /// How many statements are left out because their layouts are too long for an event.
  public internal(set) var unsaidTableCount = 0

  /// Whether there is a table of tags, which tells what concepts are.
  public internal(set) var hasTags = false

  init(folder: String) { self.folder = folder }
}

extension FSDSSummary: CustomStringConvertible {
  /// One line.
  public var description: String {
    var parts = ["\(Self.counted(filingCount, "filing")), \(Self.counted(figureCount, "figure"))"]
    if nilCount > 0 { parts.append("\(nilCount) of them nil") }
    if footnoteCount > 0 { parts.append("\(Self.counted(footnoteCount, "footnote")) left out") }
    if tableCount > 0 { parts.append("\(Self.counted(tableCount, "table")) laid out as printed") }
    if unsaidTableCount > 0 {
      parts.append("\(Self.counted(unsaidTableCount, "table")) left out for their length")
    }
    if !hasTags { parts.append("no table of tags: concepts are defined by their facts alone") }
    return "\(folder): " + parts.joined(separator: "; ")
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
