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
