import CLMDB
import Platform
import Synchronization

/// The environment's single writer.
///
/// Leaving scope without ``commit()`` changes nothing. So does a commit after any change failed:
/// all of it is kept, or nothing.
@safe
public struct WriteTransaction: ~Copyable, ~Escapable, Transaction {
  /// LMDB's transaction; unsafe, because it does not keep the transaction open.
  @unsafe public let transactionHandle: TransactionHandle

  /// Held until the transaction has ended: see ``ReadTransaction/environment``.
  let environment: Unmanaged<Environment>

  /// The first change that failed: LMDB itself only reports `MDB_BAD_TXN` from then on.
  private var failure: Failure?

  /// An ``LMDBError`` without its reference-counted parts, which would rule out `discard`.
  private struct Failure {
    let code: CInt
    let function: StaticString
  }

  @_lifetime(borrow environment)
  init(_ environment: borrowing Environment, waits: Bool) throws(LMDBError) {
    let isNested = environment.writer.load(ordering: .relaxed) == .current
    precondition(!isNested, "write transactions do not nest")
    try WriterLock.take(environment, waits: waits)
    do {
      // A changed page lies wherever memory was.
      unsafe transactionHandle = TransactionHandle(
        try environment.begin(flags: 0),
        pageByteCount: 0,
        environment: environment.id
      )
    } catch {
      WriterLock.leave(environment)
      throw error
    }
    environment.writer.store(.current, ordering: .relaxed)
    unsafe self.environment = .passRetained(copy environment)
  }

  /// The number of the snapshot that it began with: that of a ``ReadTransaction/id`` begun since.
  public var snapshotID: Int { unsafe mdb_txn_id(transactionHandle.pointer) - 1 }

  /// Makes every change durable, with one `fsync`, and visible to later reads; or none of them.
  ///
  /// - Precondition: The thread is the one that began the transaction.
  /// - Throws: ``LMDBError``: that of the first change that failed, or of the commit itself. Either
  ///   way nothing was kept; only `EIO`, from a defective disk, leaves that open. It has
  ///   ``LMDBError/isDiskFull`` when the disk is full. Ignore the signal `SIGXFSZ`, or a file size
  ///   limit ends the process instead.
  /// - Complexity: O(*p*), for *p* changed pages; dominated by the wait for the disk.
  public consuming func commit() throws(LMDBError) {
    if let failure {
      let error = error(failure)
      _ = consume self  // Aborts.
      throw error
    }
    let environment = unsafe environment
    unsafe environment._withUnsafeGuaranteedRef { $0.endWriter() }
    var code = unsafe mdb_txn_commit(transactionHandle.pointer)  // Frees it even when it fails.
    var path = ""
    unsafe environment._withUnsafeGuaranteedRef {
      if code != MDB_SUCCESS {
        code = $0.commitCode(code)
        $0.cutOffUnusedPages()
        path = $0.path
      }
      WriterLock.leave($0)
      $0.gate.leave()
    }
    unsafe environment.release()
    discard self
    try check(code, "mdb_txn_commit", path)
  }

  deinit {
    unsafe environment._withUnsafeGuaranteedRef { $0.endWriter() }
    unsafe mdb_txn_abort(transactionHandle.pointer)
    unsafe environment._withUnsafeGuaranteedRef {
      $0.cutOffUnusedPages()
      WriterLock.leave($0)
      $0.gate.leave()
    }
    unsafe environment.release()
  }

  /// Makes one change; returns `false` where LMDB found nothing to change.
  ///
  /// After a change that failed, throws the same error again.
  @_lifetime(self: copy self)
  mutating func change(
    _ function: StaticString,
    _ body: (_ transaction: OpaquePointer) -> CInt
  ) throws(LMDBError) -> Bool {
    if let failure { throw error(failure) }
    let code = unsafe body(transactionHandle.pointer)
    guard code != MDB_NOTFOUND else { return false }
    guard code == MDB_SUCCESS else {
      let failure = Failure(code: code, function: function)
      self.failure = failure
      throw error(failure)
    }
    return true
  }

  private borrowing func error(_ failure: Failure) -> LMDBError {
    let path = unsafe environment._withUnsafeGuaranteedRef { $0.path }
    return LMDBError(code: failure.code, function: "\(failure.function)", subject: path)
  }
}

extension Environment {
  /// Forgets the writing thread, before LMDB unlocks: the next writer may be faster than we are.
  fileprivate func endWriter() {
    precondition(
      writer.load(ordering: .relaxed) == .current,
      "a write transaction ends on the thread that began it"
    )
    writer.store(.none, ordering: .relaxed)
  }
}
