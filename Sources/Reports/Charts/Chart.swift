public import Facts

/// A drawing of exact figures: bars over columns, a step line over days, or ranges with what came of them.
///
/// It is text (SVG 1.1) without scripts and other files, the same for the same figures. Places are whole pixels,
/// reckoned from exact decimals; the figures themselves stand in the titles of the marks.
public struct Chart: Hashable, Sendable {
  /// What is drawn.
  public enum Content: Hashable, Sendable {
    /// Bars, a group for each column.
    case bars(columns: [String], series: [Series])

    /// A line that stays until the next step, in the order of days.
    case steps([Step])

    /// A band for each column, and a point for what came of it.
    case ranges([Range])
  }

  /// Figures of one kind, one for each column.
  public struct Series: Hashable, Sendable {
    /// What they are, for the legend.
    public var name: String

    /// The figures; `nil` where there is none, which is not zero.
    public var values: [Amount?]

    /// Figures of one kind.
    public init(_ name: String, _ values: [Amount?]) {
      self.name = name
      self.values = values
    }
  }

  /// A figure from one day on.
  public struct Step: Hashable, Sendable {
    /// The first day.
    public var day: CivilDate

    /// The figure.
    public var value: Amount

    /// Whether it is another than before, beyond rounding: marked by its shape.
    public var isRestated: Bool

    /// What is said of it, beside day and figure.
    public var note: String

    /// A figure from one day on.
    public init(_ day: CivilDate, _ value: Amount, isRestated: Bool, note: String) {
      (self.day, self.value, self.isRestated, self.note) = (day, value, isRestated, note)
    }
  }

  /// What was forecast for one column.
  public struct Range: Hashable, Sendable {
    /// The column.
    public var label: String

    /// The ends; the same for a single figure, `nil` where an end is open.
    public var low: Amount?

    /// The upper end, as ``low``.
    public var high: Amount?

    /// What came of it; `nil` if that is not known.
    public var actual: Amount?

    /// What was forecast for one column.
    public init(_ label: String, low: Amount?, high: Amount?, actual: Amount?) {
      (self.label, self.low, self.high, self.actual) = (label, low, high, actual)
    }
  }

  /// What the figures are.
  public var title: String

  /// Their unit.
  public var unit: String

  /// What is drawn.
  public var content: Content

  /// A drawing of figures.
  public init(_ title: String, unit: String, _ content: Content) {
    (self.title, self.unit, self.content) = (title, unit, content)
  }

  /// The figures that are drawn.
  var values: [Amount] {
    switch content {
    case .bars(_, let series): series.flatMap { $0.values.compactMap(\.self) }
    case .steps(let steps): steps.map(\.value)
    case .ranges(let ranges): ranges.flatMap { [$0.low, $0.high, $0.actual].compactMap(\.self) }
    }
  }
}
