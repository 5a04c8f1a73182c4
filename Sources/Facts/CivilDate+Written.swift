extension CivilDate {
  /// Reads a day that is written with strokes, `9/30/2004` or `30/9/2004`, where that means one day;
  /// `nil` for anything else, `4/9/2004` among it, which is a day of April or of September.
  public init?(strokes text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].utf8.count == 4, parts.allSatisfy({ 1...4 ~= $0.utf8.count }),
      let first = CivilDate.number(parts[0].utf8), let second = CivilDate.number(parts[1].utf8),
      let year = CivilDate.number(parts[2].utf8),
      first == second || first > 12 || second > 12
    else { return nil }
    self.init(year: year, month: first > 12 ? second : first, day: first > 12 ? first : second)
  }
}
