import Facts

extension CivilDate {
  /// Reads a date or a midnight, as XBRL 2.1 §4.7.2 and the Open Information Model write them.
  ///
  /// A midnight is the start of its day and so the end of the day before, `T24:00:00` the end of its day; a
  /// date without a time is the start of its day where a period starts and the end of it where one ends.
  ///
  /// - Returns: The first or the last day of the period; `nil` if the text is neither date nor
  ///   midnight.
  init?(xbrl text: some StringProtocol, isEnd: Bool) {
    let text = text.trimmed
    guard let day = CivilDate(text.prefix(10)) else { return nil }
    var rest = text.dropFirst(10)
    guard rest.first == "T" else {
      guard rest.isEmpty || rest == "Z" else { return nil }
      self = day
      return
    }
    rest = rest.dropFirst()
    let isDayEnd = rest.hasPrefix("24:00:00")
    guard isDayEnd || rest.hasPrefix("00:00:00") else { return nil }
    rest = rest.dropFirst("00:00:00".utf8.count)
    if rest.first == "." { rest = rest.dropFirst().drop { $0 == "0" } }
    guard rest.isEmpty || rest == "Z" else { return nil }
    guard isEnd != isDayEnd else {
      self = day
      return
    }
    // The midnight that begins the calendar ends no day, and the last one begins none.
    guard isEnd ? day > .first : day < .last else { return nil }
    self = day.advanced(byDays: isEnd ? -1 : 1)
  }
}

extension Period {
  /// From the start of `start` to the end of `end`, each a date or a midnight.
  ///
  /// - Returns: `nil` if one is neither, or the end comes before the start.
  init?(xbrlStart start: some StringProtocol, end: some StringProtocol) {
    guard let first = CivilDate(xbrl: start, isEnd: false),
      let last = CivilDate(xbrl: end, isEnd: true), first <= last
    else { return nil }
    self = .duration(start: first, end: last)
  }
}
