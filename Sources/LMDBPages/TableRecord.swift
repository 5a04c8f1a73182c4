import Platform

/// What a data file keeps of a tree: `MDB_db` of LMDB 0.9.
struct TableRecord: Equatable {
  /// 0.
  var padding: UInt32
  var flags: UInt16
  let depth: Int
  let branchPageCount: UInt64
  let leafPageCount: UInt64
  let overflowPageCount: UInt64
  let entryCount: UInt64
  let root: UInt64

  static let byteCount = 48
  static let integerKeys: UInt16 = 0x08

  /// `nil` unless there are exactly as many bytes as a record has.
  init?(_ bytes: Span<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    padding = bytes.littleEndian(at: 0)
    flags = bytes.littleEndian(at: 4)
    depth = Int(bytes.littleEndian(UInt16.self, at: 6))
    branchPageCount = bytes.littleEndian(at: 8)
    leafPageCount = bytes.littleEndian(at: 16)
    overflowPageCount = bytes.littleEndian(at: 24)
    entryCount = bytes.littleEndian(at: 32)
    root = bytes.littleEndian(at: 40)
  }
}
