/// What a figure is about, without its value: the same fact may be reported many times.
public struct Fact: Hashable, Sendable {
  /// Who reports: `cik:0000719413`.
  public var entity: String

  /// What is measured: `us-gaap:Assets`.
  public var concept: String

  /// What the concept alone does not say.
  public var dimensions: Dimensions

  /// What the value counts: `USD`, `ozt`, `USD/ozt` and so on.
  public var unit: String

  /// The time it is about.
  public var period: Period

  /// The fact with these five aspects.
  public init(
    entity: String,
    concept: String,
    dimensions: Dimensions,
    unit: String,
    period: Period
  ) {
    self.entity = entity
    self.concept = concept
    self.dimensions = dimensions
    self.unit = unit
    self.period = period
  }
}

/// How a figure was worded, where it was not simply printed.
public enum Qualifier: String, Sendable, CaseIterable {
  /// "About": still rounded as its decimals say.
  case approximately

  /// "More than", "over": the figure is a lower bound.
  case moreThan = "more-than"

  /// "Less than", "below", "nearly": the figure is an upper bound.
  case lessThan = "less-than"

  /// The lower end of a range.
  case low

  /// The upper end of a range.
  case high
}

/// Which end of a range a figure is; of a fact that is reported as a range, each end has claims of its
/// own, and the claims of one end never restate those of the other.
public enum RangeEnd: Hashable, Comparable, Sendable {
  /// No end: the figure itself.
  case figure

  /// The lower end.
  case low

  /// The upper end.
  case high

  /// The end that figures of this wording are.
  public init(_ qualifier: Qualifier?) {
    switch qualifier {
    case .low: self = .low
    case .high: self = .high
    case .approximately, .moreThan, .lessThan, nil: self = .figure
    }
  }
}

/// Where in its document a figure is printed.
public struct Source: Hashable, Sendable {
  /// A line and a column, both from 1.
  public struct Place: Hashable, Sendable {
    /// The line, from 1.
    public var line: UInt32

    /// The column of the text's last character, from 1: where right-aligned figures end.
    public var column: UInt32

    /// The place at this line and column.
    public init(line: UInt32, column: UInt32) {
      self.line = line
      self.column = column
    }
  }

  /// The most bytes of a printed text.
  public static let textByteCountMax = 255

  /// The name of the document among those of the filing; `nil` where the filing has one.
  public var document: String?

  /// The place; `nil` where only the text is known.
  public var place: Place?

  /// The figure as printed, without currency and unit signs: `(11,292)`, `- -`; `nil` if unknown.
  public var text: String?

  /// A source with these aspects.
  public init(document: String? = nil, place: Place?, text: String?) {
    self.document = document
    self.place = place
    self.text = text
  }
}

/// One report of a fact.
///
/// One claim is one event.
public struct Claim: Hashable, Sendable {
  /// The kind of event that the concept declares: `production`, `statement-line` and so on.
  public var kind: String

  /// The filing it comes from.
  public var filing: String

  /// What it is about.
  public var fact: Fact

  /// The figure that is reported.
  public var figure: Figure

  /// Where it is printed; `nil` if unknown.
  public var source: Source?

  /// A claim with these aspects.
  public init(kind: String, filing: String, fact: Fact, figure: Figure, source: Source? = nil) {
    self.kind = kind
    self.filing = filing
    self.fact = fact
    self.figure = figure
    self.source = source
  }
}
