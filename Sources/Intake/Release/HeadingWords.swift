import Facts

/// The words that headings of columns are made of.
enum HeadingWords {
  /// What one word says.
  enum Token: Hashable {
    case number(Int)
    case month(Int)
    case year(Int)
    case weeks, months, quarter, half, years
    case and

    /// `first` of a quarter, `the`, `ended`, `as of`: nothing that tells a period by itself.
    case filler

    /// `for`: what follows is of a heading, even if a number stands alone behind it.
    case forWord

    /// `(unaudited)`, `(see notes)`.
    case note

    /// A footnote mark.
    case mark

    /// A new line of the headings.
    case lineEnd
  }

  private static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// A day as headings have it: `September 30, 2004`.
  static func written(_ day: CivilDate) -> String {
    let (year, month, number) = day.components
    let name = monthNames[month - 1]
    return "\(name.prefix(1).uppercased())\(name.dropFirst()) \(number), \(year)"
  }

  private static let numbers: [String: Int] = {
    let small = [
      "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
      "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ]
    var numbers = Dictionary(uniqueKeysWithValues: small.enumerated().map { ($1, $0 + 1) })
    for (index, tens) in ["twenty", "thirty", "forty", "fourty", "fifty"].enumerated() {
      numbers[tens] = [20, 30, 40, 40, 50][index]
    }
    return numbers
  }()

  private static let units: [String: Token] = [
    "week": .weeks, "weeks": .weeks, "wks": .weeks, "month": .months, "months": .months,
    "mos": .months, "quarter": .quarter, "quarters": .quarter, "qtr": .quarter, "half": .half,
    "year": .years, "years": .years, "yr": .years,
  ]

  private static let fillers: Set<String> = [
    "the", "ended", "ending", "end", "as", "of", "at", "fiscal", "period", "periods", "first",
    "second", "third", "fourth", "1st", "2nd", "3rd", "4th", "on",
  ]

  private static let notes: Set<String> = [
    "unaudited", "audited", "note", "notes", "see", "restated", "reclassified",
  ]

  /// What a word says, in order; `nil` for a word that headings of columns do not have.
  static func tokens(_ word: some Sequence<Unicode.Scalar>) -> [Token]? {
    var text = String(String.UnicodeScalarView(word)).lowercased()
    while let last = text.last, ",.:;*)]".contains(last) || (last == "(" && text.count == 1) {
      if last == ")", let open = text.lastIndex(of: "("), open > text.startIndex {
        // A footnote mark behind a word: `2004(1)`.
        guard text[open...].dropFirst().dropLast().allSatisfy(\.isNumber) else { return nil }
        text.removeSubrange(open...)
      } else {
        text.removeLast()
      }
    }
    let isInParentheses = text.first == "(" || text.first == "["
    if isInParentheses { text.removeFirst() }
    if text.isEmpty { return [.mark] }
    if isInParentheses, text.utf8.count <= 2, text.allSatisfy({ $0.isNumber || $0.isLetter }) {
      return [.mark]
    }
    if text == "&" || text == "and" { return [.and] }
    if text == "for" { return [.forWord] }
    if let token = single(text) { return [token] }
    // `thirty-nine`, `12-week`, `Dec.31`, `31,2004`.
    let parts = text.split { "-.,/".contains($0) }.map(String.init)
    guard parts.count == 2, let first = single(parts[0]), let second = single(parts[1]) else {
      return nil
    }
    switch (first, second) {
    case (.number(let tens), .number(let ones)) where tens % 10 == 0 && ones < 10 && tens > 10:
      return [.number(tens + ones)]
    case (.number, .weeks), (.number, .months), (.number, .year), (.month, .number):
      return [first, second]
    default: return nil
    }
  }

  private static func single(_ text: String) -> Token? {
    if let number = numbers[text] { return .number(number) }
    if let year = year(text) { return .year(year) }
    if text.utf8.count <= 2, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = Int(text) {
      return .number(number)
    }
    if let unit = units[text] { return unit }
    if fillers.contains(text) { return .filler }
    if notes.contains(text) { return .note }
    return month(text).map(Token.month)
  }

  /// `sept`: the month's number.
  private static func month(_ text: String) -> Int? {
    let isShort = text.count == 3 || text == "sept"
    let index = monthNames.firstIndex { isShort ? $0.hasPrefix(text) : $0 == text }
    return index.map { $0 + 1 }
  }

  // MARK: In sentences

  private static let counts = [
    "three": 3, "six": 6, "nine": 9, "twelve": 12, "3": 3, "6": 6, "9": 9, "12": 12,
  ]

  static func months(ofUnit word: String) -> Int? {
    switch word {
    case "quarter", "quarters": 3
    case "year", "years": 12
    default: nil
    }
  }

  /// How many months a number's word says: `nine`.
  static func count(_ word: String) -> Int? { counts[word] }

  /// `sept.` and `30,`.
  static func day(_ words: ArraySlice<String>) -> (month: Int, day: Int)? {
    guard words.count == 2, let first = words.first, let last = words.last else { return nil }
    let name = first.last == "." ? String(first.dropLast()) : first
    guard let month = month(name) else { return nil }
    let digits = last.last == "," ? last.dropLast() : last[...]
    guard 1...2 ~= digits.count, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
      let day = Int(digits), 1...31 ~= day
    else { return nil }
    return (month, day)
  }

  /// `2004`.
  static func year(_ word: String) -> Int? {
    guard word.utf8.count == 4, word.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let year = Int(word),
      1900...2099 ~= year
    else { return nil }
    return year
  }
}
