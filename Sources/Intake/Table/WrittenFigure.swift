public import Facts

/// A figure as people write it in a cell: `1,234`, `(1,234)`, `$5.10`, `- -`, `nil`.
enum WrittenFigure {
  /// Nothing is written.
  case empty

  /// A dash, or `nil`.
  case dash

  /// A number.
  case number(Amount)

  /// Something else, and what is wrong with it.
  case malformed(String)

  /// Reads a cell.
  init(_ text: String) {
    let words = text.unicodeScalars.map(\.plain).split(separator: " ").joined()
    let plain = Array(words.starts(with: ["$"]) ? words.dropFirst() : words.dropFirst(0))
    guard !plain.isEmpty else {
      self = .empty
      return
    }
    if plain.count <= 3, plain.allSatisfy({ $0 == "-" }) || plain == ["n", "i", "l"] {
      self = .dash
      return
    }
    let numeral = Numeral(plain[...])
    switch numeral.content {
    case .number(let amount) where numeral.markCount == 0: self = .number(amount)
    case .malformed(let reason) where numeral.isFigure: self = .malformed(reason)
    case .number, .dash, .malformed: self = .malformed("it is no number")
    }
  }
}

extension Amount {
  /// Reads a value as people write it: `130,080,000`, `$5.10`, `(1,234)`, `-1234.50`; `nil` for a dash.
  ///
  /// - Throws: ``InvalidEvent`` if it is no number, or one that can be read in two ways, such as `1.234,5`.
  public static func written(_ text: String) throws(InvalidEvent) -> Amount? {
    if let amount = try? Amount(text) { return amount }
    switch WrittenFigure(text) {
    case .number(let amount): return amount
    case .dash: return nil
    case .malformed(let reason):
      throw InvalidEvent(
        "value \"\(text)\": \(reason)",
        remedy: "write digits, with commas between thousands and a point before the fraction, "
          + "as in 1,234.50, (1,234) or -1234.50; or nil for a dash"
      )
    case .empty:
      throw InvalidEvent("the value is empty", remedy: "write a number, or nil for a dash")
    }
  }
}

extension Period {
  /// Reads a period as people write it: as ``PeriodLabel/init(_:)`` does, with ` to ` for the stroke, or
  /// a day as `Sept. 30, 2004`.
  ///
  /// - Parameters:
  ///   - isInstant: Whether the concept is about the end of a day: then a stretch of time means its
  ///     end.
  ///   - calendar: The entity's fiscal calendar; asked for only where the period needs it.
  /// - Throws: What `calendar` throws.
  init?(
    written text: String,
    isInstant: Bool,
    calendar: () throws -> FiscalCalendar
  ) throws {
    let words = text.split(separator: " ").map(String.init)
    let joined = words.joined(separator: " ").replacing(" to ", with: "/")
    let label = PeriodLabel(joined) ?? Self.named(words).map { .exact($0) }
    var found: Period?
    switch label {
    case nil: return nil
    case .exact(let period)?: found = period
    case let label?: found = try calendar().period(label)
    }
    guard let period = found else { return nil }
    self = isInstant ? .instant(period.end) : period
  }

  private static func named(_ words: [String]) -> Period? {
    guard words.count == 3, let year = HeadingWords.year(words[2]),
      let (month, day) = HeadingWords.day([words[0].lowercased(), words[1]]),
      let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    return .instant(date)
  }
}
