import LMDB

extension EventStore {
  /// Makes a new ledger file and its first events in one step: other processes see all of it or
  /// nothing.
  ///
  /// The file is made under a temporary name in the same folder, closed, and renamed without
  /// replacing another. A file whose making fails, or that is not to be kept, leaves nothing.
  ///
  /// - Parameters:
  ///   - path: Where no file is; the folder must exist.
  ///   - body: Appends to the new ledger; says whether to keep it. It must not keep the store.
  ///   - check: Called with the name of the closed file before it is renamed; throws to refuse it.
  /// - Returns: What `body` returned; `nil` if another process made a ledger of this name meanwhile:
  ///   then open that one and append to it.
  /// - Throws: What `body` and `check` throw; `LMDBError` if the folder takes no file.
  /// - Complexity: Two writes of its own, besides those of `body`.
  public static func create<Result>(
    at path: String,
    check: (_ temporaryPath: String) throws -> Void = { _ in },
    _ body: (EventStore) throws -> (result: Result, isKept: Bool)
  ) throws -> Result? {
    NewDataFile.removeAbandoned(for: path)
    let file = try NewDataFile(path: path)
    do {
      let (result, isKept) = try body(
        EventStore(opening: file.temporaryPath, access: .create)
      )
      guard isKept else {
        file.discard()
        return result
      }
      try check(file.temporaryPath)
      return try file.publish() ? result : nil
    } catch {
      file.discard()
      throw error
    }
  }
}
