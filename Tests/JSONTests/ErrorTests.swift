import JSON
import TestSupport
import Testing

@Suite("Errors say what is wrong and where")
struct ErrorTests {
  let parser = JSONParser()

  @Test(
    "each message is provoked",
    arguments: [
      (#"["a", "b]"#, 6, "the string that starts here is not closed"),
      (#"{"a":"b\"}"#, 5, "the string that starts here is not closed"),
      ("[\"a\nb\"]", 3, "a control character in a string; write it as an escape, such as \\n"),
      ("[\"a\\nb\n\"]", 6, "a control character in a string; write it as an escape, such as \\n"),
      (#"["a", "\q"]"#, 7, "not an escape of JSON; a backslash itself is written \\\\"),
      (#"["a", "xy\u12"]"#, 9, "not an escape of JSON; a backslash itself is written \\\\"),
      (#"["\ud83d"]"#, 2, "half of a surrogate pair; both halves must stand together"),
      (#"["\ude00\ud83d"]"#, 2, "half of a surrogate pair; both halves must stand together"),
      (#"["\ud83dx"]"#, 2, "half of a surrogate pair; both halves must stand together"),
      (#"["\ud83d\u0041"]"#, 2, "half of a surrogate pair; both halves must stand together"),
      ("[1, 2.]", 6, "not a number of JSON, such as -12, 0.5 or 6e23"),
      ("[1, 02]", 5, "not a number of JSON, such as -12, 0.5 or 6e23"),
      ("[1, 2e]", 6, "not a number of JSON, such as -12, 0.5 or 6e23"),
      ("[-a]", 2, "not a number of JSON, such as -12, 0.5 or 6e23"),
      (
        "[1, +2]", 4,
        "expected a value: a string, a number, an array, an object, true, false or null"
      ),
      (
        "[1, trUe]", 6,
        "expected a value: a string, a number, an array, an object, true, false or null"
      ),
      (
        #"[\"a"]"#, 1,
        "expected a value: a string, a number, an array, an object, true, false or null"
      ),
      (#"{"a":1, b:2}"#, 8, "expected a key in double quotes"),
      (#"{"a":1, }"#, 8, "expected a key in double quotes"),
      (#"{"a" 1}"#, 5, "expected a colon after the key"),
      ("[1 2]", 3, "expected a comma or ] after the element"),
      ("[1}", 2, "expected a comma or ] after the element"),
      (#"{"a":1 "b":2}"#, 7, "expected a comma or } after the member"),
      ("[1] 2", 4, "expected nothing more after the value"),
      ("", 0, "the text ends too early"),
      ("  ", 2, "the text ends too early"),
      ("[1, ", 4, "the text ends too early"),
      ("-", 1, "the text ends too early"),
      ("tru", 3, "the text ends too early"),
      (#"{"a""#, 4, "the text ends too early"),
      (#"{"a":1,"b":{"a":3},"a":2}"#, 19, "the object has this key twice"),
    ]
  )
  func eachMessageIsProvoked(text: String, offset: Int, message: String) {
    let error = #expect(throws: JSONError.self) { try parser.parse(text) }
    #expect(error == JSONError(message: message, byteOffset: offset))
  }

  @Test(
    "of several faults the first in the text is named",
    arguments: [
      (#"[01, "b]"#, 2, "not a number of JSON, such as -12, 0.5 or 6e23"),
      ("[\"a\nb, 01]", 3, "a control character in a string; write it as an escape, such as \\n"),
      (#"["\q, 01]"#, 2, "not an escape of JSON; a backslash itself is written \\\\"),
      (#"{"a":1,"a":02}"#, 7, "the object has this key twice"),
      (#"{"a":1,"a":{"b":1,"b":2}}"#, 7, "the object has this key twice"),
      (#"{"a":{"b":1,"b":2},"a":2}"#, 12, "the object has this key twice"),
      (#"{"a":1,"a""#, 7, "the object has this key twice"),
      (#"{"a":1,"a"#, 7, "the string that starts here is not closed"),
    ]
  )
  func firstFault(text: String, offset: Int, message: String) {
    let error = #expect(throws: JSONError.self) { try parser.parse(text) }
    #expect(error == JSONError(message: message, byteOffset: offset))
  }

  @Test("a string that ends in part of an escape is not closed")
  func cutEscapes() {
    let text = #"["\ud83d\ude0"#
    for count in 2...text.utf8.count {
      let error = #expect(throws: JSONError.self) { try parser.parse(String(text.prefix(count))) }
      #expect(error?.description == "byte 1: the string that starts here is not closed")
    }
  }

  @Test("bytes that are not UTF-8 are named if no other fault comes before them")
  func damagedBytes() {
    func offset(_ text: String, damagedAt index: Int) -> String? {
      var bytes = Array(text.utf8)
      bytes[index] = 0xFF
      return #expect(throws: JSONError.self) { try parser.parse(bytes) }?.description
    }
    #expect(offset(#"[1, "b"]"#, damagedAt: 5) == "byte 5: the bytes are not UTF-8")
    #expect(offset(#"[1, "b"]"#, damagedAt: 6) == "byte 6: the bytes are not UTF-8")
    #expect(offset(#"["b", 01]"#, damagedAt: 2) == "byte 2: the bytes are not UTF-8")
    #expect(
      offset(#"[01, "b"]"#, damagedAt: 6)
        == "byte 2: not a number of JSON, such as -12, 0.5 or 6e23"
    )
  }

  @Test("the description has the place and the message")
  func descriptionHasPlaceAndMessage() {
    let error = #expect(throws: JSONError.self) { try parser.parse("[1 2]") }
    #expect(error?.description == "byte 3: expected a comma or ] after the element")
  }

  @Test("nesting is limited to 64 arrays and objects")
  func limitsDepth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[{\"a\":", count: depth / 2) + "1"
        + String(repeating: "}]", count: depth / 2)
    }
    _ = try parser.parse(nested(64))
    let error = #expect(throws: JSONError.self) { try parser.parse(nested(66)) }
    #expect(error?.description == "byte 192: nested deeper than 64 arrays and objects")
    _ = try JSONParser(depthLimit: 66).parse(nested(66))
    _ = try JSONParser(depthLimit: 0).parse("1")
    #expect(throws: JSONError.self) { try JSONParser(depthLimit: 0).parse("[]") }
  }

  @Test("a million opening brackets are refused, not recursed into")
  func refusesDeepNesting() {
    let text = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    let error = #expect(throws: JSONError.self) { try parser.parse(text) }
    #expect(error?.byteOffset == 64)
  }

  @Test("length is limited")
  func limitsLength() throws {
    #expect(JSONParser().byteCountLimit == 4_294_967_040)
    let parser = JSONParser(byteCountLimit: 5)
    _ = try parser.parse("12345")
    let error = #expect(throws: JSONError.self) { try parser.parse("123456") }
    #expect(error?.description == "byte 5: 6 bytes, more than the limit of 5")
  }

  @Test("the first repeated key of an object is named, however many keys there are")
  func findsDuplicates() throws {
    for count in [2, 16, 17, 300] {
      var members = (0..<count).map { "\"key\($0)\":\($0)" }
      _ = try parser.parse("{\(members.joined(separator: ","))}")
      members.append("\"key\(count / 2)\":0")
      let text = "{\(members.joined(separator: ","))}"
      let error = #expect(throws: JSONError.self) {
        try parser.parse(String(text.dropLast()) + ",\"key0\":1}")
      }
      let place = text.utf8.count - 1 - (members.last ?? "").utf8.count
      #expect(error == JSONError(message: "the object has this key twice", byteOffset: place))
    }
  }

  @Test("a text cut off at any byte is refused")
  func textCutOffAtAnyByteIsRefused() throws {
    let bytes = Array(Sample.text.utf8)
    for count in 0..<bytes.count {
      let error = #expect(throws: JSONError.self) {
        try parser.parse(bytes.span.extracting(0..<count))
      }
      #expect((0...count).contains(error?.byteOffset ?? -1))
    }
    _ = try parser.parse(bytes)
  }

  @Test("a text with any byte replaced never crashes", arguments: 0..<4 as Range<UInt64>)
  func textWithAnyByteReplacedNeverCrashes(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = Array(Sample.text.utf8)
    for _ in 0..<5_000 {
      var bytes = bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] = .random(
          in: 0...255,
          using: &generator
        )
      }
      do {
        let value = try JSONValue(parser.parse(bytes).root)
        #expect(try JSONValue(parser.parse(value.bytes).root) == value)
      } catch {
        #expect((0...bytes.count).contains(error.byteOffset))
      }
    }
  }
}
