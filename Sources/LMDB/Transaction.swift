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

  init(_ pointer: OpaquePointer) { unsafe self.pointer = unsafe pointer }
}
