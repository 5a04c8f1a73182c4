/// A consistent view of an environment: a ``ReadTransaction`` or a ``WriteTransaction``.
///
/// Write what only reads for both:
///
///     func total(in transaction: borrowing some Transaction & ~Copyable & ~Escapable) throws
///
/// Not for other types to conform to.
public protocol Transaction: ~Copyable, ~Escapable {
  /// LMDB's transaction.
  ///
  /// Unsafe, because it does not keep the transaction open.
  @unsafe var transactionHandle: TransactionHandle { get }
}

/// LMDB's transaction, opaque outside of this module.
@safe
public struct TransactionHandle {
  /// `MDB_txn *`, good until the transaction that gave it ends.
  let pointer: OpaquePointer

  /// The size of the pages that entries lie on, each at a multiple of it in memory; 0 where some lie
  /// elsewhere, because they were changed.
  let pageByteCount: Int

  /// The environment that the transaction is of.
  let environment: EnvironmentID

  init(_ pointer: OpaquePointer, pageByteCount: Int, environment: EnvironmentID) {
    unsafe self.pointer = unsafe pointer
    self.pageByteCount = pageByteCount
    self.environment = environment
  }
}
