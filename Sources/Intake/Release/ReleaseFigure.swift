public import Facts

/// A figure of a document, and whether it was mapped to a fact.
public struct ReleaseFigure: Sendable {
  /// Whether and how a figure was mapped to a fact.
  public enum Status: Sendable {
    /// It became a claim.
    case mapped(UnfiledClaim)

    /// It is in a table, and belongs to no line of the profile's statements, for this reason.
    case unmapped(String)

    /// It is computed from other figures of its row, such as a change or a percentage, and is no claim of
    /// its own, for this reason.
    case computed(String)

    /// It heads columns.
    case heading

    /// It is in prose, a title, a caption, a footnote or markup.
    case text
  }

  /// The line, from 1.
  public var line: Int

  /// The column of its last character as filed, from 1.
  public var column: Int

  /// As printed, without currency sign.
  public var text: String

  /// Whether and how it was mapped.
  public var status: Status

  /// The statement that its table is; `nil` outside of known tables.
  public var statement: String?

  /// The caption of its row; empty outside of tables.
  public var caption = ""
}

/// A table of a document.
public struct ReleaseTable: Sendable {
  /// The line of its title, or of the headings of its columns.
  public var line: Int

  /// The statement that it is; `nil` if the profile has no table of this title.
  public var statement: String?

  /// The title as printed.
  public var title: String

  /// The periods of its columns; empty if they could not be read.
  public var periods: [Period] = []

  /// How many rows have figures.
  public var rowCount = 0

  /// How many figures became claims.
  public var mappedCount = 0

  /// How many did not.
  public var unmappedCount = 0

  /// How many are computed from other figures of their rows.
  public var computedCount = 0

  /// Why none of its figures could be read; `nil` otherwise.
  public var reason: String?
}
