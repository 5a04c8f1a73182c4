import Platform

/// One of the two pages at the start of a data file that record where its trees are.
///
/// The layout is that of LMDB 0.9 (data format 1) on 64-bit little-endian machines: a page header of
/// 16 bytes, then `MDB_meta`. Commits write them in turn; the one of the later transaction counts.
package struct MetaPage {
  let pageByteCount: Int
  let freeTree: TableRecord
  let mainTree: TableRecord
  let lastPage: UInt64
  let transactionID: UInt64

  /// The address that the file demands for its map; 0 where it may lie anywhere.
  private let address: UInt64

  /// The size of the memory map of the process that last wrote the file, in bytes.
  private let mapByteCount: UInt64

  /// The largest map there can be, in bytes: half of what a process can address here.
  package static let mapByteCountMax = 1 << 46

  /// The root of a tree without pages.
  static let noPage = UInt64.max

  /// The size of a page of a new file where a page of memory has that size.
  static let usualPageByteCount = 4096

  /// The size of the file if every page up to the last was written.
  var fileByteCount: Int { (Int(lastPage) + 1) * pageByteCount }

  private enum Offset {
    static let pageFlags = 10
    static let magic = 16
    static let version = 20
    static let address = 24
    static let mapByteCount = 32
    static let freeTree = 40  // Its padding holds the page size, its flags those of the file.
    static let mainTree = 88
    static let lastPage = 136
    static let transactionID = 144
    static let end = 152
  }

  private static let isMeta: UInt16 = 0x08
  private static let magic: UInt32 = 0xBEEF_C0DE
  private static let supportedVersion: UInt32 = 1
  private static let noSubfolder: UInt16 = 0x4000
  private static let pageByteCounts = 512...65536

  /// The page size that the first meta page gives.
  ///
  /// - Throws: ``DataFileError`` if it is no meta page of LMDB's, or the size cannot be.
  static func pageByteCount(_ start: [UInt8], path: String) throws(DataFileError) -> Int {
    guard
      start.count >= Offset.version,  // Long enough for what follows.
      start.integer(at: Offset.pageFlags, as: UInt16.self) & isMeta != 0,
      start.integer(at: Offset.magic, as: UInt32.self) == magic
    else { throw DataFileError(code: .foreign, path: path) }
    guard start.count >= Offset.end else {
      let expected = 2 * usualPageByteCount
      throw DataFileError(
        code: .truncated(expectedByteCount: expected, actualByteCount: start.count),
        path: path
      )
    }
    let version = start.integer(at: Offset.version, as: UInt32.self)
    guard version == supportedVersion else {
      throw DataFileError(code: .unsupportedVersion(version), path: path)
    }
    let flags = start.integer(at: Offset.pageFlags, as: UInt16.self)
    guard flags == isMeta else {
      throw DataFileError(code: .damaged("a meta page with the flags \(flags)"), path: path)
    }
    let byteCount = Int(start.integer(at: Offset.freeTree, as: UInt32.self))
    guard pageByteCounts.contains(byteCount), byteCount.nonzeroBitCount == 1 else {
      throw DataFileError(code: .damaged("a page size of \(byteCount) bytes"), path: path)
    }
    return byteCount
  }

  /// The meta page of the later transaction, of the two in `start`.
  ///
  /// - Throws: ``DataFileError`` if they contradict themselves or each other.
  static func newest(
    in start: [UInt8],
    pageByteCount: Int,
    path: String
  ) throws(DataFileError) -> MetaPage {
    let pair = try pair(in: start, pageByteCount: pageByteCount, path: path)
    let isSecond = pair[1].transactionID > pair[0].transactionID
    let newest = isSecond ? pair[1] : pair[0]
    let older = isSecond ? pair[0] : pair[1]
    let problem =
      pair[1].pageByteCount == pageByteCount
      ? newest.problem(after: older, isSecond: newest.transactionID == pair[1].transactionID)
      : "its meta pages give two page sizes"
    if let problem { throw DataFileError(code: .damaged(problem), path: path) }
    return newest
  }

  /// Both meta pages of `start`.
  ///
  /// - Throws: ``DataFileError`` if the second is none.
  static func pair(
    in start: [UInt8],
    pageByteCount: Int,
    path: String
  ) throws(DataFileError) -> [MetaPage] {
    let secondStart = Array(start.dropFirst(pageByteCount))
    do throws(DataFileError) {
      _ = try Self.pageByteCount(secondStart, path: path)
    } catch {
      guard error.code == .foreign else { throw error }
      throw DataFileError(code: .damaged("its second page is no meta page"), path: path)
    }
    return [MetaPage(start), MetaPage(secondStart)]
  }

  /// The meta page of a snapshot; `nil` if the file has it no more.
  ///
  /// - Parameter snapshot: The number of the transaction that made it.
  init?(of snapshot: UInt64, in descriptor: FileDescriptor) throws {
    let path = "the data file"
    var start = try descriptor.bytes(at: 0, count: 2 * Self.usualPageByteCount)
    let pageByteCount = try Self.pageByteCount(start, path: path)
    if pageByteCount != Self.usualPageByteCount {
      start = try descriptor.bytes(at: 0, count: 2 * pageByteCount)
    }
    guard
      let meta = try Self.pair(in: start, pageByteCount: pageByteCount, path: path)
        .first(where: { $0.transactionID == snapshot })
    else { return nil }
    self = meta
  }

  private init(_ page: [UInt8]) {
    func tree(at offset: Int) -> TableRecord {
      let bytes = page.span.extracting(offset..<offset + TableRecord.byteCount)
      guard let record = TableRecord(bytes) else { preconditionFailure("a record has 48 bytes") }
      return record
    }
    pageByteCount = Int(page.integer(at: Offset.freeTree, as: UInt32.self))
    var freeTree = tree(at: Offset.freeTree)
    (freeTree.padding, freeTree.flags) = (0, freeTree.flags & ~Self.noSubfolder)
    self.freeTree = freeTree
    mainTree = tree(at: Offset.mainTree)
    lastPage = page.integer(at: Offset.lastPage, as: UInt64.self)
    transactionID = page.integer(at: Offset.transactionID, as: UInt64.self)
    address = page.integer(at: Offset.address, as: UInt64.self)
    mapByteCount = page.integer(at: Offset.mapByteCount, as: UInt64.self)
  }

  /// A contradiction in the page that LMDB would run into when it opens the file; `nil` if there is none.
  private func problem(after older: MetaPage, isSecond: Bool) -> String? {
    // A new file has transaction 0 on both pages; then commit n writes page n mod 2.
    if transactionID > 0 {
      guard
        transactionID == older.transactionID &+ 1,
        transactionID % 2 == (isSecond ? 1 : 0)
      else {
        return "its meta pages are of transactions \(older.transactionID) and \(transactionID)"
      }
    }
    guard freeTree.flags == TableRecord.integerKeys, mainTree.flags == 0 else {
      return "its meta page has the table flags \(freeTree.flags) and \(mainTree.flags)"
    }
    guard lastPage >= 1, lastPage < UInt64(Self.mapByteCountMax / pageByteCount) else {
      return "its last page is said to be \(lastPage)"
    }
    for root in [freeTree.root, mainTree.root]
    where root != Self.noPage && !(2...max(2, lastPage)).contains(root) {
      return "a table is said to begin at page \(root) of \(lastPage)"
    }
    return nil
  }

  /// A contradiction in those fields that LMDB does not follow; `nil` if there is none.
  var problemBesideTrees: String? {
    guard address == 0 else { return "its map is said to lie at a fixed address" }
    guard UInt64(fileByteCount)...UInt64(Self.mapByteCountMax) ~= mapByteCount else {
      return "its map is said to have \(mapByteCount) bytes"
    }
    return nil
  }
}

extension [UInt8] {
  /// The little-endian integer at `offset`.
  func integer<Integer: FixedWidthInteger>(at offset: Int, as type: Integer.Type) -> Integer {
    let byteCount = Integer.bitWidth / 8
    return self[offset..<offset + byteCount].reversed().reduce(0) { $0 << 8 | Integer($1) }
  }
}
