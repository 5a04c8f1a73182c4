/// What a person writes for a time: days, or the name of a year or of a part of one.
///
/// `FY2004`, `2004Q3`, `2004H1` and `2004-9M` are fiscal: which days they are depends on whose they
/// are, and ``FiscalCalendar/period(_:)`` finds them. `CY2004` and `CY2004Q3` are the calendar's, as
/// the SEC's frames spell them.
public enum PeriodLabel: Hashable, Sendable {
  /// Days that need no calendar.
  case exact(Period)

  /// A part of the fiscal year of this number.
  case fiscal(YearPart, year: Int)

  /// A part of the calendar year of this number.
  case calendar(YearPart, year: Int)

  /// A part of a year, in months from its start.
  public struct YearPart: Hashable, Sendable {
    /// How many months of the year are over when it begins: 0, 3, 6 or 9.
    public let firstMonth: Int

    /// How many months it has: 3, 6, 9 or 12.
    public let monthCount: Int

    /// The whole year.
    public static let year = YearPart(firstMonth: 0, monthCount: 12)

    private init(firstMonth: Int, monthCount: Int) {
      (self.firstMonth, self.monthCount) = (firstMonth, monthCount)
    }

    /// Reads `Q3`, `3Q`, `H1`, `1H`, `9M` or `FY`, in capitals; `nil` for anything else.
    init?(_ name: some StringProtocol) {
      guard let months = Self.months[String(name)] else { return nil }
      (firstMonth, monthCount) = months
    }

    private static let months: [String: (Int, Int)] = [
      "Q1": (0, 3), "Q2": (3, 3), "Q3": (6, 3), "Q4": (9, 3), "1Q": (0, 3), "2Q": (3, 3),
      "3Q": (6, 3), "4Q": (9, 3), "H1": (0, 6), "H2": (6, 6), "1H": (0, 6), "2H": (6, 6),
      "3M": (0, 3), "6M": (0, 6), "9M": (0, 9), "12M": (0, 12), "FY": (0, 12),
    ]
  }

  /// Reads `2004-09-30`, `2004-07-01/2004-09-30`, the month `2004-09`, or the name of a period:
  /// `FY2004`, `2004Q3`, `2004-Q3`, `Q3 2004`, `3Q 2004`, `2004H1`, `2004-9M`, `FY2004 Q3`, `CY2004Q3`,
  /// and the quarter's end of the SEC's frames, `CY2004Q3I`; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    if let period = Period(text) {
      self = .exact(period)
      return
    }
    let words = text.uppercased().split { $0 == " " || $0 == "-" }.map(String.init)
    if let month = Self.month(words, of: text) {
      self = .exact(month)
      return
    }
    guard 1...3 ~= words.count, let label = Self.named(words) else { return nil }
    self = label
  }

  /// The month `2004-09`.
  private static func month(_ words: [String], of text: some StringProtocol) -> Period? {
    guard words.count == 2, text.utf8.count == 7, words[0].utf8.count == 4, text.contains("-"),
      let year = CivilDate.number(words[0].utf8), let month = CivilDate.number(words[1].utf8),
      let start = CivilDate(year: year, month: month, day: 1)
    else { return nil }
    let last = CivilDate.dayCount(year: year, month: month) - 1
    return .duration(start: start, end: start.advanced(byDays: last))
  }

  /// Which of both kinds of years, the year's number and the name of its part.
  private static func named(_ words: [String]) -> PeriodLabel? {
    var isCalendar = false
    var (year, part): (Int?, YearPart?)
    var isWholeYear = false
    for word in words {
      var rest = word[...]
      if rest.hasPrefix("FY") || rest.hasPrefix("CY") {
        guard !isWholeYear else { return nil }
        (isCalendar, isWholeYear) = (rest.hasPrefix("CY"), true)
        rest = rest.dropFirst(2)
      }
      if year == nil, rest.utf8.count >= 4, let number = CivilDate.number(rest.utf8.prefix(4)) {
        guard 1...9999 ~= number else { return nil }
        year = number
        rest = rest.dropFirst(4)
      }
      guard !rest.isEmpty else { continue }
      if isCalendar, rest.hasSuffix("I"), let year, let quarter = YearPart(rest.dropLast()) {
        return instant(atEndOf: quarter, year: year)
      }
      guard part == nil, let found = YearPart(rest) else { return nil }
      part = found
    }
    guard let year, let part = part ?? (isWholeYear ? .year : nil) else { return nil }
    return isCalendar ? .calendar(part, year: year) : .fiscal(part, year: year)
  }

  private static func instant(atEndOf part: YearPart, year: Int) -> PeriodLabel? {
    let months = part.firstMonth + part.monthCount
    guard let start = CivilDate(year: year, month: 1, day: 1) else { return nil }
    return start.advanced(byMonths: months).map { .exact(.instant($0.advanced(byDays: -1))) }
  }
}

extension PeriodLabel {
  /// The labels of several words of a text, and the words that are no part of one.
  ///
  /// A label can have several words: `Q3 2004`. Of two that begin with the same word, the longer is
  /// meant.
  public static func extract(from words: [Substring]) -> (labels: [PeriodLabel], rest: [Substring])
  {
    var (labels, rest): ([PeriodLabel], [Substring]) = ([], [])
    var index = 0
    while index < words.count {
      let longest = min(3, words.count - index)
      let found = (1...longest).reversed().lazy.compactMap { count in
        PeriodLabel(words[index..<index + count].joined(separator: " ")).map { ($0, count) }
      }.first
      if let (label, count) = found {
        labels.append(label)
        index += count
      } else {
        rest.append(words[index])
        index += 1
      }
    }
    return (labels, rest)
  }
}

extension PeriodLabel: CustomStringConvertible {
  /// A text that ``init(_:)`` reads: `FY2004`, `2004Q3`, `CY2004-9M`.
  public var description: String {
    switch self {
    case .exact(let period): period.description
    case .fiscal(.year, let year): "FY\(padded(year, 4))"
    case .fiscal(let part, let year): "\(padded(year, 4))\(part)"
    case .calendar(.year, let year): "CY\(padded(year, 4))"
    case .calendar(let part, let year): "CY\(padded(year, 4))\(part)"
    }
  }
}

extension PeriodLabel.YearPart: CustomStringConvertible {
  /// `Q3`, `H1`, `-9M`, `FY`.
  public var description: String {
    switch (firstMonth, monthCount) {
    case (let first, 3): "Q\(first / 3 + 1)"
    case (let first, 6): "H\(first / 6 + 1)"
    case (_, 12): "FY"
    default: "-\(monthCount)M"
    }
  }
}
