public import Facts

/// What filings say of one concept of an entity in one unit, without dimensions: each report of each figure,
/// whatever became of it later.
public struct ReportedSeries: Hashable, Sendable {
  /// A figure in one filing.
  public struct Report: Hashable, Sendable {
    /// What it is about in time.
    public var period: Period

    /// The exact value, in full units.
    public var value: Amount

    /// The identifier of its filing.
    public var filing: String

    /// The sequence of the claim, or of the correction that stands in its place.
    public var sequence: UInt64

    /// The frame of the calendar that it is the figure of, `CY2019Q1I`; `nil` if there is none, or if another
    /// report is nearer to it or newer.
    public var frame: String?
  }

  /// The unit of all its values.
  public var unit: String

  /// The reports, by the ends of their periods, then their starts, then when their filings were published.
  public var reports: [Report]
}
