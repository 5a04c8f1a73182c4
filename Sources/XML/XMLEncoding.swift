import CExpat

/// Finds out in which encoding the parser is to read a document, from its first bytes.
///
/// Documents that declare ASCII, as EDGAR has them, are read as UTF-8, of which ASCII is a part. White
/// space before the declaration, which many filings have, is skipped and counted.
struct XMLEncoding {
  /// How many bytes tell the encoding.
  private static let byteCount = 256

  /// How a declaration begins.
  private static let opening = "<?xml"

  private(set) var bytes: [UInt8] = []

  /// How many lines were skipped.
  private(set) var skippedLineCount = 0

  /// Takes the first bytes of the document; `nil` if more are needed.
  ///
  /// - Parameter isWhole: Whether no more come.
  /// - Returns: The name for the parser, or an empty one if the document itself tells it.
  mutating func name(with piece: Span<UInt8>, isWhole: Bool) -> String? {
    for index in piece.indices {
      let byte = piece[index]
      if bytes.isEmpty, byte.isXMLSpace {
        if byte == UInt8(ascii: "\n") { skippedLineCount += 1 }
        continue
      }
      bytes.append(byte)
    }
    let isDeclared = bytes.starts(with: Self.opening.utf8)
    let start = String(decoding: bytes.prefix(Self.byteCount), as: UTF8.self)
    let end = start.firstRange(of: "?>")
    let isEnough =
      isDeclared
      ? end != nil || bytes.count >= Self.byteCount : bytes.count >= Self.opening.utf8.count
    guard isWhole || isEnough else { return nil }
    // UTF-16 has a mark of byte order, or a zero beside its first character.
    let isWide = bytes.prefix(2).contains { $0 == 0 || $0 >= 0xFE }
    guard !isWide else { return "" }
    guard isDeclared else { return "UTF-8" }
    guard let end, case let declaration = start[..<end.lowerBound],
      let word = declaration.firstRange(of: "encoding")
    else { return "UTF-8" }
    let name = declaration[word.upperBound...].split { "=\"' \t\r\n".contains($0) }.first ?? ""
    return ["UTF-8", "ASCII", "US-ASCII"].contains(name.uppercased()) ? "UTF-8" : ""
  }

  /// Has the parser read windows-1252, which it does not know by itself.
  ///
  /// - Returns: Whether the encoding is known.
  @unsafe
  static func define(
    _ name: UnsafePointer<XML_Char>?,
    _ encoding: UnsafeMutablePointer<XML_Encoding>?
  ) -> Bool {
    guard let name = unsafe name, let encoding = unsafe encoding,
      unsafe String(cString: name).lowercased() == "windows-1252"
    else { return false }
    unsafe withUnsafeMutableBytes(of: &encoding.pointee.map) { map in
      let map = unsafe map.bindMemory(to: CInt.self)
      for byte in map.indices { unsafe map[byte] = CInt(byte) }
      for (index, scalar) in windows1252.enumerated() { unsafe map[0x80 + index] = scalar }
    }
    return true
  }

  /// The characters of the bytes 0x80 to 0x9F; −1 for those that are none.
  private static let windows1252: [CInt] = [
    0x20AC, -1, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, -1, 0x017D, -1, -1, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, -1, 0x017E, 0x0178,
  ]
}

extension UInt8 {
  /// Whether it is white space for XML.
  var isXMLSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }
}
