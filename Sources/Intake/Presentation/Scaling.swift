import Facts

/// How the figures of a layout are scaled: money as most lines of it are given, every other line by
/// its own figures.
struct Scaling {
  /// A line with figures.
  struct Line {
    let index: Int
    let unit: String

    /// To how many digits after the point its finest figure is given; `nil` if all are zero.
    let decimals: Int?
  }

  private let lines: [Line]

  /// The unit of most lines that are money, else of most lines.
  private let unit: String

  /// Figures in that unit are printed divided by this power of ten.
  private let scale: Int

  /// Nine of ten lines must be given in thousands for a statement to be printed in thousands.
  private static let shareMin = (part: 9, of: 10)

  /// How many digits after the point a statement prints at most.
  private static let placeCountMax = 8

  init(_ lines: [Line]) {
    self.lines = lines
    var counts: [String: Int] = [:]
    for line in lines { counts[line.unit, default: 0] += 1 }
    let money = counts.filter { ConceptTraits.isCurrency($0.key) }
    let unit =
      (money.isEmpty ? counts : money)
      .max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? "USD"
    self.unit = unit
    // Digits after the point are those of amounts a share, which some documents give in a currency.
    let decimals = lines.filter { $0.unit == unit }.compactMap(\.decimals).filter { $0 <= 0 }
    scale =
      [9, 6, 3].first { scale in
        let count = decimals.count { $0 <= -scale }
        return count > 0 && count * Self.shareMin.of >= decimals.count * Self.shareMin.part
      } ?? 0
  }

  /// The layout with unit, scale and caption, and with what its lines need in their place.
  func applied(to layout: StatementDefinition) -> StatementDefinition {
    var layout = layout
    layout.unit = unit
    layout.scale = scale
    var shareScales: Set<Int> = []
    for line in lines {
      let (scale, places) = scale(of: line)
      if line.unit != unit { layout.lines[line.index].unit = line.unit }
      if scale != self.scale { layout.lines[line.index].scale = scale }
      if places != 0 { layout.lines[line.index].places = places }
      if line.unit == "shares" { shareScales.insert(scale) }
    }
    layout.caption = caption(shareScales)
    if unit == "USD" { addCurrencySigns(to: &layout) }
    return layout
  }

  /// How the figures of a line are scaled: as the statement's, unless that hides digits.
  private func scale(of line: Line) -> (scale: Int, places: Int) {
    guard let decimals = line.decimals else { return (line.unit == unit ? scale : 0, 0) }
    if line.unit == unit, decimals <= -scale { return (scale, 0) }
    return decimals < 0
      ? (min(12, -decimals / 3 * 3), 0) : (0, min(decimals, Self.placeCountMax))
  }

  private func caption(_ shareScales: Set<Int>) -> String? {
    func words(_ unit: String, _ scale: Int) -> String? {
      let names = [3: "thousands", 6: "millions", 9: "billions"]
      return names[scale].map { "\(unit) in \($0)" } ?? (scale == 0 ? unit : nil)
    }
    var parts = [words(unit, scale)].compactMap(\.self)
    if unit != "shares", shareScales.count == 1, let shares = shareScales.first, shares != 0 {
      parts += [words("shares", shares)].compactMap(\.self)
    }
    return parts.isEmpty ? nil : "(\(parts.joined(separator: "; ")))"
  }

  /// Dollar signs on the first line of money and on the last total.
  private func addCurrencySigns(to layout: inout StatementDefinition) {
    let money = lines.filter { $0.unit == unit }.map(\.index)
    if let first = money.first { layout.lines[first].hasCurrencySign = true }
    if let last = money.last(where: { layout.lines[$0].isSubtotal }) {
      layout.lines[last].hasCurrencySign = true
    }
  }
}
