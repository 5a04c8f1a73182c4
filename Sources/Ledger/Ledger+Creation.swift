public import EventStore

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
  /// - Throws: What `body` throws; ``DataFileError`` if the path is a link to nothing; ``LMDBError``
  ///   if the folder takes no file.
  public static func create<Result>(
    at path: String,
    _ body: (Ledger) throws -> (result: Result, isKept: Bool)
  ) throws -> Result? {
    try EventStore.create(at: path) { try body(Ledger($0)) }
  }

  /// Copies a ledger of an earlier file format to a new file: see
  /// ``EventStore/EventStore/upgrade(from:to:progress:)``.
  ///
  /// - Returns: How many events there are, and the root over them, in hexadecimal; both files have the
  ///   same.
  /// - Throws: ``UpgradeRefused`` if there is nothing to upgrade or the new file exists;
  ///   ``DamagedLedger``; ``RefusedEvents``; ``DataFileError`` or ``LMDBError``. Then there is no new
  ///   file.
  public static func upgrade(
    from old: String,
    to new: String,
    progress: @escaping Verification.Progress = { _, _, _ in }
  ) throws -> (head: UInt64, root: String) {
    try EventStore.upgrade(from: old, to: new, progress: progress)
  }
}
