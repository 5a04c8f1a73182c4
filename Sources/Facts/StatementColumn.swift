/// A column of a filled statement: the time its figures are about.
public struct StatementColumn: Hashable, Sendable {
  /// The time.
  public var period: Period

  /// Its layout; `nil` in a list.
  public var layout: StatementDefinition.Column?

  /// The words above the date, for a duration: `Third Quarter Ended`; empty for an instant.
  public var heading: String

  /// The date as printed: `Sept. 30, 2004`.
  public var date: String

  /// A column with these aspects.
  public init(
    period: Period,
    layout: StatementDefinition.Column?,
    heading: String,
    date: String
  ) {
    self.period = period
    self.layout = layout
    self.heading = heading
    self.date = date
  }

  /// Heading and date.
  public var label: String { heading.isEmpty ? date : "\(heading) \(date)" }
}
