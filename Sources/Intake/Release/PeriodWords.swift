import Facts

/// What the words of a heading say of time: how long a period is, and with which day it ends.
struct PeriodWords {
  /// How long a period is.
  enum Length: Hashable {
    case months(Int)
    case weeks(Int)
  }

  /// A day, or a month without one, and the years that stand behind it.
  struct Day: Hashable {
    var month: Int
    var day: Int?
    var years: [Int] = []
  }

  private(set) var lengths: [Length] = []
  private(set) var days: [Day] = []

  /// Years without a day.
  private(set) var years: [Int] = []

  /// Whether it holds nothing but notes such as `(unaudited)`.
  private(set) var isNote = false

  /// Whether it has words such as `ended`, which go on a phrase of the line above.
  private var hasFiller = false

  /// A number whose unit is still to come.
  private var number: Int?

  /// Whether weeks or months were named without their number, which is on another line.
  private var lacksNumber = false

  private var isAfterAnd = false
  private var isAfterFor = false
  private var isAfterLineEnd = false

  /// Whether the words of several lines are read as one.
  private let isStack: Bool

  /// What tokens say.
  ///
  /// - Parameter isStack: Whether the words of several lines are read as one: then nothing begins a phrase
  ///   of its own.
  init(isStack: Bool = false) { self.isStack = isStack }

  /// Whether the words say anything of a column.
  var isHeading: Bool {
    !lengths.isEmpty || !days.isEmpty || !years.isEmpty || lacksNumber || isNote
      || (isAfterFor && number != nil) || (hasFiller && isEmpty)
  }

  /// Whether a number waits for its unit, or a unit had none.
  var isOpen: Bool { number != nil || lacksNumber }

  /// Whether it says the year of one column.
  var hasYear: Bool { !years.isEmpty || days.contains { !$0.years.isEmpty } }

  /// Takes a token; `false` if it begins another phrase, and if it fits nowhere.
  mutating func take(_ token: HeadingWords.Token, before next: HeadingWords.Token?) -> Bool {
    switch token {
    case .filler: hasFiller = true
    case .mark: break
    case .lineEnd: isAfterLineEnd = true
    case .note: if isEmpty { isNote = true }
    case .forWord:
      guard isStack || isEmpty else { return false }
      isAfterFor = true
    case .and: isAfterAnd = true
    case .number(let value): return take(number: value, before: next)
    case .month(let month): return take(month: month)
    case .year(let year): return take(year: year)
    case .weeks, .months, .quarter, .half, .years: return take(unit: token)
    }
    return true
  }

  private var isEmpty: Bool {
    lengths.isEmpty && days.isEmpty && years.isEmpty && number == nil && !lacksNumber
  }

  private mutating func take(number value: Int, before next: HeadingWords.Token?) -> Bool {
    let isCount = next == .weeks || next == .months
    if !isCount, let last = days.indices.last, days[last].day == nil, days[last].years.isEmpty,
      1...31 ~= value, number == nil
    {
      days[last].day = value
      isAfterAnd = false
      return true
    }
    if let tens = number {
      guard tens >= 20, tens % 10 == 0, value < 10 else { return false }
      number = tens + value
      return true
    }
    guard
      isStack || isAfterAnd || isEmpty || (isAfterFor && lengths.isEmpty)
        || isMonth(next)
    else { return false }
    number = value
    return true
  }

  private func isMonth(_ token: HeadingWords.Token?) -> Bool {
    if case .month? = token { return true }
    return false
  }

  private mutating func take(unit: HeadingWords.Token) -> Bool {
    guard isStack || lengths.isEmpty || isAfterAnd else { return false }
    let length: Length
    switch unit {
    case .quarter: length = .months(3)
    case .half: length = .months(6)
    case .years: length = .months(12)
    default:
      guard let count = number else {
        guard isStack || isEmpty else { return false }
        lacksNumber = true
        return true
      }
      guard 1...53 ~= count else { return false }
      length = unit == .weeks ? .weeks(count) : .months(count)
    }
    guard isStack || days.isEmpty else { return false }
    number = nil
    if !lengths.contains(length) { lengths.append(length) }
    isAfterAnd = false
    return true
  }

  private mutating func take(month: Int) -> Bool {
    guard isStack || isAfterAnd || (days.isEmpty && years.isEmpty) else { return false }
    var day = Day(month: month)
    // `31 December`.
    if let value = number, 1...31 ~= value {
      day.day = value
      number = nil
    }
    guard number == nil else { return false }
    days.append(day)
    isAfterAnd = false
    return true
  }

  private mutating func take(year: Int) -> Bool {
    defer { (isAfterAnd, isAfterLineEnd) = (false, false) }
    if let last = days.indices.last, days[last].years.isEmpty || isAfterAnd {
      days[last].years.append(year)
    } else if days.isEmpty, years.isEmpty || isAfterAnd || isStack {
      years.append(year)
    } else if isStack {
      years.append(year)
    } else {
      return false
    }
    return true
  }
}

extension PeriodWords {
  /// Parts words into phrases, each of what one column or group of columns is headed by; `nil` if one of
  /// the words is none of headings.
  static func phrases(
    _ words: [(range: Range<Int>, tokens: [HeadingWords.Token]?)]
  ) -> [(range: Range<Int>, tokens: [HeadingWords.Token], says: PeriodWords)]? {
    var tokens: [(range: Range<Int>, token: HeadingWords.Token)] = []
    for word in words {
      guard let found = word.tokens else { return nil }
      tokens += found.map { (word.range, $0) }
    }
    var phrases: [(range: Range<Int>, tokens: [HeadingWords.Token], says: PeriodWords)] = []
    var current: (range: Range<Int>, tokens: [HeadingWords.Token], says: PeriodWords)?
    for (index, (range, token)) in tokens.enumerated() {
      let next = index + 1 < tokens.count ? tokens[index + 1].token : nil
      if var phrase = current, phrase.says.take(token, before: next) {
        phrase.range = phrase.range.lowerBound..<range.upperBound
        phrase.tokens.append(token)
        current = phrase
        continue
      }
      if let phrase = current { phrases.append(phrase) }
      var says = PeriodWords()
      guard says.take(token, before: next) else { return nil }
      current = (range, [token], says)
    }
    if let phrase = current { phrases.append(phrase) }
    guard !phrases.isEmpty, phrases.allSatisfy(\.says.isHeading) else { return nil }
    return phrases
  }
}
