import Facts
import XML

/// A text of a page that tells of the document itself (`ix:nonNumeric` of the SEC's dei taxonomy).
struct InlineText {
  let concept: String
  let context: String

  /// The rule that makes its value; `nil` for none.
  let format: XMLName?

  /// How many elements whose text is left out it lies in.
  let exclusionDepth: Int

  /// The id of what continues it; `nil` at its end.
  var continuation: String?

  var text = ""

  /// The most bytes of a text that are kept: facts of the document are short.
  static let byteCountMax = 4096

  mutating func append(_ piece: XMLText) {
    if text.utf8.count + piece.text.utf8.count <= Self.byteCountMax { text += piece.text }
  }

  /// The value; `nil` if its rule is none that is known for dates and booleans.
  var value: String? {
    let text = text.onOneLine ?? ""
    // A reference that only a document type could explain may stand for anything.
    guard !text.unicodeScalars.contains("\u{FFFD}") else { return nil }
    guard let format else { return text }
    return switch format.local {
    case "fixed-true", "booleantrue": "true"
    case "fixed-false", "booleanfalse": "false"
    case "datemonthdayyearen", "date-monthname-day-year-en": Self.date(text, monthFirst: true)
    case "datedaymonthyearen", "date-day-monthname-year-en": Self.date(text, monthFirst: false)
    case "datemonthdayen", "date-monthname-day-en": Self.yearEnd(text, monthFirst: true)
    case "datedaymonthen", "date-day-monthname-en": Self.yearEnd(text, monthFirst: false)
    default: nil
    }
  }

  private static func date(_ text: String, monthFirst: Bool) -> String? {
    let words = words(of: text)
    guard words.count == 3, words[2].utf8.count == 4, let year = Int(words[2]),
      let (month, day) = monthAndDay(words, monthFirst)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)?.description
  }

  /// A day of a year, as XML Schema writes it: `--12-31`.
  private static func yearEnd(_ text: String, monthFirst: Bool) -> String? {
    let words = words(of: text)
    let leapYear = 2000
    guard words.count == 2, let (month, day) = monthAndDay(words, monthFirst),
      let date = CivilDate(year: leapYear, month: month, day: day)
    else { return nil }
    return "-" + date.description.dropFirst(4)
  }

  private static func words(of text: String) -> [Substring] {
    text.split { !$0.isLetter && !$0.isNumber }
  }

  private static func monthAndDay(
    _ words: [Substring],
    _ monthFirst: Bool
  ) -> (month: Int, day: Int)? {
    let names = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    guard let index = names.firstIndex(of: words[monthFirst ? 0 : 1].prefix(3).lowercased()),
      let day = Int(words[monthFirst ? 1 : 0].prefix(while: \.isNumber))
    else { return nil }
    return (index + 1, day)
  }
}
