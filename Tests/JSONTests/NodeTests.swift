import JSON
import TestSupport
import Testing

@Suite("Reading a parsed text")
struct NodeTests {
  let parser = JSONParser()

  @Test("values keep kind, contents and place")
  func valuesKeepKindContentsAndPlace() throws {
    let root = try parser.parse(#" [null, true, false, -1.50, "a\"b", [7], {"k": "v"}]"#).root
    let elements = Array(root.elements)
    #expect(root.kind == .array && root.count == 7 && root.byteOffset == 1)
    #expect(
      elements.map(\.kind) == [.null, .bool, .bool, .number, .string, .array, .object]
    )
    #expect(elements.map(\.byteOffset) == [2, 8, 14, 21, 28, 36, 41])
    #expect(elements.map(\.isNull) == [true, false, false, false, false, false, false])
    #expect(elements.map(\.bool) == [nil, true, false, nil, nil, nil, nil])
    #expect(elements.map(\.numberText) == [nil, nil, nil, "-1.50", nil, nil, nil])
    #expect(elements.map(\.string) == [nil, nil, nil, nil, "a\"b", nil, nil])
    #expect(elements.map(\.count) == [0, 0, 0, 0, 0, 1, 1])
    #expect(elements[6]["k"]?.string == "v")
    #expect(elements[0].elements.map(\.kind).isEmpty && elements[5].members.map(\.key).isEmpty)
  }

  @Test("members come in source order, with what they hold")
  func membersComeInSourceOrderWithWhatTheyHold() throws {
    let root = try parser.parse(#"{"b":{"x":[1,{"y":2}]},"a":[],"\u0063":"z"}"#).root
    #expect(root.members.map(\.key) == ["b", "a", "c"])
    #expect(root.members.map(\.value.kind) == [.object, .array, .string])
    #expect(root.members.map(\.keyNode.byteOffset) == [1, 23, 30])
    #expect(root["b"]?["x"]?.elements.map(\.count) == [0, 1])
    #expect(root["c"]?.string == "z" && root["d"] == nil && root["a"]?["b"] == nil)
  }

  @Test(
    "escapes are read",
    arguments: [
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
      (#""\u0000""#, "\u{0}"),
      (#""\u007F\u0080\u07ff\u0800\uFFFF""#, "\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}"),
      (#""\ud800\udc00\uDBFF\uDFFF""#, "\u{10000}\u{10FFFF}"),
      (#""x\ud83d\ude00y""#, "x😀y"),
      (#""é\u00e9é""#, "ééé"),
    ]
  )
  func escapesAreRead(text: String, expected: String) throws {
    let string = try #require(try parser.parse(text).root.string)
    #expect(Array(string.unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test(
    "numbers keep their text",
    arguments: [
      "123456789012345678901234567890.123456789", "-0", "-0.0", "1.10", "1E+2", "1e400",
      "71607000", "9223372036854775808",
    ]
  )
  func numbersKeepTheirText(text: String) throws {
    for source in [text, " \(text) ", "[\(text)]"] {
      let root = try parser.parse(source).root
      let number = root.elements.first { _ in true } ?? root
      #expect(number.kind == .number && number.numberText == text)
      #expect(number.integer == Int(text))
      #expect(number.withUTF8 { $0.count } == text.utf8.count)
    }
  }

  @Test("strings are compared by bytes, never normalized")
  func comparesBytes() throws {
    let root = try parser.parse(#"{"caf\u00e9":"café","":"","n":1}"#).root
    #expect(root["caf\u{E9}"]?.stringEquals("caf\u{E9}") == true)
    #expect(root["cafe\u{301}"] == nil)
    #expect(root["caf\u{E9}"]?.stringEquals("cafe\u{301}") == false)
    #expect(root[""]?.stringEquals("") == true)
    #expect(root["n"]?.stringEquals("1") == false)
    #expect(root.members.map { $0.keyNode.stringEquals("n") } == [false, false, true])
  }

  @Test("bytes of a string come without escapes, of others as they are written")
  func bytesOfStringComeWithoutEscapes() throws {
    let root = try parser.parse(#"["a\nb", "c", 1.0, {"x" : 1}, true]"#).root
    let texts = root.elements.map { node in
      node.withUTF8 { bytes in String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self) }
    }
    #expect(texts == ["a\nb", "c", "1.0", "{\"x\" : 1}", "true"])
  }

  @Test("a document stays as it is when its parser goes on")
  func documentOutlivesItsParser() throws {
    let first = try parser.parse(#"{"a":"one\n"}"#)
    let node = first.root["a"]
    _ = try parser.parse(#"{"b":"two\t","c":[1,2,3]}"#)
    #expect(throws: JSONError.self) { try parser.parse("[") }
    #expect(node?.string == "one\n" && first.root.count == 1)
  }

  @Test("one parser reads 10,000 lines, and a failed one between them")
  func oneParserReads10000Lines() throws {
    var generator = SeededGenerator(seed: 1)
    var kept: [(Int, JSONDocument)] = []
    for line in 0..<10_000 {
      let padding = String(repeating: "x", count: Int.random(in: 0...200, using: &generator))
      let document = try parser.parse(
        #"{"line":\#(line),"text":"\u0041\#(padding)","list":[\#(line),[{}]]}"#
      )
      #expect(document.root["line"]?.integer == line)
      #expect(document.root["text"]?.string == "A" + padding)
      if line % 1_000 == 7 { kept.append((line, document)) }
      if line % 100 == 3 { #expect(throws: JSONError.self) { try parser.parse("{\"line\":") } }
    }
    for (line, document) in kept { #expect(document.root["line"]?.integer == line) }
  }

  @Test("threads may read one document")
  func threadsMayReadOneDocument() async throws {
    let document = try parser.parse("[" + (0..<1_000).map(String.init).joined(separator: ",") + "]")
    let sums = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask { document.root.elements.reduce(0) { $0 + ($1.integer ?? 0) } }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(sums == Array(repeating: 499_500, count: 8))
  }
}
