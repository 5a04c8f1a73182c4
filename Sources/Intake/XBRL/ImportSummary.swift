/// What an importer read of a report, and what it left out.
public struct ImportSummary: Sendable {
  /// The report, as the user named it.
  public let file: String

  /// How many facts are figures.
  public let figureCount: Int

  /// How many facts are none, but texts, names or dates, and are left out.
  public let textCount: Int

  /// How many claims there are.
  public internal(set) var claimCount = 0

  /// How many tuples there are, whose figures have them as a dimension.
  public internal(set) var tupleCount = 0

  /// How many sums became checks.
  public internal(set) var sumCount = 0

  /// How many sums have weights other than 1 and −1, and are left out.
  public internal(set) var unsaidSumCount = 0

  /// How many statements and tables are laid out as the filing prints them.
  public internal(set) var tableCount = 0

  /// How many tables are left out because their layouts are too long for an event.
  public internal(set) var unsaidTableCount = 0

  /// The facts that are stated more than once.
  public internal(set) var duplicates = DuplicateFacts()

  /// How many facts are of other reports in the same documents (`target` of Inline XBRL), by the names of
  /// those, and are left out.
  public internal(set) var otherReportCounts: [String: Int] = [:]

  /// Files of the taxonomy that are not at hand.
  public internal(set) var missingNames: [String] = []

  init(file: String, figureCount: Int, textCount: Int) {
    (self.file, self.figureCount, self.textCount) = (file, figureCount, textCount)
  }
}

extension ImportSummary: CustomStringConvertible {
  /// One line for what was read, and one for each of the first facts of which the report contradicts itself.
  public var description: String {
    let figures = "\(figureCount) \(figureCount == 1 ? "figure" : "figures")"
    var parts = ["\(figures) became \(claimCount) \(claimCount == 1 ? "claim" : "claims")"]
    func add(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { parts.append("\(count) \(count == 1 ? one : many)") }
    }
    add(duplicates.completeCount, "complete duplicate left out", "complete duplicates left out")
    add(
      duplicates.consistentCount,
      "fact stated at several precisions",
      "facts stated at several precisions"
    )
    add(textCount, "fact that is no figure left out", "facts that are no figures left out")
    add(tupleCount, "tuple as a dimension of its figures", "tuples as dimensions of their figures")
    add(tableCount, "table laid out as printed", "tables laid out as printed")
    add(
      unsaidTableCount,
      "table left out for its length",
      "tables left out for their length"
    )
    add(sumCount, "sum of the calculation linkbase", "sums of the calculation linkbase")
    add(
      unsaidSumCount,
      "sum left out for a weight other than 1 and -1",
      "sums left out for a weight other than 1 and -1"
    )
    add(duplicates.inconsistentCount, "fact contradicts itself", "facts contradict themselves")
    var lines = ["\(file): " + parts.joined(separator: "; ")]
    lines += otherReportCounts.sorted { $0.key < $1.key }.map {
      "\(file): \($0.value) facts of the target \"\($0.key)\" left out"
    }
    if !missingNames.isEmpty {
      lines.append(
        "\(file): without \(missingNames.joined(separator: ", ")): labels, tables and sums are missing "
          + "as far as they stand there"
      )
    }
    lines += duplicates.inconsistent.map { "\(file): conflict: \($0)" }
    let rest = duplicates.inconsistentCount - duplicates.inconsistent.count
    if rest > 0 { lines.append("\(file): conflict: and \(rest) more facts") }
    return lines.joined(separator: "\n")
  }
}
