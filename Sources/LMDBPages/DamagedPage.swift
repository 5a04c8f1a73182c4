/// A page of a data file that cannot be as LMDB wrote it.
public struct DamagedPage: Error, Hashable, Sendable {
  /// Which page, counted from 0 at the start of the file.
  public let page: UInt64

  /// The table it belongs to; `nil` for the list of free pages and the list of tables.
  public let table: String?

  /// What does not fit.
  public let problem: String

  /// The last key of the table before the page; `nil` if the page is among its first.
  public let keyBefore: [UInt8]?
}

extension DamagedPage: CustomStringConvertible {
  /// Where, what does not fit, and what to do about it.
  public var description: String {
    let place = table.map { " of table \($0)" } ?? ""
    return "the file is damaged: page \(page)\(place): \(problem). Restore it from a backup."
  }
}

/// What a check of every page found in a sound file.
public struct PageFigures: Hashable, Sendable {
  /// How many pages the file has, its two meta pages among them.
  public var pageCount: Int

  /// How many of them no table uses.
  public var freePageCount: Int

  /// The names of the tables, sorted by their bytes.
  public var tableNames: [String]
}
