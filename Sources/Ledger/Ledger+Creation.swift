import EventStore

extension Ledger {
  /// Makes a new ledger file with its first events in one step: other processes see all of it or
  /// nothing, and what `body` refuses leaves nothing.
  ///
  /// - Parameters:
  ///   - path: Where no file is; the folder must exist.
  ///   - body: Appends to the new ledger, which is empty; says whether to keep it. It must not keep
  ///     the ledger beyond its end.
  /// - Returns: What `body` returned; `nil` if another process made a ledger of this name meanwhile:
  ///   open that one, and append to it.
  /// - Throws: ``LedgerError`` if the path is a link to nothing, or if the folder takes no file; what
  ///   `body` throws.
  public static func create<Result>(
    at path: String,
    _ body: (Ledger) throws -> (result: Result, isKept: Bool)
  ) throws -> Result? {
    try translating(path: path) {
      try EventStore.create(at: path) { try body(Ledger($0, path: path)) }
    }
  }

  /// Copies a ledger of an earlier file format to a new file, and verifies both.
  ///
  /// - Returns: How many events there are, and the root over them; both files have the same.
  /// - Throws: ``LedgerError`` if there is nothing to upgrade, if the new file exists, or if the old one
  ///   is damaged. Then there is no new file.
  /// - Complexity: O(*n* log *n*).
  public static func upgrade(
    from old: String,
    to new: String,
    progress: @escaping VerificationProgress = { _, _, _ in }
  ) throws -> TreeHead {
    try translating(path: old) {
      let made = try EventStore.upgrade(from: old, to: new) { progress($0.rawValue, $1, $2) }
      return TreeHead(size: made.head, root: made.root)
    }
  }
}
