import Facts
import Foundation
import Intake
import TestSupport
import Testing

@Suite("Events over several lines")
struct EventArrayTests {
  private func read(_ text: String, file: String = "a.json") throws -> [Draft] {
    try EventFileImporter().drafts(from: Array(text.utf8), file: file)
  }

  private func refusals(_ text: String) throws -> [String] {
    try #require(throws: RefusedEvents.self) { try read(text) }.refusals.map(\.description)
  }

  @Test("are read with file and line, and are the same events as on one line each")
  func areReadWithFileAndLine() throws {
    let text = """
      [
        {"type": "entity", "entity": "cik:1", "name": "Café"},
        {
          "type": "check",
          "check": "c",
          "kind": "foot",
          "title": "T",
          "total": {"concept": "x:A"},
          "items": [
            {"concept": "x:B"},
            {"concept": "x:C", "weight": -1}
          ]
        }
      ]

      """
    let drafts = try read(text)
    #expect(drafts.map(\.line) == [2, 3] && drafts.allSatisfy { $0.file == "a.json" })
    let lines = """
      {"type":"entity","entity":"cik:1","name":"Café"}
      {"type":"check","check":"c","kind":"foot","title":"T","total":{"concept":"x:A"},\
      "items":[{"concept":"x:B"},{"concept":"x:C","weight":-1}]}
      """
    #expect(try read(lines, file: "a.jsonl").map(\.event) == drafts.map(\.event))
    for other in ["\u{FEFF}" + text, text.replacing("\n", with: "\r\n"), "\n \t" + text] {
      #expect(try read(other).map(\.event) == drafts.map(\.event))
    }
    #expect(try read("[]").isEmpty && read("").isEmpty && read(" \n").isEmpty)
  }

  @Test("come in pieces of any size")
  func comeInPiecesOfAnySize() throws {
    let entity = #"{"type":"entity","entity":"cik:1","name":"Mine"}"#
    let text = Array("\u{FEFF}\n[\(entity)]".utf8)
    for count in 1...text.count {
      var rest = text[...]
      let file = SourceFile(path: "-") {
        defer { rest = rest.dropFirst(count) }
        return rest.isEmpty ? nil : Array(rest.prefix(count))
      }
      var drafts: [Draft] = []
      try EventFileImporter().read(file) { drafts.append($0) }
      #expect(drafts.map(\.line) == [2])
    }
  }

  @Test("are told from event lines by the file's ending, else by the first character")
  func areToldFromEventLinesByFilesEnding() throws {
    let entity = #"{"type":"entity","entity":"cik:1","name":"Mine"}"#
    #expect(try read("[\(entity)]", file: "-").count == 1)
    #expect(try read("\(entity)\n\(entity)", file: "-").count == 2)
    #expect(
      try #require(throws: InvalidEvent.self) { try read(entity) }.description
        == "a.json: the file does not begin with [; write one array of objects, [{…}, {…}], or one "
        + "object a line in a .jsonl file"
    )
    #expect(throws: RefusedEvents.self) { try read("[\(entity)]", file: "a.jsonl") }
  }

  /// What is wrong with a text, and what is said of it.
  private static let mistakes: [(text: String, message: String)] = [
    (
      "[\n  {\"type\": \"entity\", \"entity\": \"e\", \"nmae\": \"N\"}\n]",
      "2: column 3: entity has no \"name\"; is \"nmae\" meant to be it?"
    ),
    (
      "[\n  {\n    \"type\": \"entity\",\n    \"entity\": \"e\",\n    \"name\": 7\n  }\n]",
      "5: column 13: \"name\" is not a text; write it in quotation marks"
    ),
    (
      statement(line: #"{"label": "Ä", "negatd": true}"#),
      #"4: column 19: line of a statement has an unknown field "negatd"; did you mean "negated"?"#
    ),
    (
      statement(line: #"{"label": "A", "depth": 10, "concept": "x:A"}"#),
      "4: column 28: \"depth\" is 10; give a whole number from 0 to 9"
    ),
    (
      statement(line: #"{"label": "A", "unit": "USD"}"#),
      "4: column 4: line \"A\" has no concept; add the field"
    ),
    (
      statement(line: #"{"label": "A", "label": "B"}"#),
      #"4: column 19: the object has this key twice, at: "label": "B"}; \#(array)"#
    ),
    (statement(line: #"{"label": "A"},"#), "4: column 18: \(comma)"),
    ("[{\"type\": \"entity\",\n}]", "1: column 19: \(comma)"),
    (
      "[\n  {\"type\": \"entity\"}\n  {\"type\": \"entity\"}\n]",
      #"3: column 3: expected a comma or ] after the element, at: {"type": "entity"}; \#(array)"#
    ),
    ("[{\"type\": \"entity\"}", "1: column 20: the text ends too early; \(array)"),
    ("[7]", "1: column 2: event is not a JSON object; write {\"type\":…}"),
  ]

  private static let array = "write one array of objects, [{…}, {…}], in UTF-8"
  private static let comma =
    "a comma before a closing bracket; take the comma out, or write what is missing after it"

  @Test("are refused with line and column of the mistake", arguments: mistakes)
  func areRefusedWithLineAndColumnOfMistake(text: String, message: String) throws {
    #expect(try refusals(text) == ["a.json:\(message)"])
  }

  /// A statement on several lines, the fourth of which is `line`, from the fourth column on.
  private static func statement(line: String) -> String {
    """
    [
      {"type": "statement", "statement": "s", "title": "T", "layout": "list",
       "lines": [
       \(line)
      ]}
    ]
    """
  }

  @Test("are refused all at once")
  func areRefusedAllAtOnce() throws {
    let text = "[\n{\"type\":\"entity\"},\n{\"type\":\"check\"},\n{\"type\":\"concept\"}]"
    #expect(try refusals(text).map { $0.prefix(18) } == (2...4).map { "a.json:\($0): column 1" })
  }

  @Test("are refused if the file or one of them is too long")
  func areRefusedIfFileOrOneOfThemIsTooLong() throws {
    let blanks = String(repeating: " ", count: (1 << 23) + 1)
    #expect(
      try #require(throws: InvalidEvent.self) { try read("[" + blanks) }.description
        == "a.json: the array has more than 8388608 bytes; "
        + "write one event on each line of a .jsonl file, without the array"
    )
    let line = #"{"label":"\#(String(repeating: "x", count: 4000))"},"#
    let lines = String(repeating: line, count: 300).dropLast()
    let text = """
      [{"type":"statement","statement":"s","title":"T","layout":"list","lines":[\(lines)]}]
      """
    #expect(
      try refusals(text).first?.hasPrefix("a.json:1: column 2: the event has 120") == true
    )
  }
}
