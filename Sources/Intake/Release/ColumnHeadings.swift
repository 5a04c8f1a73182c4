import Facts

/// A column of a table: which period its figures are about, and what else its heading says.
struct TableColumn {
  /// The period, or why it is not known.
  var period: Result<Period, ColumnHeadings.Unreadable>

  /// Its name, where it has one: a segment, a company.
  var name: String?

  /// Whether its figures are computed from other columns: changes, percentages.
  var isComputed = false

  /// The day with which the period ends, and how long it is, as the headings say it.
  var end: CivilDate?
  var length: PeriodWords.Length?
}

/// What the headings of a table's columns say together.
struct ColumnHeadings {
  /// Why the columns are not known.
  struct Unreadable: Error, Hashable {
    let reason: String
  }

  /// The columns, from left to right, or why none is known.
  let columns: Result<[TableColumn], Unreadable>

  /// Puts lines together, the uppermost first.
  init(_ lines: [HeadingLine], _ days: FiscalDays) {
    columns = Result { () throws(Unreadable) in try Self.columns(lines, days) }
  }

  private static func columns(
    _ all: [HeadingLine],
    _ days: FiscalDays
  ) throws(Unreadable) -> [TableColumn] {
    let lines = all.filter { !$0.isNote }
    guard let last = lines.lastIndex(where: \.hasYears) else {
      throw Unreadable(reason: "the column headings name no year")
    }
    guard lines.contains(where: \.hasDays) else {
      throw Unreadable(reason: "the column headings name no day")
    }
    let leaves = lines[last].phrases.filter { $0.words?.isNote != true }
    var stacks = leaves.map { [HeadingWords.Token](($0.words == nil ? [] : $0.tokens)) }
    var names = leaves.map { leaf in if case .name = leaf.kind { [leaf.text] } else { [String]() } }
    var isComputed = leaves.map { leaf in if case .computed = leaf.kind { true } else { false } }
    for (index, line) in lines.enumerated().reversed() where index != last {
      if let left = line.left {
        for leaf in leaves.indices { stacks[leaf] = left.tokens + [.lineEnd] + stacks[leaf] }
      }
      let phrases = line.phrases.filter { $0.words?.isNote != true }
      guard !phrases.isEmpty else { continue }
      for (leaf, owner) in try owners(phrases, of: leaves, isInCells: line.hasCells).enumerated() {
        guard let owner else { continue }
        let phrase = phrases[owner]
        switch phrase.kind {
        case .period where index < last:
          stacks[leaf] = phrase.tokens + [.lineEnd] + stacks[leaf]
        case .period: stacks[leaf] += [.lineEnd] + phrase.tokens
        case .computed: isComputed[leaf] = true
        case .name: names[leaf].insert(phrase.text, at: 0)
        }
      }
    }
    if let left = lines[last].left {
      for leaf in leaves.indices { stacks[leaf] = left.tokens + [.lineEnd] + stacks[leaf] }
    }
    let ends = leaves.indices.map { leaf in
      Result { () throws(Unreadable) in try columnEnd(leaves[leaf], stacks[leaf]) }
    }
    let known = ends.compactMap { try? $0.get().end }
    let columns = leaves.indices.map { leaf in
      TableColumn(
        period: ends[leaf].flatMap { column in
          Result { () throws(Unreadable) in
            try days.period(column.length, through: column.end, beside: known)
          }
        },
        name: names[leaf].isEmpty ? nil : names[leaf].joined(separator: " "),
        isComputed: isComputed[leaf],
        end: try? ends[leaf].get().end,
        length: try? ends[leaf].get().length
      )
    }
    try refuseRepeated(columns)
    return columns
  }

  private static func refuseRepeated(_ columns: [TableColumn]) throws(Unreadable) {
    var seen: Set<[String]> = []
    for column in columns where !column.isComputed {
      guard case .success(let period) = column.period else { continue }
      guard seen.insert([period.description, column.name ?? ""]).inserted else {
        throw Unreadable(reason: "two columns are headed by the same period")
      }
    }
  }

  /// The day with which a column ends, and how long its period is; `nil` for an instant.
  private static func columnEnd(
    _ leaf: HeadingLine.Phrase,
    _ stack: [HeadingWords.Token]
  ) throws(Unreadable) -> (end: CivilDate, length: PeriodWords.Length?) {
    var all = PeriodWords(isStack: true)
    for (index, token) in stack.enumerated() {
      let next = stack[(index + 1)...].first { $0 != .lineEnd }
      guard all.take(token, before: next) else {
        throw Unreadable(reason: "\"\(leaf.text)\" and the headings above it do not fit together")
      }
    }
    guard !all.isOpen, all.lengths.count <= 1 else {
      throw Unreadable(
        reason: all.isOpen
          ? "the column headings do not say how many weeks or months" : "two spans stand above it"
      )
    }
    let own = leaf.words
    let ownYears = (own?.years ?? []) + (own?.days.flatMap(\.years) ?? [])
    let years = ownYears.isEmpty ? all.years : ownYears
    guard Set(years).count == 1, let year = years.first else {
      throw Unreadable(
        reason: years.isEmpty
          ? "\"\(leaf.text)\" names no year" : "\"\(leaf.text)\" names several years"
      )
    }
    let day = try day(in: year, own?.days ?? [], all.days)
    let length = all.lengths.first
    guard let number = day.day ?? lastDay(year, day.month, length) else {
      throw Unreadable(reason: "the column headings name no day")
    }
    guard let end = CivilDate(year: year, month: day.month, day: number) else {
      throw Unreadable(
        reason: "a column is headed by \(year)-\(day.month)-\(number), which is no day"
      )
    }
    return (end, length)
  }

  /// The last day of a month without a day; `nil` where periods are of weeks, and end with no month.
  private static func lastDay(_ year: Int, _ month: Int, _ length: PeriodWords.Length?) -> Int? {
    if case .weeks? = length { return nil }
    return CivilDate.dayCount(year: year, month: month)
  }

  /// The day of a year that a column's own heading names, or those above it.
  private static func day(
    in year: Int,
    _ own: [PeriodWords.Day],
    _ all: [PeriodWords.Day]
  ) throws(Unreadable) -> PeriodWords.Day {
    for days in [own, all.filter { $0.years.contains(year) }, all.filter(\.years.isEmpty), all] {
      let distinct = Set(days.map { PeriodWords.Day(month: $0.month, day: $0.day) })
      guard !distinct.isEmpty else { continue }
      guard distinct.count == 1, let only = distinct.first else {
        throw Unreadable(reason: "several days stand above the column of \(year)")
      }
      return only
    }
    throw Unreadable(reason: "no day stands above the column of \(year)")
  }

  /// For each column, which of the phrases stands above it.
  private static func owners(
    _ phrases: [HeadingLine.Phrase],
    of columns: [HeadingLine.Phrase],
    isInCells: Bool
  ) throws(Unreadable) -> [Int?] {
    if isInCells {
      let owners = columns.map { column in
        phrases.firstIndex { phrase in
          phrase.extent.lowerBound * 2 <= column.middle
            && column.middle <= phrase.extent.upperBound * 2
        }
      }
      if phrases.indices.allSatisfy({ owners.contains($0) }) { return owners }
    }
    let name = name(of: phrases)
    let share = columns.count / phrases.count
    if columns.count % phrases.count == 0 {
      for (index, column) in columns.enumerated() where share > 1 {
        let distance = (phrases[index / share].middle - column.middle).magnitude
        guard phrases.allSatisfy({ ($0.middle - column.middle).magnitude >= distance }) else {
          throw Unreadable(reason: "it is not plain which of the \(name) stands above which column")
        }
      }
      return columns.indices.map { $0 / share }
    }
    guard phrases.count < columns.count else {
      throw Unreadable(reason: "\(phrases.count) \(name) stand above \(columns.count) columns")
    }
    // Columns without a heading of their own stand among them: the nearest phrase is theirs.
    var owners: [Int?] = []
    for column in columns {
      let distances = phrases.map { ($0.middle - column.middle).magnitude }
      let least = distances.min() ?? 0
      guard distances.count(where: { $0 == least }) == 1,
        let owner = distances.firstIndex(of: least)
      else {
        throw Unreadable(reason: "it is not plain which of the \(name) stands above which column")
      }
      owners.append(owner)
    }
    guard Set(owners).count == phrases.count else {
      throw Unreadable(reason: "\(phrases.count) \(name) stand above \(columns.count) columns")
    }
    return owners
  }

  private static func name(of phrases: [HeadingLine.Phrase]) -> String {
    let words = phrases.compactMap(\.words)
    if words.contains(where: { !$0.lengths.isEmpty }) { return "spans" }
    return words.contains { !$0.days.isEmpty } ? "days" : "headings"
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
