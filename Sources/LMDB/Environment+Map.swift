import CLMDB

extension Environment {
  /// Makes the map larger, so that the data file can grow to `byteCount` bytes.
  ///
  /// To call after a write that threw with ``LMDBError/isMapFull`` has ended; then write again.
  /// Other processes follow when they next begin a transaction. A map is never made smaller than
  /// what the file holds.
  ///
  /// - Parameter byteCount: Up to ``mapByteCountMax``.
  /// - Throws: ``LMDBError``: `EBUSY` if a transaction of this process is open, on any thread: end
  ///   it and call again. Any other code leaves the environment without a map, and every later
  ///   transaction throws it too: open the file again, with a smaller map.
  /// - Complexity: O(1).
  public func growMap(to byteCount: Int) throws(LMDBError) {
    precondition((1...Self.mapByteCountMax).contains(byteCount), "no such map size")
    try gate.whileClosed { unsafe mdb_env_set_mapsize(handle, byteCount) }
  }

  /// Begins a transaction and counts it, first following a map that another process enlarged.
  ///
  /// - Throws: ``LMDBError``: ``LMDBError/isMapResized`` if open transactions of this process kept
  ///   the map where it is.
  @unsafe
  func begin(flags: CInt) throws(LMDBError) -> OpaquePointer {
    do {
      return try unsafe beginOnce(flags)
    } catch {
      guard error.isMapResized else { throw error }
    }
    do {
      try gate.whileClosed { unsafe mdb_env_set_mapsize(handle, 0) }  // 0: as the file has it.
    } catch {
      // Another thread resizes the map or reads: the second attempt decides.
    }
    return try unsafe beginOnce(flags)
  }

  @unsafe
  private func beginOnce(_ flags: CInt) throws(LMDBError) -> OpaquePointer {
    try gate.enter()
    do {
      return try unsafe make("mdb_txn_begin", path) {
        unsafe mdb_txn_begin(handle, nil, UInt32(flags), &$0)
      }
    } catch {
      gate.leave()
      throw error
    }
  }
}
