/// A place in a document: a line, and a column in characters, both from 1.
public struct XMLPlace: Hashable, Sendable {
  /// The line, from 1.
  public var line: Int

  /// The column in the line, from 1, in characters.
  public var column: Int

  /// The place at this line and column.
  public init(line: Int, column: Int) { (self.line, self.column) = (line, column) }
}
