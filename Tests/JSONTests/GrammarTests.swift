import JSON
import TestSupport
import Testing

@Suite("The grammar of RFC 8259")
struct GrammarTests {
  let parser = JSONParser()

  @Test(
    "a JSON text is accepted",
    arguments: [
      "null", "true", "false", "0", "-0", "-1", "10", "0.5", "-0.0", "1e5", "1E+5", "1e-05",
      "6.02e23",
      "\"\"", "\"a\"", "\"\\u00e9\\/\\\\\\\"\\b\\f\\n\\r\\t\"", "\"é漢😀\"", "\"\u{7F}\"",
      "[]", "[ ]", "[1]", "[[],{}]", "{}", "{ }", "{\"\":0}", "{\"a\":{\"a\":{}}}",
      " \t\r\n[ 1 , \"b\" , { \"c\" : null } ] \n", "{\"a\":1,\"A\":2}", "{\"é\":1,\"e\u{301}\":2}",
    ]
  )
  func jsonTextIsAccepted(text: String) throws {
    _ = try parser.parse(text)
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", " ", "\u{FEFF}{}", "nul", "nulll", "True", "NaN", "Infinity", "+1", "01", "-01", "-",
      "1.",
      ".5", "1.e5", "1e", "1e+", "0x10", "1_000", "1,", "1 2", "1a", "1\"a\"", "'a'", "\"a", "a\"",
      "\"\t\"", "\"\\x\"", "\"\\\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\U0041\"", "\"a\"b",
      "\"a\"\"b\"",
      "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "[1]]", "[]1", "[\"a\":1]",
      "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{\"a\" 1}",
      "{\"a\",1}", "{\"a\":1 \"b\":2}", "{a:1}", "{1:1}", "{\"a\":1]", "{\"a\"::1}", "{\"a\":1}}",
      "/* */1", "1//", "[1]\u{0}", "\u{0}", "1\u{0}", "\u{B}1", "1\u{A0}", "[1]\u{C}", "\\",
      "\\\"a\"",
      "[\"a\"\\\"b\"]", "[true\\\"b\"]", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}",
    ]
  )
  func anythingElseIsRefused(text: String) {
    #expect(throws: JSONError.self) { try parser.parse(text) }
  }

  @Test(
    "bytes that are not UTF-8 are refused where they stand",
    arguments: [
      ([0x80], 0), ([0x22, 0xFF, 0x22], 1), ([0x22, 0x61, 0xC3, 0x22], 2),
      ([0x22, 0xC0, 0x80, 0x22], 1), ([0x22, 0xED, 0xA0, 0x80, 0x22], 1),
      ([0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], 1), ([0x5B, 0x31, 0x5D, 0xE2, 0x82], 3),
    ] as [([UInt8], Int)]
  )
  func refusesInvalidUTF8(bytes: [UInt8], offset: Int) {
    let error = #expect(throws: JSONError.self) { try parser.parse(bytes) }
    #expect(error == JSONError(message: "the bytes are not UTF-8", byteOffset: offset))
  }

  @Test("every short text is judged as the grammar does")
  func agreesOnEveryShortText() {
    let alphabet = Array("{}[],:\"a10-.e\\ ".utf8)
    var texts: [[UInt8]] = [[]]
    var accepted = 0
    for _ in 0..<4 {
      texts = texts.flatMap { text in alphabet.map { text + [$0] } }
      for text in texts {
        let verdict = (try? parser.parse(text)) != nil
        accepted += verdict ? 1 : 0
        if verdict != Recognizer.accepts(text) {
          Issue.record("\(String(decoding: text, as: UTF8.self))")
        }
      }
    }
    #expect(accepted == 387)
  }

  @Test(
    "random sequences of tokens are judged as the grammar does",
    arguments: 0..<8 as Range<UInt64>
  )
  func agreesOnRandomTokens(seed: UInt64) {
    let tokens = [
      "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"\"", "\"\\\"\"", "0", "-1.5e3", "01",
      "true",
      "null", " ", "{\"a\":", ",\"b\":", ",\"c\":", "[]", "{}", "\n", "\\", "\"",
    ]
    var generator = SeededGenerator(seed: seed)
    var accepted = 0
    for _ in 0..<5_000 {
      var text: [UInt8] = []
      for _ in 0..<Int.random(in: 1...7, using: &generator) {
        text += tokens[Int.random(in: tokens.indices, using: &generator)].utf8
      }
      let verdict = (try? parser.parse(text)) != nil
      accepted += verdict ? 1 : 0
      if verdict != Recognizer.accepts(text) {
        Issue.record("\(String(decoding: text, as: UTF8.self))")
      }
    }
    #expect(accepted > 50)
  }
}
