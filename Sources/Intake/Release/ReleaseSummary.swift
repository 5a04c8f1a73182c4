import Facts

/// An earnings release that was read: its size, its tables and how many figures became claims.
public struct ReleaseSummary: Sendable {
  /// The path of the document; `-` for standard input.
  public let file: String

  /// The size of the document in bytes.
  public let byteCount: Int

  /// How many lines the document has.
  public let lineCount: Int

  /// The SHA-256 of the document, in hexadecimal.
  public let sha256: String

  /// The counts of figures.
  public let coverage: ReleaseCoverage

  /// The first tables, in the order of the document.
  public let tables: [ReleaseTable]

  /// How many tables there are; at least the count of ``tables``.
  public let tableCount: Int
}

extension ReleaseSummary {
  /// Why the document may be none of a profile's: a page about the company with a sample of one table; `nil` if it
  /// has at least a third of the profile's tables, or is a table itself.
  public func doubt(_ profile: ReleaseProfile) -> String? {
    guard !ReleaseLines.isTable(file) else { return nil }
    let expected = Set(profile.definition.tables.map(\.statement))
    let found = Set(tables.compactMap(\.statement)).intersection(expected)
    guard found.count * 3 < expected.count else { return nil }
    return "it has \(found.count) of the \(expected.count) tables that the profile "
      + "\(profile.definition.profile) names"
  }

  /// How much was read of the table of each statement, in the order of the document.
  func coverages(of filing: String) -> [Coverage] {
    var coverages: [Coverage] = []
    for table in tables {
      guard let statement = table.statement else { continue }
      let count = table.mappedCount + table.unmappedCount
      if let index = coverages.firstIndex(where: { $0.statement == statement }) {
        coverages[index].figureCount += count
        coverages[index].unmappedCount += table.unmappedCount
      } else {
        coverages.append(
          Coverage(
            filing: filing,
            statement: statement,
            figureCount: count,
            unmappedCount: table.unmappedCount
          )
        )
      }
    }
    return coverages
  }
}
