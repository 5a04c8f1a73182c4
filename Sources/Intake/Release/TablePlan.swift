import Facts

/// A table of the profile with all that its rows are read by.
struct TablePlan {
  let table: ProfileDefinition.Table
  let statement: StatementDefinition
  let concepts: [String: ConceptDefinition]
  let map: CaptionMap

  /// The title, or a pattern for the paragraph before the table.
  let title: CaptionKey

  private let expected: ScaleCaption?

  init(
    _ table: ProfileDefinition.Table,
    _ statement: StatementDefinition,
    _ concepts: [String: ConceptDefinition],
    labels: [ProfileDefinition.Label]
  ) {
    self.table = table
    self.statement = statement
    self.concepts = concepts
    map = CaptionMap(statement, labels: labels)
    title = CaptionKey(table.title ?? statement.title)
    expected = (table.caption ?? statement.caption)
      .flatMap { Self.scaleCaption($0) }
  }

  /// The dimensions of a column of this name; `nil` if the profile has no such name.
  func dimensions(ofColumn name: String?) -> Dimensions? {
    guard let name else { return Dimensions.none }
    let key = CaptionKey(name)
    return table.headings.first { CaptionKey($0.printed).matches(key) }?.dimensions
  }

  /// What the words of a definition say of the scale, whether they stand in parentheses or not.
  private static func scaleCaption(_ text: String) -> ScaleCaption? {
    let plain = text.unicodeScalars.map(\.plain)
    return ScaleCaption(in: [plain])
      ?? ScaleCaption(in: [["("] + plain.filter { $0 != "(" && $0 != ")" } + [")"]])
  }

  /// The scale of lines that have none of their own.
  ///
  /// - Parameter heading: The lines above the columns, and between them and the first row.
  func scale(_ heading: [[Unicode.Scalar]]) throws(ColumnHeadings.Unreadable) -> Int {
    guard let expected else {
      guard ScaleCaption(in: heading) == nil else {
        throw .init(reason: "the heading names a scale, and \(statement.statement) has none")
      }
      return statement.scale
    }
    guard let found = ScaleCaption(in: heading) else {
      let words = String(String.UnicodeScalarView(heading.joined(separator: [" "]))).lowercased()
      throw .init(
        reason: words.contains("percentage")
          ? "the heading says that percentages are printed"
          : "the heading does not say what is in thousands or millions"
      )
    }
    guard found.words == expected.words, let scale = found.scales.first,
      found.scales.count == 1 || found.scales == expected.scales
    else {
      throw .init(
        reason: "the heading's words about scale are not those of \(statement.statement); "
          + "if they mean the same, give them as the \"caption\" of the table in the profile"
      )
    }
    return found.scales.count > 1 ? statement.scale : scale
  }
}

extension TablePlan {
  /// Refuses a table that prints another currency than the lines of its statement have.
  ///
  /// - Throws: ``ImportError``, with the place of the words that name the currency.
  func checkCurrency(_ captions: [CaptionOfUnit], file: String) throws(ImportError) {
    for caption in captions {
      guard let refusal = statement.currencyContradiction(of: [caption.text]) else { continue }
      let text = caption.text.split(separator: " ").joined(separator: " ")
      throw ImportError(
        file: file,
        place: .line(caption.line),
        message: "the caption of \(statement.statement) is \"\(text)\": \(refusal)",
        remedy: "give the statement the \"unit\" that the document prints, or take another profile"
      )
    }
  }
}
