/// What a table is about, and its columns.
public struct TableHead: Hashable, Sendable {
  /// On which side the texts of a column stand.
  public enum Alignment: Hashable, Sendable {
    /// Words.
    case left

    /// Figures.
    case right
  }

  /// A column.
  public struct Column: Hashable, Sendable {
    /// The name for programs: the member of JSON, the head of CSV.
    public var key: String

    /// The name for people; a line feed breaks it where the format can.
    public var title: String

    /// On which side its texts stand.
    public var alignment: Alignment

    /// Whether formats for people group the digits of its figures and name their qualifiers.
    public var isGrouped: Bool

    /// A column with these aspects.
    ///
    /// - Parameters:
    ///   - key: The name for programs.
    ///   - alignment: How its cells are aligned in text.
    ///   - title: The name for people; by default the one for programs.
    ///   - isGrouped: Whether its numbers are shown with thousands separated.
    public init(
      _ key: String,
      _ alignment: Alignment = .left,
      title: String? = nil,
      isGrouped: Bool = false
    ) {
      self.key = key
      self.title = title ?? key
      self.alignment = alignment
      self.isGrouped = isGrouped
    }
  }

  /// How JSON writes the table.
  public struct Shape: Hashable, Sendable {
    /// The name and version of the shape, `assay.facts/1`.
    public var schema: String

    /// The member that holds the rows.
    public var rowsKey: String

    /// Whether a row leaves out what it has not; otherwise that is `null`.
    public var omitsAbsent: Bool

    /// A shape with these aspects.
    public init(_ schema: String, rowsKey: String = "rows", omitsAbsent: Bool = false) {
      self.schema = schema
      self.rowsKey = rowsKey
      self.omitsAbsent = omitsAbsent
    }
  }

  /// What it shows, for people.
  public var title: String

  /// How JSON writes it.
  public var shape: Shape

  /// The columns.
  public var columns: [Column]

  /// How many of the first rows aligned text takes the widths of its columns from; more than 0.
  ///
  /// Later texts that are wider are not cut, but stand out of line.
  public var sampleRowCount = 500

  /// Where aligned text is shown.
  var screen = Screen.none

  /// A head with these aspects.
  ///
  /// - Parameters:
  ///   - title: What the table is about.
  ///   - shape: How JSON writes it; by default rows under the title.
  ///   - columns: The columns, from left to right.
  public init(title: String, shape: Shape? = nil, columns: [Column]) {
    self.title = title
    self.shape = shape ?? Shape(title)
    self.columns = columns
  }

  /// Stops a program that makes a row with more or fewer cells than columns.
  func expects(_ cells: [Cell]) {
    precondition(cells.count == columns.count, "a row has a cell for each column")
  }
}
