import Facts

/// One line of the headings above columns: spans, days or years, and nothing else.
struct HeadingLine {
  /// A phrase, and where its middle stands on paper, in half columns.
  struct Phrase<Value> {
    let value: Value
    let middle: Int
  }

  /// What stands left of the phrases: a table's title can.
  private(set) var title: Range<Int> = 0..<0

  /// `Third Quarter Ended`: how many months.
  private(set) var spans: [Phrase<Int>] = []

  /// `Sept. 30,`.
  private(set) var days: [Phrase<(month: Int, day: Int)>] = []

  /// `2004`.
  private(set) var years: [Phrase<Int>] = []

  /// How far from the left margin headings of columns begin, at least.
  private static let indentMin = 12

  /// Reads a line; `nil` if it holds anything that is no heading of a column.
  init?(_ line: DocumentLine) {
    var words = line.words.map { range in
      String(String.UnicodeScalarView(line.characters[range])).lowercased()
    }[...]
    // A title may stand at the left, two spaces or more before the first phrase.
    var start = 0
    while start < words.count, Self.phraseLength(of: words[start...]) == nil { start += 1 }
    guard start < words.count else { return nil }
    if start > 0 {
      guard line.words[start].lowerBound - line.words[start - 1].upperBound > 1 else { return nil }
      title = line.words[0].lowerBound..<line.words[start - 1].upperBound
    }
    guard line.paperColumn(at: line.words[start].lowerBound) > Self.indentMin else { return nil }
    words = words[start...]
    while !words.isEmpty {
      guard let count = Self.phraseLength(of: words) else { return nil }
      let range =
        line.words[words.startIndex]
        .lowerBound..<line.words[words.startIndex + count - 1].upperBound
      let middle =
        line.paperColumn(at: range.lowerBound) + line.paperColumn(at: range.upperBound - 1)
      if let months = HeadingWords.months(in: words.prefix(count)) {
        spans.append(Phrase(value: months, middle: middle))
      } else if let day = HeadingWords.day(words.prefix(count)) {
        days.append(Phrase(value: day, middle: middle))
      } else if let year = HeadingWords.year(words[words.startIndex]) {
        years.append(Phrase(value: year, middle: middle))
      }
      words = words.dropFirst(count)
    }
  }

  private static func phraseLength(of words: ArraySlice<String>) -> Int? {
    HeadingWords.spanLength(words) ?? (HeadingWords.day(words.prefix(2)) != nil ? 2 : nil)
      ?? (words.first.map { $0 == "ended" || HeadingWords.year($0) != nil } == true ? 1 : nil)
  }
}

/// The words that headings of columns are made of.
enum HeadingWords {
  private static let counts = [
    "three": 3, "six": 6, "nine": 9, "twelve": 12, "3": 3, "6": 6, "9": 9, "12": 12,
  ]
  private static let ordinals: Set<String> = ["first", "second", "third", "fourth"]
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]
  private static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// How many words of a span `words` begin with: `third quarter ended`; `nil` if none.
  static func spanLength(_ words: ArraySlice<String>) -> Int? {
    var rest = words
    if let first = rest.first, ordinals.contains(first) || counts[first] != nil || first == "fiscal"
    {
      rest = rest.dropFirst()
    }
    guard let unit = rest.first, months(ofUnit: unit) != nil || unit == "months" else { return nil }
    guard (unit == "months") == (words.first.map { counts[$0] != nil } ?? false) else { return nil }
    rest = rest.dropFirst()
    if rest.first == "ended" { rest = rest.dropFirst() }
    return words.count - rest.count
  }

  /// How many months the span is long that is all of `words`; `nil` if they are none.
  static func months(in words: ArraySlice<String>) -> Int? {
    guard spanLength(words) == words.count else { return nil }
    return words.first.flatMap { counts[$0] } ?? words.lazy.compactMap(months(ofUnit:)).first
  }

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
    let isShort = name.count == 3 || name == "sept"
    guard
      let month = isShort
        ? months.firstIndex(of: String(name.prefix(3))) : monthNames.firstIndex(of: name)
    else { return nil }
    let digits = last.last == "," ? last.dropLast() : last[...]
    guard 1...2 ~= digits.count, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 }),
      let day = Int(digits), 1...31 ~= day
    else { return nil }
    return (month + 1, day)
  }

  /// `2004`.
  static func year(_ word: String) -> Int? {
    guard word.utf8.count == 4, word.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let year = Int(word),
      1900...2099 ~= year
    else { return nil }
    return year
  }
}

/// What the headings of a table's columns say together.
struct ColumnHeadings {
  /// The period of each column, from left to right, or why they are not known.
  let periods: Result<[Period], Unreadable>

  /// Why periods are not known.
  struct Unreadable: Error, Hashable {
    let reason: String
  }

  /// Puts lines together, the uppermost first; the last holds the years.
  init(_ lines: [HeadingLine]) {
    periods = Result { () throws(Unreadable) in try Self.periods(lines) }
  }

  private static func periods(_ lines: [HeadingLine]) throws(Unreadable) -> [Period] {
    let years = lines.last?.years ?? []
    let days = try spread(lines.flatMap(\.days), over: years, "days")
    let spans = try spread(lines.flatMap(\.spans), over: years, "spans")
    guard let days else { throw Unreadable(reason: "the column headings name no day") }
    var periods: [Period] = []
    for (index, year) in years.enumerated() {
      let (month, day) = days[index]
      guard let end = CivilDate(year: year.value, month: month, day: day) else {
        throw Unreadable(
          reason: "a column is headed by \(year.value)-\(month)-\(day), which is no day"
        )
      }
      guard let months = spans?[index] else {
        periods.append(.instant(end))
        continue
      }
      guard let period = Period(months: months, through: end) else {
        throw Unreadable(
          reason: "\(months) months cannot be counted back from \(end), which ends no month"
        )
      }
      periods.append(period)
    }
    guard Set(periods).count == periods.count else {
      throw Unreadable(reason: "two columns are headed by the same period")
    }
    return periods
  }

  /// For each column the phrase above it; `nil` if there are no phrases.
  private static func spread<Value>(
    _ phrases: [HeadingLine.Phrase<Value>],
    over columns: [HeadingLine.Phrase<Int>],
    _ name: String
  ) throws(Unreadable) -> [Value]? {
    guard !phrases.isEmpty else { return nil }
    guard columns.count % phrases.count == 0 else {
      throw Unreadable(
        reason: "\(phrases.count) \(name) stand above \(columns.count) columns"
      )
    }
    let share = columns.count / phrases.count
    var values: [Value] = []
    for (index, column) in columns.enumerated() {
      let own = phrases[index / share]
      let distance = (own.middle - column.middle).magnitude
      guard share == 1 || phrases.allSatisfy({ ($0.middle - column.middle).magnitude >= distance })
      else {
        throw Unreadable(reason: "it is not plain which of the \(name) stands above which column")
      }
      values.append(own.value)
    }
    return values
  }
}

extension Period {
  /// The duration of this many months that ends with `end`, the last day of a month.
  init?(months: Int, through end: CivilDate) {
    let (year, month, day) = end.components
    guard day == CivilDate.dayCount(year: year, month: month),
      let start = end.advanced(byMonths: -months)?.advanced(byDays: 1)
    else { return nil }
    self = .duration(start: start, end: end)
  }

  /// The periods that a sentence names last: `the three and nine months ended September 30, 2004
  /// and 2003`; empty if it names none.
  static func named(in text: some Sequence<Unicode.Scalar>) -> Set<Period> {
    let words = String(String.UnicodeScalarView(text.lazy.map(\.plain))).lowercased()
      .split(separator: " ").map(String.init)
    guard let ended = words.lastIndex(of: "ended"), ended + 3 < words.count,
      let day = HeadingWords.day(words[(ended + 1)...(ended + 2)])
    else { return [] }
    var years: [Int] = []
    for word in words[(ended + 3)...] where word != "and" {
      let digits = word.filter { $0 != "," && $0 != ":" && $0 != "." }
      guard let year = HeadingWords.year(digits) else { break }
      years.append(year)
    }
    var lengths: [Int] = []
    for word in words[..<ended].reversed() where word != "and" && word != "months" {
      guard let months = HeadingWords.count(word) ?? HeadingWords.months(ofUnit: word) else {
        break
      }
      lengths.append(months)
    }
    var periods: Set<Period> = []
    for year in years {
      guard let end = CivilDate(year: year, month: day.month, day: day.day) else { return [] }
      for length in lengths {
        guard let period = Period(months: length, through: end) else { return [] }
        periods.insert(period)
      }
    }
    return periods
  }
}
