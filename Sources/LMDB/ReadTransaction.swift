import CLMDB

/// A consistent, read-only view of an environment.
///
/// It ends when it goes out of scope. Not copyable, so it ends once. Not escapable, so it cannot
/// outlive its environment, be stored, or be captured by a task.
@safe
public struct ReadTransaction: ~Copyable, ~Escapable, Transaction {
  /// LMDB's transaction; unsafe, because it does not keep the transaction open.
  @unsafe public let transactionHandle: TransactionHandle

  /// Held until the transaction has ended: its lifetime dependence keeps an optimized program from
  /// using it too late, but not from releasing the environment before it ends.
  let environment: Unmanaged<Environment>

  @_lifetime(borrow environment)
  init(_ environment: borrowing Environment) throws(LMDBError) {
    unsafe transactionHandle = TransactionHandle(
      try environment.begin(flags: MDB_RDONLY),
      pageByteCount: environment.pageByteCount,
      environment: environment.id
    )
    unsafe self.environment = .passRetained(copy environment)
  }

  /// Ends the read as a success: the tables it opened stay open.
  consuming func end() throws(LMDBError) {
    let code = unsafe mdb_txn_commit(transactionHandle.pointer)
    unsafe environment._withUnsafeGuaranteedRef { $0.gate.leave() }
    unsafe environment.release()
    discard self
    try check(code, "mdb_txn_commit")
  }

  deinit {
    unsafe mdb_txn_abort(transactionHandle.pointer)
    unsafe environment._withUnsafeGuaranteedRef { $0.gate.leave() }
    unsafe environment.release()
  }
}
