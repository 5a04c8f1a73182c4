import CTaxonomy
public import Facts

/// Elements of the public taxonomies us-gaap, ifrs-full, dei and srt that filings use, from
/// `Events/taxonomy/elements.tsv`.
///
/// They are not recorded before a claim needs them. They serve to define a concept that a claim names
/// and no event defines, and to find typing errors in the concepts that definitions name.
public enum StandardElements {
  /// The lines of the file, without the first, which names the columns.
  ///
  /// Most of them are never asked for: a line is read when its element is.
  private static let lines: [ArraySlice<UInt8>] = {
    var byteCount = 0
    let start = unsafe assay_taxonomy_elements(&byteCount)
    // The bytes are part of the program, and never change.
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: byteCount))
    return Array(bytes.split(separator: UInt8(ascii: "\n")).dropFirst())
  }()

  /// The line of an element, found by halves: the lines are in the order of the names' bytes.
  private static func line(of name: String) -> ArraySlice<UInt8>? {
    let wanted = Array(name.utf8) + [UInt8(ascii: "\t")]
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      let line = lines[middle]
      if line.starts(with: wanted) { return line }
      if line.lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// The kind of the claims of concepts in public taxonomies.
  private static let kind = "statement-line"

  private static func name(of line: ArraySlice<UInt8>) -> String {
    String(decoding: line.prefix { $0 != UInt8(ascii: "\t") }, as: UTF8.self)
  }

  private static func concept(of line: ArraySlice<UInt8>) -> ConceptDefinition? {
    let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard fields.count == 5 else { preconditionFailure("an element has five fields: \(fields)") }
    let (name, type) = (fields[0], fields[3])
    let dataType = ConceptDefinition.DataType(rawValue: type)
    // Members of dimensions, texts and dates are no concepts of figures.
    guard let periodType = ConceptDefinition.PeriodType(rawValue: fields[1]),
      dataType != nil || type.isEmpty
    else { return nil }
    return ConceptDefinition(
      concept: name,
      label: fields[4].isEmpty ? nil : fields[4],
      kind: kind,
      periodType: periodType,
      dataType: dataType,
      balance: ConceptDefinition.Balance(rawValue: fields[2]),
      isAdditive: dataType == .monetary && periodType == .duration ? true : nil
    )
  }

  /// The names of all elements, in the order of the file.
  public static var names: [String] { lines.map(name) }

  /// Whether a public taxonomy has an element of this name.
  ///
  /// - Complexity: O(log *n*) for *n* elements, after the first call, which finds their lines.
  public static func contains(_ name: String) -> Bool { line(of: name) != nil }

  /// The definition of an element that figures are of; `nil` if there is no such element, or if it is
  /// a member of a dimension, a text or a date.
  ///
  /// - Complexity: As ``contains(_:)``.
  public static func concept(_ name: String) -> ConceptDefinition? {
    line(of: name).flatMap(concept)
  }

  /// The elements, as an append uses them.
  static var concepts: StandardConcepts {
    StandardConcepts(
      names: { names },
      contains: { contains($0) },
      concept: { concept($0) }
    )
  }
}
