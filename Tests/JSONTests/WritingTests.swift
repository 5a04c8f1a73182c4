import JSON
import TestSupport
import Testing

@Suite("Writing JSON, RFC 8785")
struct WritingTests {
  let parser = JSONParser()

  @Test("keys sort by UTF-16 code units: the example of section 3.2.3")
  func keyOrder() throws {
    let text = #"""
      {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
       "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",
       "\u00f6":"Latin Small Letter O With Diaeresis"}
      """#
    let value = try JSONValue(parser.parse(text).root)
    let canonical = try parser.parse(value.canonicalBytes).root
    #expect(
      canonical.members.compactMap(\.value.string) == [
        "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
        "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
      ]
    )
  }

  @Test("strings are escaped as in the example of section 3.2.2")
  func stringsAreEscapedAsInRFC8785() {
    let value = JSONValue.object([
      ("string", .string("\u{20ac}$\u{F}\nA'\u{42}\u{22}\u{5c}\\\"/")),
      ("literals", .array([.null, .bool(true), .bool(false)])),
    ])
    #expect(
      value.canonicalText
        == #"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
    )
    #expect(
      value.text == #"{"string":"€$\u000f\nA'B\"\\\\\"/","literals":[null,true,false]}"#
    )
  }

  @Test("each control character has its shortest escape")
  func controlCharacters() throws {
    let short: [UInt8: String] = [8: "b", 9: "t", 10: "n", 12: "f", 13: "r"]
    for byte in 0..<0x20 as Range<UInt8> {
      var bytes: [UInt8] = []
      let text = "a" + String(UnicodeScalar(byte)) + "z"
      bytes.appendJSONString(text)
      let hex = (byte < 16 ? "0" : "") + String(byte, radix: 16)
      let escape = short[byte] ?? "u00\(hex)"
      #expect(String(decoding: bytes, as: UTF8.self) == "\"a\\\(escape)z\"")
      #expect(try parser.parse(bytes).root.string == text)
    }
  }

  @Test(
    "plain text is copied",
    arguments: ["", "a", "us-gaap:StockholdersEquity", "\u{7F}\u{80}é漢😀\u{2028}</script>"]
  )
  func plainTextIsCopied(text: String) {
    var bytes = Array("x".utf8)
    bytes.appendJSONString(text)
    #expect(bytes == Array("x\"\(text)\"".utf8))
  }

  @Test("a character to escape is found at every place of a long string")
  func escapesAnywhere() throws {
    for special in ["\"", "\\", "\n", "\u{1F}"] {
      for length in 0..<40 {
        for place in 0...length {
          let plain = { (count: Int) in String(repeating: place % 2 == 0 ? "a" : "é", count: count)
          }
          let text = plain(place) + special + plain(length - place)
          #expect(try parser.parse(JSONValue.string(text).bytes).root.string == text)
        }
      }
    }
  }

  @Test("key order is that of UTF-16", arguments: 0..<4 as Range<UInt64>)
  func orderIsUTF16(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let left = RandomValue.string(using: &generator)
      let right =
        Bool.random(using: &generator) ? left + "\u{E000}" : RandomValue.string(using: &generator)
      #expect(
        left.precedesCanonically(right) == left.utf16.lexicographicallyPrecedes(right.utf16)
      )
      #expect(!left.precedesCanonically(left))
    }
  }

  @Test("what was written reads back the same", arguments: 0..<8 as Range<UInt64>)
  func fixedPoint(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let value = RandomValue.value(depth: 4, using: &generator)
      let read = try JSONValue(parser.parse(value.bytes).root)
      #expect(read == value)
      let canonical = try JSONValue(parser.parse(value.canonicalBytes).root)
      #expect(canonical.canonicalBytes == value.canonicalBytes)
      #expect(canonical.bytes == value.canonicalBytes)
    }
  }

  @Test("order of keys does not matter to canonical text")
  func orderOfKeysDoesNotMatterToCanonicalText() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      guard case .object(let members) = RandomValue.object(depth: 3, using: &generator) else {
        return
      }
      let shuffled = JSONValue.object(members.shuffled(using: &generator))
      #expect(shuffled.canonicalBytes == JSONValue.object(members).canonicalBytes)
    }
  }

  @Test(
    "numbers other than safe integers cannot be written",
    arguments: [
      ("1.5", nil), ("1e3", nil), ("9007199254740991", 9_007_199_254_740_991),
      ("9007199254740992", nil), ("-9007199254740991", -9_007_199_254_740_991), ("-0", 0),
      ("99999999999999999999", nil),
    ] as [(String, Int?)]
  )
  func numbersOtherThanSafeIntegersCannotBeWritten(text: String, expected: Int?) throws {
    let document = try parser.parse("[\(text)]")
    if let expected {
      #expect(try JSONValue(document.root) == .array([.integer(expected)]))
    } else {
      let error = #expect(throws: JSONError.self) { try JSONValue(document.root) }
      #expect(
        error?.description
          == "byte 1: not an integer of at most 2^53 - 1; write it as a string"
      )
    }
  }

  @Test("values differ when their order or bytes do")
  func valuesDifferWhenTheirOrderOrBytesDo() {
    let one = JSONValue.object([("a", .null), ("b", .bool(true))])
    #expect(one == .object([("a", .null), ("b", .bool(true))]))
    #expect(one != .object([("b", .bool(true)), ("a", .null)]))
    #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    #expect(JSONValue.integer(1) != .string("1"))
  }

  @Test("a repeated key or too large an integer stops canonical writing")
  func repeatedKeyOrTooLargeIntegerStopsCanonicalWriting() async {
    await #expect(processExitsWith: .failure) {
      _ = JSONValue.object([("b", .null), ("a", .null), ("b", .null)]).canonicalBytes
    }
    await #expect(processExitsWith: .failure) {
      _ = JSONValue.integer(9_007_199_254_740_992).canonicalBytes
    }
    await #expect(processExitsWith: .failure) { _ = JSONParser(depthLimit: 1_025) }
  }
}

/// Values for tests, the same for the same seed.
enum RandomValue {
  static func value(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 4), using: &generator) {
    case 0: .null
    case 1: .bool(.random(using: &generator))
    case 2: .integer(.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &generator))
    case 3, 4: .string(string(using: &generator))
    case 5: object(depth: depth - 1, using: &generator)
    default:
      .array(
        (0..<Int.random(in: 0...4, using: &generator)).map { _ in
          value(depth: depth - 1, using: &generator)
        }
      )
    }
  }

  static func object(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
    var keys: [String] = []
    for _ in 0..<Int.random(in: 0...20, using: &generator) {
      let key = string(using: &generator)
      if !keys.contains(where: { $0.utf8.elementsEqual(key.utf8) }) { keys.append(key) }
    }
    return .object(keys.map { ($0, value(depth: depth, using: &generator)) })
  }

  static func string(using generator: inout SeededGenerator) -> String {
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x7E, 0x20...0x7E, 0...0x1F, 0x7F...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF,
      0x10000...0x10FFFF,
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...6, using: &generator) {
      let range = ranges[Int.random(in: ranges.indices, using: &generator)]
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
        text.append(scalar)
      }
    }
    return String(text)
  }
}
