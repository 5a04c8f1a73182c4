import TestSupport
import Testing

@testable import Archive

/// Builds archives, honest ones and others.
private struct Zip {
  struct File {
    var name: String
    var bytes: [UInt8]

    /// What the file is packed to; `nil` to store it.
    var packed: [UInt8]?
    var claimedByteCount: Int?
    var checksum: UInt32?
    var flags = 0
    var method: Int?
    var headerName: String?

    /// The offset of the header of another file, to share its bytes.
    var sharedOffset: Int?
    var isWide = false
  }

  var files: [File] = []
  var comment: [UInt8] = []
  var claimedCount: Int?
  var isWide = false

  /// A stream of one stored block a piece of 65,535 bytes (RFC 1951 §3.2.4).
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = []
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      stream.append(rest.isEmpty ? 1 : 0)
      stream += number(block.count, 2) + number(0xFFFF - block.count, 2) + block
    } while !rest.isEmpty
    return stream
  }

  /// A stream that repeats the letter `a` as often as 258 times a code of 10 bits.
  static func bomb(_ count: Int) -> [UInt8] {
    // Fixed codes: the letter, then matches of length 258 at distance 1, then the end.
    var bits: [UInt8] = [1, 1, 0]
    func code(_ value: Int, _ length: Int) {
      for bit in (0..<length).reversed() { bits.append(UInt8(value >> bit & 1)) }
    }
    code(0x30 + 0x61, 8)
    for _ in 0..<(count - 1) / 258 {
      code(0xC0 + 285 - 280, 8)
      code(0, 5)
    }
    for _ in 0..<(count - 1) % 258 { code(0x30 + 0x61, 8) }
    code(0, 7)
    while bits.count % 8 != 0 { bits.append(0) }
    return stride(from: 0, to: bits.count, by: 8).map { start in
      (0..<8).reduce(0) { $0 | bits[start + $1] << UInt8($1) }
    }
  }

  static func number(_ value: Int, _ byteCount: Int) -> [UInt8] {
    (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  var bytes: [UInt8] {
    var body: [UInt8] = []
    var list: [UInt8] = []
    for file in files {
      let packed = file.packed ?? file.bytes
      let method = file.method ?? (file.packed == nil ? 0 : 8)
      let size = file.claimedByteCount ?? file.bytes.count
      let checksum = file.checksum ?? Inflater.checksum(file.bytes[...], after: 0)
      let offset = file.sharedOffset ?? body.count
      let sizes =
        Self.number(Int(checksum), 4) + Self.number(packed.count, 4) + Self.number(size, 4)
      if file.sharedOffset == nil {
        let name = Array((file.headerName ?? file.name).utf8)
        body += Self.number(0x0403_4B50, 4) + Self.number(20, 2) + Self.number(file.flags, 2)
        body +=
          Self.number(method, 2) + [0, 0, 0, 0] + sizes + Self.number(name.count, 2) + [0, 0]
        body += name + packed
      }
      let name = Array(file.name.utf8)
      let wide =
        Self.number(1, 2) + Self.number(24, 2) + Self.number(size, 8)
        + Self.number(packed.count, 8) + Self.number(offset, 8)
      let extra = file.isWide ? wide : []
      list += Self.number(0x0201_4B50, 4) + [20, 0, 20, 0] + Self.number(file.flags, 2)
      list += Self.number(method, 2) + [0, 0, 0, 0]
      list +=
        file.isWide
        ? Self.number(Int(checksum), 4) + [UInt8](repeating: 0xFF, count: 8) : sizes
      list +=
        Self.number(name.count, 2) + Self.number(extra.count, 2) + [0, 0] + [
          0, 0, 0, 0, 0, 0, 0, 0,
        ]
      list += file.isWide ? [0xFF, 0xFF, 0xFF, 0xFF] : Self.number(offset, 4)
      list += name + extra
    }
    return body + list + end(listOffset: body.count, listByteCount: list.count)
  }

  private func end(listOffset: Int, listByteCount: Int) -> [UInt8] {
    let count = claimedCount ?? files.count
    var end: [UInt8] = []
    if isWide {
      let offset = listOffset + listByteCount
      end += Self.number(0x0606_4B50, 4) + Self.number(44, 8) + [45, 0, 45, 0]
      end += [UInt8](repeating: 0, count: 8) + Self.number(count, 8) + Self.number(count, 8)
      end += Self.number(listByteCount, 8) + Self.number(listOffset, 8)
      end += Self.number(0x0706_4B50, 4) + Self.number(0, 4) + Self.number(offset, 8)
      end += Self.number(1, 4)
    }
    end += Self.number(0x0605_4B50, 4) + [0, 0, 0, 0]
    let small = isWide ? [UInt8](repeating: 0xFF, count: 12) : []
    end +=
      isWide
      ? small
      : Self.number(count, 2) + Self.number(count, 2) + Self.number(listByteCount, 4)
        + Self.number(listOffset, 4)
    return end + Self.number(comment.count, 2) + comment
  }
}

/// The files of an archive with what they hold.
private func read(_ bytes: [UInt8]) throws -> [String: [UInt8]] {
  let archive = try ZipArchive(RandomAccessBytes(bytes))
  var files: [String: [UInt8]] = [:]
  for entry in archive.entries {
    var content: [UInt8] = []
    try archive.read(entry) { content += $0 }
    files[entry.name] = content
  }
  return files
}

@Suite("A zip archive")
struct ZipTests {
  private static let text = Array("figures, as filed\n".utf8)
  private static let long = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * $0 >> 7) }

  @Test("gives its files, stored or packed, in folders, with a comment, and in the wide form")
  func filesAreRead() throws {
    var zip = Zip(files: [
      Zip.File(name: "a.txt", bytes: Self.text),
      Zip.File(name: "b/", bytes: []),
      Zip.File(name: "b/c.bin", bytes: Self.long, packed: Zip.stored(Self.long)),
      Zip.File(name: "b/\u{E9}", bytes: [], packed: [3, 0]),
    ])
    let expected = ["a.txt": Self.text, "b/c.bin": Self.long, "b/\u{E9}": []]
    #expect(try read(zip.bytes) == expected)
    #expect(try read(zip.bytes + [UInt8](repeating: 0, count: 42)) == expected)
    zip.comment = Array("PK\u{5}\u{6} is no end".utf8)
    #expect(try read(zip.bytes) == expected)
    zip.isWide = true
    for index in zip.files.indices { zip.files[index].isWide = true }
    #expect(try read(zip.bytes) == expected)
    let repeated = [UInt8](repeating: UInt8(ascii: "a"), count: 1000)
    #expect(
      try read(Zip(files: [Zip.File(name: "r", bytes: repeated, packed: Zip.bomb(1000))]).bytes)
        == ["r": repeated]
    )
  }

  /// What is refused, and why.
  private static let refusals: [(message: String, zip: Zip)] = [
    (
      "claims 268435456 bytes",
      Zip(files: [
        Zip.File(name: "a", bytes: [], packed: Zip.bomb(300_000), claimedByteCount: 268_435_456)
      ])
    ),
    (
      "has more than the 100 bytes that it claims",
      Zip(files: [
        Zip.File(name: "a", bytes: [], packed: Zip.bomb(5_000_000), claimedByteCount: 100)
      ])
    ),
    (
      "a has 18 bytes and claims 20",
      Zip(files: [Zip.File(name: "a", bytes: text, packed: Zip.stored(text), claimedByteCount: 20)])
    ),
    ("its checksum is another", Zip(files: [Zip.File(name: "a", bytes: text, checksum: 7)])),
    ("is encrypted", Zip(files: [Zip.File(name: "a", bytes: text, flags: 1)])),
    ("by method 12", Zip(files: [Zip.File(name: "a", bytes: text, method: 12)])),
    (
      "the header of the file a is damaged",
      Zip(files: [Zip.File(name: "a", bytes: text, headerName: "b")])
    ),
    (
      "a packed file is damaged",
      Zip(files: [Zip.File(name: "a", bytes: text, packed: [7, 7, 7, 7])])
    ),
    (
      "the file a is cut off",
      Zip(files: [Zip.File(name: "a", bytes: text, packed: Array(Zip.stored(text).dropLast(3)))])
    ),
    (
      "goes on behind its end",
      Zip(files: [Zip.File(name: "a", bytes: text, packed: Zip.stored(text) + [1])])
    ),
    (
      "the file a stands twice",
      Zip(files: [Zip.File(name: "a", bytes: text), Zip.File(name: "a", bytes: text)])
    ),
    (
      "shares bytes with another",
      Zip(files: [
        Zip.File(name: "a", bytes: text), Zip.File(name: "b", bytes: text, sharedOffset: 0),
      ])
    ),
    (
      "the list of its files is damaged",
      Zip(files: [Zip.File(name: "a", bytes: text)], claimedCount: 2)
    ),
    ("has 1001 files", Zip(files: (0...1000).map { Zip.File(name: "\($0)", bytes: []) })),
    (
      "more than 1073741824 bytes",
      Zip(files: [Zip.File(name: "a", bytes: [], packed: [3, 0], claimedByteCount: 1 << 31)])
    ),
  ]

  @Test("is refused if it lies or could do harm", arguments: refusals.indices)
  func harmfulArchiveIsRefused(index: Int) throws {
    let (message, zip) = Self.refusals[index]
    let error = try #require(throws: ZipError.self) { try read(zip.bytes) }
    #expect(error.message.contains(message), "\(error)")
  }

  @Test(
    "is refused if a name leads out of it",
    arguments: ["../a", "a/../../b", "/etc/passwd", "a//b", "./a", "a\\b", "a\u{0}b", "a\nb", ""]
  )
  func namesThatLeadOutAreRefused(name: String) throws {
    let zip = Zip(files: [Zip.File(name: name, bytes: Self.text)])
    let error = try #require(throws: ZipError.self) { try read(zip.bytes) }
    #expect(error.message.contains("name of a file"), "\(error)")
  }

  @Test("is refused wherever it is cut off, and never gives other bytes where one is changed")
  func cutAndChangedArchivesAreRefused() throws {
    let zip = Zip(files: [
      Zip.File(name: "a", bytes: Self.text, packed: Zip.stored(Self.text)),
      Zip.File(name: "b", bytes: Self.text),
    ])
    let whole = zip.bytes
    for count in 0..<whole.count {
      #expect(throws: ZipError.self, "\(count)") { try read(Array(whole[..<count])) }
    }
    #expect(throws: ZipError.self) { try read(whole + [0, 1]) }
    let expected = try read(whole)
    for index in whole.indices {
      var changed = whole
      changed[index] ^= 1 << UInt8(index % 8)
      if let files = try? read(changed) {
        #expect(Set(files.values) == Set(expected.values), "byte \(index)")
      }
    }
  }
}
