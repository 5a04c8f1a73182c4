import Facts

/// The words below a table's title that say what is printed in thousands: `(dollars in thousands,
/// except per share amounts - unaudited)`.
struct ScaleCaption: Hashable {
  /// The words, without the scale and without `unaudited`.
  let words: [String]

  /// The power of ten that figures are printed divided by; `nil` if two are named.
  let scale: Int?

  private static let scales = ["thousands": 3, "millions": 6, "billions": 9]

  /// Reads the last words in parentheses that name a scale; `nil` if none do.
  init?(in text: [Unicode.Scalar]) {
    var found: ScaleCaption?
    var start: Int?
    for (index, character) in text.enumerated() {
      if character == "(" { start = index }
      if character == ")", let first = start {
        found = ScaleCaption(inside: text[(first + 1)..<index]) ?? found
        start = nil
      }
    }
    guard let found else { return nil }
    self = found
  }

  private init?(inside text: ArraySlice<Unicode.Scalar>) {
    var words: [String] = []
    var scales: Set<Int> = []
    for word in text.split(whereSeparator: { !$0.properties.isAlphabetic }) {
      let word = String(String.UnicodeScalarView(word)).lowercased()
      if let scale = Self.scales[word] {
        scales.insert(scale)
        words.append("*")
      } else if word != "unaudited" {
        words.append(word)
      }
    }
    guard let scale = scales.first else { return nil }
    self.words = words
    self.scale = scales.count == 1 ? scale : nil
  }
}

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
      .flatMap { ScaleCaption(in: Array($0.unicodeScalars)) }
  }

  /// The scale of lines that have none of their own.
  ///
  /// - Parameter heading: The words above the columns.
  func scale(_ heading: [Unicode.Scalar]) throws(ColumnHeadings.Unreadable) -> Int {
    guard let expected else {
      guard ScaleCaption(in: heading) == nil else {
        throw .init(reason: "the heading names a scale, and \(statement.statement) has none")
      }
      return statement.scale
    }
    guard let found = ScaleCaption(in: heading) else {
      throw .init(reason: "the heading does not say what is in thousands or millions")
    }
    guard found.words == expected.words, let scale = found.scale else {
      throw .init(
        reason: "the heading's words about scale are not those of \(statement.statement); "
          + "if they mean the same, give them as the \"caption\" of the table in the profile"
      )
    }
    return scale
  }
}

/// Words above the columns of a table that say the scale or the currency of what it prints.
struct CaptionOfUnit {
  /// The words.
  let text: String

  /// The line of the document, from 1.
  let line: Int

  private static let scales: Set<String> = [
    "thousand", "thousands", "million", "millions", "billion", "billions",
  ]

  /// What lines say: in parentheses, which may go on over several lines; or all of a line that has none and
  /// names a scale.
  static func read(_ lines: [(text: [Unicode.Scalar], number: Int)]) -> [CaptionOfUnit] {
    var found: [CaptionOfUnit] = []
    var open: (text: String, line: Int)?
    for (line, number) in lines {
      let isPlain = open == nil && !line.contains("(")
      for character in line {
        if character == "(" {
          open = ("", number)
        } else if character == ")", let (text, line) = open {
          found.append(CaptionOfUnit(text: text, line: line))
          open = nil
        } else {
          open?.text.unicodeScalars.append(character)
        }
      }
      open?.text.append(" ")
      let words = line.split { !$0.properties.isAlphabetic }
        .map { String(String.UnicodeScalarView($0)).lowercased() }
      if isPlain, words.contains(where: scales.contains) {
        found.append(CaptionOfUnit(text: String(String.UnicodeScalarView(line)), line: number))
      }
    }
    if let open { found.append(CaptionOfUnit(text: open.text, line: open.line)) }
    return found
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
