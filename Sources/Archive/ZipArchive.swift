/// A zip archive whose files are read one at a time, in pieces, without being written anywhere.
///
/// An archive is refused that could harm its reader: with more files or bytes than the bounds, a file that
/// is packed too well to be honest, files that share bytes, names that lead elsewhere, encryption, or
/// methods other than *stored* and *deflate*. What a file claims of itself is compared with what it is.
public struct ZipArchive {
  /// The most files.
  public static let entryCountMax = 1_000

  /// The most bytes of all files together.
  public static let byteCountMax = 1 << 30

  /// How many times as large as it is packed a file may be, beyond ``honestByteCount``.
  public static let ratioMax = 200

  /// The size up to which a file may be packed however well.
  public static let honestByteCount = 1 << 20

  /// A file in the archive.
  public struct Entry: Hashable, Sendable {
    /// Its name, with the folders it lies in.
    public let name: String

    /// Its size.
    public let byteCount: Int

    let packedByteCount: Int
    let checksum: UInt32
    let isDeflated: Bool
    let headerOffset: Int

    /// Where its bytes are.
    var range = 0..<0
  }

  /// The files, in the order of the archive's list.
  public let entries: [Entry]

  private let bytes: RandomAccessBytes

  /// Opens an archive: reads its list of files.
  ///
  /// - Throws: ``ZipError`` if it is none, or is refused; what reading the bytes throws.
  /// - Complexity: O(*n*) in the number of files.
  public init(_ bytes: RandomAccessBytes) throws {
    self.bytes = bytes
    let directory = try ZipDirectory(bytes)
    var entries = try directory.entries()
    var end = 0
    for index in entries.indices.sorted(by: { entries[$0].headerOffset < entries[$1].headerOffset })
    {
      let entry = entries[index]
      guard entry.headerOffset >= end else {
        throw ZipError("the file \(entry.name) shares bytes with another")
      }
      entries[index].range = try Self.range(
        of: entry,
        in: bytes,
        before: directory.range.lowerBound
      )
      end = entries[index].range.upperBound
    }
    self.entries = entries.filter { !$0.name.hasSuffix("/") }
  }

  /// Where the bytes of a file are: behind a header that repeats its name.
  private static func range(
    of entry: Entry,
    in bytes: RandomAccessBytes,
    before limit: Int
  ) throws -> Range<Int> {
    let fixed = try bytes.fields(at: entry.headerOffset, count: 30)
    let nameCount = Int(fixed.number(at: 26, byteCount: 2))
    let start = entry.headerOffset + 30 + nameCount + Int(fixed.number(at: 28, byteCount: 2))
    guard fixed.number(at: 0, byteCount: 4) == 0x0403_4B50,
      start <= limit, entry.packedByteCount <= limit - start,
      try bytes.fields(at: entry.headerOffset + 30, count: nameCount).bytes
        == Array(entry.name.utf8)
    else { throw ZipError("the header of the file \(entry.name) is damaged") }
    return start..<start + entry.packedByteCount
  }

  /// Calls `body` with the bytes of a file, in order, in pieces.
  ///
  /// - Throws: ``ZipError`` if they are not what the archive says that they are; what reading and `body`
  ///   throw.
  /// - Complexity: O(*n*) in the size, in bounded memory.
  public func read(_ entry: Entry, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    var check = FileCheck(entry)
    if entry.isDeflated {
      let inflater = Inflater()
      try bytes.part(entry.range).forEachPiece { piece in
        try inflater.inflate(piece) { output in
          try check.take(output)
          try body(output)
        }
      }
      guard inflater.isAtEnd else { throw ZipError("the file \(entry.name) is cut off") }
    } else {
      try bytes.part(entry.range).forEachPiece { piece in
        try check.take(piece)
        try body(piece)
      }
    }
    try check.finish()
  }
}

/// Compares what a file is with what the archive says of it.
private struct FileCheck {
  private let entry: ZipArchive.Entry
  private var byteCount = 0
  private var checksum: UInt32 = 0

  init(_ entry: ZipArchive.Entry) { self.entry = entry }

  mutating func take(_ bytes: ArraySlice<UInt8>) throws(ZipError) {
    byteCount += bytes.count
    guard byteCount <= entry.byteCount else {
      throw ZipError(
        "the file \(entry.name) has more than the \(entry.byteCount) bytes that it claims"
      )
    }
    checksum = Inflater.checksum(bytes, after: checksum)
  }

  func finish() throws(ZipError) {
    guard byteCount == entry.byteCount else {
      throw ZipError("the file \(entry.name) has \(byteCount) bytes and claims \(entry.byteCount)")
    }
    guard checksum == entry.checksum else {
      throw ZipError("the file \(entry.name) is damaged: its checksum is another")
    }
  }
}
