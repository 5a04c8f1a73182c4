import LMDB

extension EventStore {
  /// What may be done with a ledger's file.
  public enum Mode: Hashable, Sendable {
    /// It is read. The file must exist, and is not changed.
    case readOnly

    /// It is read and written. The file must exist.
    case readWrite

    /// It is read and written. A missing or empty file becomes an empty ledger.
    case create
  }

  /// Opens the ledger file at `path`, as ``init(path:access:isProving:)`` does.
  ///
  /// - Parameters:
  ///   - path: A file on a local file system; its folder must exist.
  ///   - mode: What may be done with it.
  ///   - isProving: As for ``init(path:access:isProving:)``.
  /// - Throws: ``ForeignFile`` if it is no ledger that this program reads; what ``StoreFailure``
  ///   describes if it cannot be opened.
  public convenience init(path: String, mode: Mode, isProving: Bool = true) throws {
    let access: Access =
      switch mode {
      case .readOnly: .readOnly
      case .readWrite: .readWrite
      case .create: .create
      }
    try self.init(path: path, access: access, isProving: isProving)
  }

  /// The size of a table.
  public struct TableSize: Hashable, Sendable {
    /// Its name.
    public var name: String

    /// How many rows it has.
    public var rowCount: Int

    /// How many bytes of the file it takes.
    public var byteCount: Int
  }

  /// How many bytes of the file are in use up to its last page, and the sizes of the tables.
  ///
  /// - Throws: What ``StoreFailure`` describes.
  /// - Complexity: O(1).
  public func sizes() throws -> (usedByteCount: Int, tables: [TableSize]) {
    let (file, tables) = try figures()
    return (
      file.usedByteCount,
      tables.map { name, figures in
        TableSize(name: name, rowCount: figures.entryCount, byteCount: figures.byteCount)
      }
    )
  }
}

extension Verification {
  /// How many pages the file has.
  public var pageCount: Int { pages.pageCount }
}
