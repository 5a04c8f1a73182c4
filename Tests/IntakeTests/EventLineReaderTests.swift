import Facts
import Intake
import TestSupport
import Testing

@Suite("Event lines")
struct EventLineReaderTests {
  private static let entity = #"{"type":"entity","entity":"cik:1","name":"Mine"}"#
  private static let other = #"{"type":"entity","entity":"cik:2","name":"Café"}"#

  private func read(_ bytes: [UInt8]) throws -> [Draft] {
    try EventLineReader.drafts(from: bytes, file: "a.jsonl")
  }

  private func read(_ text: String) throws -> [Draft] { try read(Array(text.utf8)) }

  private func refusals(_ bytes: [UInt8]) throws -> [String] {
    try #require(throws: RefusedEvents.self) { try read(bytes) }.refusals.map(\.description)
  }

  private func refusals(_ text: String) throws -> [String] { try refusals(Array(text.utf8)) }

  @Test(
    "are read with file and line, whatever ends them",
    arguments: [
      ("E\nF\n", [1, 2]), ("E\nF", [1, 2]), ("E\r\nF\r\n", [1, 2]), ("\u{FEFF}E\nF\n", [1, 2]),
      ("\n\nE\n \t\r\n\nF\n\n", [3, 6]), ("", []), ("\n", []), ("\u{FEFF}", []),
    ]
  )
  func areReadWithFileAndLineWhateverEndsThem(text: String, numbers: [Int]) throws {
    let bytes = text.replacing("E", with: Self.entity).replacing("F", with: Self.other)
    let drafts = try read(bytes)
    #expect(drafts.map(\.line) == numbers)
    #expect(drafts.allSatisfy { $0.file == "a.jsonl" })
    #expect(drafts.entities.map(\.entity) == Array(["cik:1", "cik:2"].prefix(numbers.count)))
  }

  @Test("are refused with the column of what is not JSON, in characters")
  func areRefusedWithColumnOfWhatIsNotJSON() throws {
    let text = Self.entity + "\n" + #"{"type":"entity","name":"Café" "entity":1}"#
    #expect(
      try refusals(text) == [
        "a.jsonl:2: column 32: expected a comma or } after the member; "
          + "write one JSON object on each line, in UTF-8"
      ]
    )
    #expect(try refusals(#"{"type":"#).first?.hasPrefix("a.jsonl:1: column 9: ") == true)
  }

  @Test("are refused with what is wrong with the event")
  func areRefusedWithWhatIsWrongWithEvent() throws {
    #expect(
      try refusals(#"{"type":"entity","entity":"cik:1","name":"Mine","fiscalYearEnds":"12-31"}"#)
        == [
          #"a.jsonl:1: entity has an unknown field "fiscalYearEnds"; "#
            + #"did you mean "fiscalYearEnd"?"#
        ]
    )
  }

  @Test("are refused if they hold NUL bytes or are not UTF-8")
  func refusesNULBytesAndOtherEncodings() throws {
    let line = Array(Self.entity.utf8)
    #expect(
      try refusals(line + [0x0A, 0x7B, 0]) == [
        "a.jsonl:2: column 2: a NUL byte; save the file as UTF-8 text"
      ]
    )
    #expect(
      try refusals(line + [0x0A] + Array(#"{"type":""#.utf8) + [0xE9] + Array(#""}"#.utf8)) == [
        "a.jsonl:2: column 10: the bytes are not UTF-8; "
          + "write one JSON object on each line, in UTF-8"
      ]
    )
  }

  @Test("are refused all at once: the first twenty, and how many")
  func areRefusedAllAtOnce() throws {
    let text = (1...30).map { $0 == 3 ? Self.entity : "{}" }.joined(separator: "\n")
    let error = try #require(throws: RefusedEvents.self) { try read(text) }
    #expect(error.count == 29)
    #expect(error.refusals.compactMap(\.line) == [1, 2] + (4...21))
    #expect(error.description.hasSuffix("\n… and 9 more"))
    #expect(
      error.description.hasPrefix(
        #"a.jsonl:1: event has no "type"; add the field"# + "\na.jsonl:2:"
      )
    )
  }

  @Test("are refused if they are longer than a mebibyte")
  func areRefusedIfTheyAreLongerThanMebibyte() throws {
    let long = String(repeating: " ", count: EventLineReader.lineByteCountMax) + Self.entity
    #expect(try refusals(long).first?.contains("more than the limit of 1048576") == true)
  }

  @Test("are read the same in pieces, and no line is held beyond its limit", arguments: [1, 3, 50])
  func areReadSameInPieces(pieceByteCount: Int) throws {
    let text = "\u{FEFF}\(Self.entity)\r\n\nx\n\(Self.other)\n{} \n\(Self.entity)"
    var reader = EventLineReader(file: "a.jsonl")
    var lines: [Int?] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      try reader.read(rest.prefix(pieceByteCount)) { lines.append($0.line) }
      rest = rest.dropFirst(pieceByteCount)
    }
    let error = #expect(throws: RefusedEvents.self) {
      try reader.finish { lines.append($0.line) }
    }
    #expect(lines == [1, 4, 6] && error?.refusals.map(\.line) == [3, 5])
  }

  @Test("that are too long are counted, not held, and the next is read")
  func longPieces() throws {
    var reader = EventLineReader(file: "a.jsonl")
    let piece = [UInt8](repeating: 0x78, count: 1 << 18)[...]
    for _ in 0..<12 { try reader.read(piece) { _ in } }
    var count = 0
    try reader.read(Array("\n\(Self.entity)\n".utf8)[...]) { _ in count += 1 }
    let error = #expect(throws: RefusedEvents.self) { try reader.finish { _ in } }
    #expect(count == 1)
    #expect(error?.description.hasPrefix("a.jsonl:1: the line has 3145728 bytes, more") == true)
  }

  @Test("may come from no file")
  func noFile() throws {
    let error = try #require(throws: RefusedEvents.self) {
      try EventLineReader.drafts(from: Array("x".utf8), file: nil)
    }
    #expect(error.description.hasPrefix("1: column 1: "))
  }
}
