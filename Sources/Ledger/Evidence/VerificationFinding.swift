/// What a check of a whole ledger file found.
public enum VerificationFinding: Hashable, Sendable {
  /// Nothing is damaged. Whether somebody rewrote all of it, only a kept checkpoint shows.
  case sound(SoundLedger)

  /// The file holds what no ledger writes; the first thing that is wrong.
  case damaged(LedgerError)

  /// The file cannot be read, is no ledger, or is of another history than the checkpoint.
  case refused(LedgerError)
}

extension VerificationFinding {
  /// What an error of a check means.
  ///
  /// Where LMDB finds its pages damaged there is no place in the log, and no remedy but what the message
  /// names: the file cannot be read.
  init(_ error: LedgerError) {
    self = error.code == .damaged && error.remedy != nil ? .damaged(error) : .refused(error)
  }
}

/// A ledger file that was checked and is sound.
public struct SoundLedger: Hashable, Sendable {
  /// The size of a table.
  public struct Table: Hashable, Sendable {
    /// Its name.
    public var name: String

    /// How many rows it has.
    public var rowCount: Int

    /// The table `name` of so many rows.
    public init(name: String, rowCount: Int) {
      self.name = name
      self.rowCount = rowCount
    }
  }

  /// The name that its first event gives it; `nil` for an empty ledger.
  public var origin: String?

  /// How many events it holds, and the root over them.
  public var treeHead: TreeHead

  /// How many pages the file has.
  public var pageCount: Int

  /// Its tables.
  public var tables: [Table]

  /// A sound ledger of these parts.
  public init(origin: String? = nil, treeHead: TreeHead, pageCount: Int, tables: [Table]) {
    self.origin = origin
    self.treeHead = treeHead
    self.pageCount = pageCount
    self.tables = tables
  }
}
