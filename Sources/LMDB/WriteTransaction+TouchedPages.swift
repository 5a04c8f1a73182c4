import CLMDB
public import LMDBPages
import Platform
import Synchronization

extension WriteTransaction {
  /// Checks from now on, in this transaction, the pages that each change touches, before LMDB does; and
  /// now the lists of tables and of free pages.
  ///
  /// For files of which not every page is looked at: see ``ReadTransaction/checkPages(progress:)``.
  ///
  /// - Parameter isContinued: Whether the last commit was that of this environment, and checked, too:
  ///   then pages that were sound are sound, and so are those that it made free.
  /// - Throws: ``DamagedPage``; ``DataFileError`` if the meta pages are damaged; ``LMDBError`` if the
  ///   disk cannot be read. Later changes throw ``LMDBError`` of damage, and ``touchedDamage`` says which.
  /// - Complexity: O(*f*) for *f* lists of free pages; O(log *n*) for each change, and O(1) for pages
  ///   that were sound.
  public borrowing func beginPageChecks(isContinued: Bool) throws {
    let snapshot = UInt64(snapshotID)
    do {
      try unsafe environment._withUnsafeGuaranteedRef { environment in
        environment.touchedDamage.withLock { $0 = nil }
        let descriptor = try environment.descriptor
        try environment.touchedPages.withLock { pages in
          if isContinued, pages != nil {
            try pages?.follow(snapshot)
          } else {
            pages = nil
            pages = try TouchedPages(of: snapshot, in: descriptor)
          }
        }
      }
    } catch let error as SystemError {
      throw LMDBError(error)
    }
  }

  /// What the checks of this transaction found.
  public var touchedDamage: DamagedPage? {
    unsafe environment._withUnsafeGuaranteedRef { $0.touchedDamage.withLock { $0 } }
  }

  /// Checks the pages on the way to a key, if this transaction checks any.
  func checkPages<Schema>(
    to key: Schema.Key,
    in _: Table<Schema>
  ) throws(LMDBError) {
    let snapshot = UInt64(snapshotID)
    let error: LMDBError? = unsafe environment._withUnsafeGuaranteedRef { environment in
      environment.touchedPages.withLock { pages in
        guard pages?.snapshot == snapshot else { return nil }
        do {
          try key.withKeyBytes { try pages?.check($0, in: Schema.name) }
          return nil
        } catch let error as SystemError {
          return LMDBError(error)
        } catch {
          environment.touchedDamage.withLock { $0 = error as? DamagedPage }
          return LMDBError(code: MDB_CORRUPTED, function: "a check of the pages of \(Schema.name)")
        }
      }
    }
    if let error { throw error }
  }
}
