import JSON
import Testing

@Suite("A JSON text in pieces")
struct StreamTests {
  /// A stream whose pieces have so many bytes.
  private func stream(_ text: [UInt8], _ pieceByteCount: Int) -> JSONStream {
    var rest = text[...]
    return JSONStream {
      guard !rest.isEmpty else { return nil }
      defer { rest = rest.dropFirst(pieceByteCount) }
      return Array(rest.prefix(pieceByteCount))
    }
  }

  /// Keys and values, those of the object at `walked` one by one, each with its place.
  private func read(_ text: [UInt8], _ pieceByteCount: Int) throws -> [String] {
    let stream = stream(text, pieceByteCount)
    var read: [String] = []
    func note(_ key: String, _ value: JSONStream.Value) {
      let bytes = value.root.withUTF8 { span in span.indices.map { span[$0] } }
      read.append("\(key) \(String(decoding: bytes, as: UTF8.self)) \(value.byteOffset)")
    }
    guard try stream.isAtObject() else {
      note("", try stream.value())
      try stream.finish()
      return read
    }
    try stream.object { key in
      switch key.text {
      case "walked":
        guard try stream.isAtObject() else { return note(key.text, try stream.value()) }
        try stream.object { note("\($0.byteOffset) \($0.text)", try stream.value()) }
      case "passed": break
      default: note(key.text, try stream.value())
      }
    }
    try stream.finish()
    return read
  }

  @Test("is read the same, however it is parted", arguments: [1, 2, 3, 7, 1000])
  func isReadSameHoweverItIsParted(pieceByteCount: Int) throws {
    let text =
      #" {"a":1, "passed" :{"x":[1,{}]},"walked":{"k\"":"}\\","e":[{"z":"]"}],"n":-0.5e3}} "#
    #expect(
      try read(Array(text.utf8), pieceByteCount) == [
        "a 1 6", #"42 k" }\ 48"#, #"54 e [{"z":"]"}] 58"#, "70 n -0.5e3 74",
      ]
    )
    #expect(try read(Array("[1] ".utf8), pieceByteCount) == [" [1] 0"])
    #expect(try read(Array("{ }".utf8), pieceByteCount).isEmpty)
  }

  @Test(
    "is refused where a whole one is",
    arguments: [
      "", " ", "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}",
      "{\"a\" 1}", "{a:1}", "{\"a\":1 \"b\":2}", "{\"a\":1}}", "{\"a\":1} x", "{\"a\":[1}",
      "{\"a\":[1,2}}", "{\"walked\":{\"b\":1]}", "{\"walked\":{\"b\":1,\"b\":2}}", "{\"a\":\"x}",
      "{\"a\":1,\"a\":2}", "{\"a\":tru}", "{\"a\":01}", "{\"a\":\"\\x\"}", "{\"passed\":[1,]}",
      "{\"walked\":{\"b\":}}", "{\"a\":-}", "{\"a\":1.}", "{\"a\":1e}", "{\"a\":}", "[-]",
      "nul", "[1", "{\"a\":\"\u{1}\"}", "{\"walked\":{1}}",
    ]
  )
  func isRefusedWhereWholeOneIs(text: String) throws {
    let whole = #expect(throws: JSONError.self) { try JSONParser().parse(text) }
    for pieceByteCount in [1, 4, 1000] {
      let error = #expect(throws: JSONError.self) {
        try read(Array(text.utf8), pieceByteCount)
      }
      #expect(error == whole)
    }
  }

  @Test("is refused where its bytes are not UTF-8")
  func isRefusedWhereItsBytesAreNotUTF8() throws {
    let text = Array(#"{"a":[1,"x"],"walked":{"b":"c","d":2},"e":null}"#.utf8)
    for index in text.indices {
      var damaged = text
      damaged[index] = 0xFF
      let error = #expect(throws: JSONError.self) { try read(damaged, 5) }
      #expect(error?.byteOffset == index)
    }
  }
}
