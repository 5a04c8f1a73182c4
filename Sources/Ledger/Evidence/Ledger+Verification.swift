import EventStore

extension Ledger {
  /// Told now and then how far a check has come.
  public typealias VerificationProgress = (_ stage: String, _ done: Int, _ total: Int) -> Void

  /// Checks the whole ledger file at `path`.
  ///
  /// It reads every byte of every table: the log's records must make the lines whose hashes the Merkle
  /// tree holds, and every other table must be what the log makes of it. Call it in a process of its
  /// own: a disk that cannot be read ends a process that maps a file. See
  /// ``writeVerification(path:checkpoint:to:)``.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - checkpoint: A tree that this one must have grown from; `nil` for none.
  ///   - progress: Told now and then how far it has come.
  /// - Complexity: O(*n*), on every core, with two bits of memory for each page.
  public static func verification(
    path: String,
    checkpoint: TreeHead? = nil,
    progress: @escaping VerificationProgress = { _, _, _ in }
  ) -> VerificationFinding {
    do {
      let found = try EventStore.verify(path: path, checkpoint: checkpoint?.storeTreeHead) {
        progress($0.rawValue, $1, $2)
      }
      return .sound(
        SoundLedger(
          origin: try found.head == 0
            ? nil : Ledger(path: path, access: .readOnly).read { try $0.origin },
          treeHead: TreeHead(size: found.head, root: found.root),
          pageCount: found.pageCount,
          tables: found.rowCounts.map { .init(name: $0.table, rowCount: $0.count) }
        )
      )
    } catch {
      return VerificationFinding(
        LedgerError(error, path: path) ?? LedgerError(.machine, "\(error)")
      )
    }
  }

  /// Checks a ledger file, and writes how far it has come and what it found, for a
  /// ``VerificationReader`` in another process.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - checkpoint: A tree that this one must have grown from; `nil` for none.
  ///   - write: Takes the bytes, line by line.
  /// - Throws: What `write` throws for what was found; nobody may need how far it has come.
  /// - Complexity: As ``verification(path:checkpoint:progress:)``.
  public static func writeVerification(
    path: String,
    checkpoint: TreeHead?,
    to write: @escaping ([UInt8]) throws -> Void
  ) throws {
    let finding = verification(path: path, checkpoint: checkpoint) { stage, done, total in
      try? write(VerificationMessage.progress(stage: stage, done: done, total: total).line)
    }
    try write(VerificationMessage.finding(finding).line)
    guard case .damaged(var error) = finding, error.place.filing == nil,
      let sequence = error.place.event
    else { return }
    // It may be the end of the process: so what is known was written before.
    error.place.filing = try translating(path: path) {
      try EventStore.filing(near: sequence, path: path)
    }
    try write(VerificationMessage.finding(.damaged(error)).line)
  }

  /// Makes every derived table again from the log, in one transaction, and verifies it.
  ///
  /// - Parameters:
  ///   - checkpoint: Tells the log from the tree where they disagree.
  ///   - waits: Whether to wait for another process that writes.
  /// - Returns: How many events there are, and the root over them.
  /// - Throws: ``LedgerError`` with the first event that cannot be, or if the checkpoint is not of
  ///   this ledger. Then nothing was changed.
  /// - Complexity: O(*n*), on every core.
  public func rebuild(checkpoint: TreeHead? = nil, waits: Bool = true) throws -> TreeHead {
    try translating {
      let found = try store.rebuild(checkpoint: checkpoint?.storeTreeHead, waits: waits)
      return TreeHead(size: found.head, root: found.root)
    }
  }

  /// Writes the ledger as of now to a new file, without free pages; it is durable when this returns.
  ///
  /// - Throws: ``LedgerError``, also if something is there.
  /// - Complexity: O(*n*).
  public func copy(to path: String) throws { try translating { try store.copy(to: path) } }
}

extension TreeHead {
  fileprivate var storeTreeHead: Verification.TreeHead { .init(size: size, root: root) }
}
