/// The list of files at the end of a zip archive (APPNOTE 6.3 of PKWARE §4.3.12 to §4.3.16).
struct ZipDirectory {
  /// Where the list is.
  let range: Range<Int>

  private let entryCount: Int
  private let bytes: RandomAccessBytes

  private enum Signature {
    static let entry: UInt64 = 0x0201_4B50
    static let end: UInt64 = 0x0605_4B50
    static let end64: UInt64 = 0x0606_4B50
    static let locator64: UInt64 = 0x0706_4B50
  }

  /// The value that says that the number is in a wider field.
  private static let wide32: UInt64 = 0xFFFF_FFFF
  private static let endByteCount = 22

  init(_ bytes: RandomAccessBytes) throws {
    self.bytes = bytes
    let (end, endOffset) = try Self.endRecord(of: bytes)
    var (count, size, offset) = (
      end.number(at: 10, byteCount: 2), end.number(at: 12, byteCount: 4),
      end.number(at: 16, byteCount: 4)
    )
    guard end.number(at: 4, byteCount: 2) == end.number(at: 6, byteCount: 2) else {
      throw ZipError("the archive has several parts")
    }
    if count == 0xFFFF || size == Self.wide32 || offset == Self.wide32, endOffset >= 20 {
      let locator = try bytes.fields(at: endOffset - 20, count: 20)
      if locator.number(at: 0, byteCount: 4) == Signature.locator64 {
        let place = Int(clamping: locator.number(at: 8, byteCount: 8))
        let wide = try bytes.fields(at: place, count: 56)
        guard wide.number(at: 0, byteCount: 4) == Signature.end64 else { throw Self.damaged }
        (count, size, offset) = (
          wide.number(at: 32, byteCount: 8), wide.number(at: 40, byteCount: 8),
          wide.number(at: 48, byteCount: 8)
        )
      }
    }
    guard size <= endOffset, offset <= UInt64(endOffset) - size else { throw Self.damaged }
    guard count <= ZipArchive.entryCountMax else {
      throw ZipError("the archive has \(count) files, more than \(ZipArchive.entryCountMax)")
    }
    (range, entryCount) = (Int(offset)..<Int(offset + size), Int(count))
  }

  private static let damaged = ZipError("the list of its files is damaged or cut off")

  /// The last record, before a comment and zeros up to the end: archives of EDGAR are padded with them.
  private static func endRecord(
    of bytes: RandomAccessBytes
  ) throws -> (record: ZipFields, offset: Int) {
    let count = min(bytes.count, endByteCount + 0xFFFF)
    let start = bytes.count - count
    let tail = try bytes.fields(at: start, count: count)
    var offset = count - endByteCount
    while offset >= 0 {
      if tail.number(at: offset, byteCount: 4) == Signature.end {
        let commentCount = Int(tail.number(at: offset + 20, byteCount: 2))
        let end = offset + endByteCount + commentCount
        if end <= count, tail.bytes[end...].allSatisfy({ $0 == 0 }) {
          return (ZipFields(Array(tail.bytes[offset...])), start + offset)
        }
      }
      offset -= 1
    }
    throw ZipError("it is no zip archive, or is cut off")
  }

  /// The files, folders among them.
  func entries() throws -> [ZipArchive.Entry] {
    let list = try bytes.fields(at: range.lowerBound, count: range.count)
    var entries: [ZipArchive.Entry] = []
    var names: Set<String> = []
    var (start, total) = (0, 0)
    for _ in 0..<entryCount {
      guard start + 46 <= list.bytes.count, list.number(at: start, byteCount: 4) == Signature.entry
      else { throw Self.damaged }
      let counts = [28, 30, 32].map { Int(list.number(at: start + $0, byteCount: 2)) }
      let end = start + 46 + counts.reduce(0, +)
      guard end <= list.bytes.count else { throw Self.damaged }
      let entry = try entry(ZipFields(Array(list.bytes[start..<end])), counts[0], counts[1])
      guard names.insert(entry.name).inserted else {
        throw ZipError("the file \(entry.name) stands twice")
      }
      total += entry.byteCount
      guard total <= ZipArchive.byteCountMax else {
        throw ZipError("its files have more than \(ZipArchive.byteCountMax) bytes")
      }
      entries.append(entry)
      start = end
    }
    guard start == list.bytes.count else { throw Self.damaged }
    return entries
  }

  private func entry(
    _ record: ZipFields,
    _ nameCount: Int,
    _ extraCount: Int
  ) throws(ZipError) -> ZipArchive.Entry {
    let name = try Self.name(Array(record.bytes[46..<46 + nameCount]))
    guard record.number(at: 8, byteCount: 2) & 1 == 0 else {
      throw ZipError("the file \(name) is encrypted")
    }
    let method = record.number(at: 10, byteCount: 2)
    guard method == 0 || method == 8 else {
      throw ZipError("the file \(name) is packed by method \(method), which is not read")
    }
    var (packed, size, offset) = (
      record.number(at: 20, byteCount: 4), record.number(at: 24, byteCount: 4),
      record.number(at: 42, byteCount: 4)
    )
    var wide = record.wideNumbers(in: 46 + nameCount..<46 + nameCount + extraCount)[...]
    if size == Self.wide32 { size = wide.popFirst() ?? size }
    if packed == Self.wide32 { packed = wide.popFirst() ?? packed }
    if offset == Self.wide32 { offset = wide.popFirst() ?? offset }
    guard packed <= range.lowerBound, offset <= range.lowerBound else { throw Self.damaged }
    guard size <= ZipArchive.byteCountMax else {
      throw ZipError("the file \(name) has more than \(ZipArchive.byteCountMax) bytes")
    }
    let isHonest =
      size <= ZipArchive.honestByteCount || size / UInt64(ZipArchive.ratioMax) <= packed
    guard isHonest, method == 8 || packed == size else {
      throw ZipError("the file \(name) claims \(size) bytes and has \(packed) in the archive")
    }
    return ZipArchive.Entry(
      name: name,
      byteCount: Int(size),
      packedByteCount: Int(packed),
      checksum: UInt32(record.number(at: 16, byteCount: 4)),
      isDeflated: method == 8,
      headerOffset: Int(offset)
    )
  }

  /// The name, if it leads nowhere but into the archive.
  private static func name(_ bytes: [UInt8]) throws(ZipError) -> String {
    guard let name = String(validating: bytes, as: UTF8.self), !name.isEmpty else {
      throw ZipError("the name of a file is empty or no UTF-8")
    }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isFolder = parts.count > 1 && parts.last == ""
    let isPlain = parts.dropLast(isFolder ? 1 : 0).allSatisfy { part in
      !part.isEmpty && part != "." && part != ".."
        && !part.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }
    }
    guard isPlain else { throw ZipError("the name of a file leads out of the archive") }
    return name
  }
}

/// Bytes with little-endian numbers in them.
struct ZipFields {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func number(at offset: Int, byteCount: Int) -> UInt64 {
    (0..<byteCount).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }

  /// The numbers of 8 bytes in the extra field that widens sizes and offsets.
  func wideNumbers(in extra: Range<Int>) -> [UInt64] {
    var start = extra.lowerBound
    while start + 4 <= extra.upperBound {
      let count = Int(number(at: start + 2, byteCount: 2))
      let end = start + 4 + count
      guard end <= extra.upperBound else { break }
      if number(at: start, byteCount: 2) == 1 {
        return stride(from: start + 4, through: end - 8, by: 8).map { number(at: $0, byteCount: 8) }
      }
      start = end
    }
    return []
  }
}

extension RandomAccessBytes {
  /// The bytes of a record.
  ///
  /// - Throws: ``ZipError`` if they lie beyond the end; what reading throws.
  func fields(at offset: Int, count: Int) throws -> ZipFields {
    guard offset >= 0, offset <= self.count, count <= self.count - offset else {
      throw ZipError("the archive is cut off")
    }
    let bytes = try read(offset..<offset + count)
    guard bytes.count == count else { throw ZipError("the archive is cut off") }
    return ZipFields(bytes)
  }
}
