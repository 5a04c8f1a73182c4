import Facts

extension Chart {
  /// The drawing as an element `svg`, to stand in a page or, with the head of a document, alone.
  public var svg: String {
    var drawing = ChartDrawing(self)
    return drawing.svg(style: "<style>\(ChartDrawing.style)</style>\n")
  }

  /// The drawing as an element `svg` for a page that has ``style`` in a style sheet of its own.
  public var unstyledSVG: String {
    var drawing = ChartDrawing(self)
    return drawing.svg(style: "")
  }

  /// The rules of style sheets that drawings need.
  public static var style: String { ChartDrawing.style }

  /// Several drawings as one document, one below the other.
  static func document(_ charts: [Chart]) -> String {
    let height = charts.count * ChartDrawing.height
    var parts = ""
    for (index, chart) in charts.enumerated() {
      var drawing = ChartDrawing(chart)
      parts +=
        "<g transform=\"translate(0 \(index * ChartDrawing.height))\">\n\(drawing.marks)</g>\n"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(ChartDrawing.width) \(height)" \
      width="\(ChartDrawing.width)" height="\(height)" role="img">
      <title>\((charts.first?.title ?? "").htmlText)</title>
      <style>\(ChartDrawing.style)</style>
      <rect class="paper" width="\(ChartDrawing.width)" height="\(height)"/>
      \(parts)</svg>

      """
  }
}

/// Draws a chart: axis and captions first, marks above them.
private struct ChartDrawing {
  static let (width, height) = (720, 280)

  /// Around the marks: room for captions.
  private static let (left, right, top, bottom) = (110, 20, 54, 44)
  private static let plotWidth = width - left - right
  private static let plotHeight = height - top - bottom

  /// Colours that differ in brightness, too, for paper without colours.
  static let style = """

    .chart text, svg text { font: 12px system-ui, sans-serif; fill: #222; }
    text.title { font-weight: 600; font-size: 14px; } text.long { font-size: 11px; }
    text.tick, text.column { fill: #555; }
    text.tick { text-anchor: end; } text.column { text-anchor: middle; }
    .paper { fill: #fff; } .grid { stroke: #ddd; } .base { stroke: #555; }
    .s0 { fill: #24476b; } .s1 { fill: #c77b30; } .s2 { fill: #7aa6c2; } .s3 { fill: #9c9c9c; }
    .s4 { fill: #5b3a6e; } .s5 { fill: #b7c26f; }
    .step { fill: none; stroke: #24476b; stroke-width: 2; } .dot { fill: #24476b; }
    .restated { fill: #fff; stroke: #b3361b; stroke-width: 2; }
    .band { fill: #c9d6e3; stroke: #24476b; } .actual { fill: #b3361b; }

    """

  private let chart: Chart
  private let scale: ChartScale
  private var text = ""

  init(_ chart: Chart) {
    self.chart = chart
    if case .bars = chart.content {
      scale = ChartScale(chart.values, hasZero: true)
    } else {
      scale = ChartScale(chart.values, hasZero: false)
    }
  }

  /// The element for a page.
  mutating func svg(style: String) -> String {
    """
    <svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Self.width) \(Self.height)" \
    role="img" aria-label="\(chart.title.htmlText)">
    \(style)\(marks)</svg>

    """
  }

  /// Everything that is drawn.
  var marks: String {
    mutating get {
      text = ""
      addAxis()
      switch chart.content {
      case .bars(let columns, let series): addBars(columns, series)
      case .steps(let steps): addSteps(steps)
      case .ranges(let ranges): addRanges(ranges)
      }
      return text
    }
  }

  private func y(_ value: Int128) -> Int {
    Self.top + Self.plotHeight - scale.place(of: value, in: Self.plotHeight)
  }

  private func y(_ value: Amount) -> Int { y(value.fixedPoint) }

  private mutating func add(
    text words: String,
    _ kind: String,
    x: Int,
    y: Int
  ) {
    text += "<text class=\"\(kind)\" x=\"\(x)\" y=\"\(y)\">\(words.htmlText)</text>\n"
  }

  private mutating func addLine(_ kind: String, y: Int) {
    text += "<path class=\"\(kind)\" d=\"M\(Self.left) \(y)H\(Self.width - Self.right)\"/>\n"
  }

  private mutating func addAxis() {
    addTitle()
    add(text: scale.caption(chart.unit), "unit", x: 10, y: 36)
    for tick in scale.ticks {
      addLine("grid", y: y(tick))
      add(text: scale.text(of: tick), "tick", x: Self.left - 8, y: y(tick) + 4)
    }
    addLine("base", y: y(scale.base))
  }

  /// The title in one line: smaller letters if it is long, and its beginning if it is longer; the label of the
  /// drawing has all of it.
  private mutating func addTitle() {
    let isLong = chart.title.count > Self.titleCharacterCount
    let isCut = chart.title.count > Self.longTitleCharacterCount
    let shown = chart.title.prefix(Self.longTitleCharacterCount)
    add(
      text: isCut ? shown.dropLast() + "…" : String(shown),
      isLong ? "title long" : "title",
      x: 10,
      y: 18
    )
  }

  /// How many letters of either size stand in a line, if many are wide.
  private static let (titleCharacterCount, longTitleCharacterCount) = (76, 98)

  /// The middle of a column, and how wide each is.
  private func column(_ index: Int, of count: Int) -> (middle: Int, width: Int) {
    let width = Self.plotWidth / max(1, count)
    return (Self.left + (2 * index + 1) * Self.plotWidth / (2 * max(1, count)), width)
  }

  /// The captions of columns, of as many as there is room for.
  private mutating func addColumns(_ labels: [String]) {
    // A character takes some seven pixels.
    let longest = labels.reduce(1) { max($0, $1.count) } * 7 + 8
    let every = max(1, (longest * labels.count + Self.plotWidth - 1) / Self.plotWidth)
    for (index, label) in labels.enumerated() where (labels.count - 1 - index) % every == 0 {
      let middle = column(index, of: labels.count).middle
      add(text: label, "column", x: middle, y: Self.height - Self.bottom + 18)
    }
  }

  private mutating func addBars(_ columns: [String], _ series: [Chart.Series]) {
    addColumns(columns)
    let group = column(0, of: columns.count).width * 7 / 10
    let width = max(1, min(48, group / max(1, series.count)))
    for (number, one) in series.enumerated() {
      for (index, value) in one.values.enumerated() {
        guard let value else { continue }
        let middle = column(index, of: columns.count).middle
        let x = middle - width * series.count / 2 + number * width
        let (from, to) = (y(scale.base), y(value))
        let title = "\(one.name), \(columns[index]): \(value.grouped) \(chart.unit)"
        text +=
          "<rect class=\"s\(number % 6)\" x=\"\(x)\" y=\"\(min(from, to))\" width=\"\(max(1, width - 1))\" "
          + "height=\"\(max(1, abs(from - to)))\"><title>\(title.htmlText)</title></rect>\n"
      }
    }
    guard series.count > 1 else { return }
    addLegend(series.enumerated().map { ("s\($0.offset % 6)", $0.element.name) })
  }

  private mutating func addLegend(_ entries: [(kind: String, name: String)]) {
    var x = Self.left
    for entry in entries {
      text +=
        "<rect class=\"\(entry.kind)\" x=\"\(x)\" y=\"\(Self.height - 14)\" width=\"10\" height=\"10\"/>\n"
      add(text: entry.name, "legend", x: x + 16, y: Self.height - 5)
      x += 16 + entry.name.count * 7 + 20
    }
  }

  private mutating func addSteps(_ steps: [Chart.Step]) {
    guard let first = steps.first, let last = steps.last else { return }
    let spread = max(1, Int(last.day.dayNumber - first.day.dayNumber))
    // The last figure holds on: a piece of the line shows it.
    let plot = Self.plotWidth - 40
    var path = ""
    var marks = ""
    for step in steps {
      let x = Self.left + Int(step.day.dayNumber - first.day.dayNumber) * plot / spread
      let y = y(step.value)
      path += path.isEmpty ? "M\(x) \(y)" : "H\(x)V\(y)"
      let title = "<title>\("\(step.day): \(step.value.grouped), \(step.note)".htmlText)</title>"
      marks +=
        step.isRestated
        ? "<rect class=\"restated\" x=\"\(x - 5)\" y=\"\(y - 5)\" width=\"10\" height=\"10\">\(title)</rect>\n"
        : "<circle class=\"dot\" cx=\"\(x)\" cy=\"\(y)\" r=\"4\">\(title)</circle>\n"
    }
    text += "<path class=\"step\" d=\"\(path)H\(Self.width - Self.right)\"/>\n\(marks)"
    let y = Self.height - Self.bottom + 18
    add(text: "\(first.day)", "column", x: Self.left, y: y)
    if last.day != first.day { add(text: "\(last.day)", "column", x: Self.left + plot, y: y) }
    addLegend(
      [("dot", "reported")]
        + (steps.contains(where: \.isRestated) ? [("restated", "restated")] : [])
    )
  }

  private mutating func addRanges(_ ranges: [Chart.Range]) {
    addColumns(ranges.map(\.label))
    for (index, range) in ranges.enumerated() {
      let (middle, width) = column(index, of: ranges.count)
      let half = min(24, width * 3 / 10)
      if range.low != nil || range.high != nil {
        // An end that is open reaches to the edge.
        let upper = range.high.map { y($0) } ?? Self.top
        let lower = range.low.map { y($0) } ?? Self.top + Self.plotHeight
        let ends = [range.low, range.high].map { $0?.grouped ?? "open" }.joined(separator: " to ")
        text +=
          "<rect class=\"band\" x=\"\(middle - half)\" y=\"\(min(upper, lower) - 1)\" width=\"\(2 * half)\" "
          + "height=\"\(abs(lower - upper) + 2)\"><title>\("\(range.label): \(ends)".htmlText)</title></rect>\n"
      }
      if let actual = range.actual {
        let title = "\(range.label), actual: \(actual.grouped)".htmlText
        text +=
          "<circle class=\"actual\" cx=\"\(middle)\" cy=\"\(y(actual))\" r=\"5\"><title>\(title)</title></circle>\n"
      }
    }
    addLegend([("band", "forecast"), ("actual", "actual")])
  }
}
