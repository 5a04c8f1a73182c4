import CLMDB
import LMDBPages
import Platform

extension ReadTransaction {
  /// Checks every page of the file as of this transaction, without the map: after that, LMDB meets
  /// nothing in it that it does not expect.
  ///
  /// - Parameter progress: Called now and then with how many pages were checked, and how many there
  ///   are.
  /// - Returns: What was found; `nil` if the file was written to twice since the transaction began,
  ///   so that no meta page describes this snapshot any more: begin another transaction and try again.
  /// - Throws: ``DamagedPage``; ``DataFileError`` if the meta pages are damaged; ``LMDBError`` if the
  ///   disk cannot be read.
  /// - Complexity: O(*p*) for *p* pages, on two cores, with two bits of memory for each.
  public borrowing func checkPages(
    progress: @escaping (_ done: Int, _ of: Int) -> Void = { _, _ in }
  ) throws -> PageFigures? {
    let descriptor = try unsafe environment._withUnsafeGuaranteedRef { try $0.descriptor }
    do {
      return try PageCheck.figures(of: UInt64(id), in: descriptor, progress: progress)
    } catch let error as SystemError {
      throw LMDBError(error)
    }
  }
}

extension Transaction where Self: ~Copyable & ~Escapable {
  /// The number of the snapshot that is read, or that a commit will make: each commit that changed
  /// something adds 1.
  public var id: Int { unsafe mdb_txn_id(transactionHandle.pointer) }
}
