import Facts
import JSON
import Merkle
import TestSupport
import Testing

@testable import EventStore

@Suite("Records of the log")
struct RecordTests {
  let folder: TemporaryFolder
  let store: EventStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
  }

  /// Whether the log's lines, made again from its records, hash to the leaves that were recorded.
  private func expectLinesMatchLeaves() throws {
    for (sequence, line) in try store.lines.enumerated() {
      let hash = try store.leafHash(at: UInt64(sequence))
      let isSame = MerkleHash.leaf(line.span).hexadecimal == hash
      #expect(isSame, "event \(sequence): \(String(decoding: line, as: UTF8.self))")
    }
  }

  @Test("every line of Events is made again from its record, byte for byte")
  func everyLineIsMadeAgainFromItsRecord() throws {
    let drafts = try linesOfEventsInOrder()
    try store.append(drafts)
    #expect(try Set(store.lines.dropFirst()) == Set(drafts.map(\.event.canonicalLine)))
    try expectLinesMatchLeaves()
  }

  @Test("random claims come back byte for byte", arguments: [1, 2, 3] as [UInt64])
  func randomClaimsComeBackByteForByte(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    try store.append(definitions)
    let before = try store.head
    var claims: [Claim] = []
    for index in 0..<400 { claims.append(.random(index, using: &generator)) }
    try store.append(claims.map { Draft(.claim($0)) })
    let lines = try store.lines.dropFirst(Int(before) + 1)
    #expect(lines.elementsEqual(claims.map { Event.claim($0).canonicalLine }))
    let read = try claims.indices.map { index in
      try store.read { try $0.event(at: before + 1 + UInt64(index)) }
    }
    #expect(read == claims.map { Event.claim($0) })
    try expectLinesMatchLeaves()
  }

  @Test(
    "texts that only Unicode calls equal are refused, or stay as they were written",
    arguments: [
      (#""a":"\u00e9""#, #""a":"e\u0301""#), (#""a":"\u212b""#, #""a":"\u00c5""#),
      (#""a":"\ud55c""#, #""a":"\u1112\u1161\u11ab""#),
    ]
  )
  func canonicallyEquivalent(first: String, second: String) throws {
    try expectKept([
      cash("1", more: #","dimensions":{\#(first)}"#),
      cash("1", more: #","dimensions":{\#(second)}"#),
    ])
  }

  @Test(
    "names that only Unicode calls equal are refused, or name different things",
    arguments: [true, false]
  )
  func equivalentNames(isComposedFirst: Bool) throws {
    let names = isComposedFirst ? ["Caf\u{E9}", "Cafe\u{301}"] : ["Cafe\u{301}", "Caf\u{E9}"]
    try expectKept(
      names.flatMap { name in
        [
          #"{"type":"entity","entity":"x:\#(name)","name":"N"}"#,
          #"{"type":"concept","concept":"x:\#(name)","kind":"statement-line"}"#,
          #"{"type":"filing","filing":"\#(name)","entity":"x:\#(name)","published":"2020-02-01"}"#,
          cash("1", filing: name).replacing("x:Cash", with: "x:\(name)"),
        ]
      }
    )
  }

  @Test(
    "a dimension that begins with a combining mark is refused, or kept",
    arguments: [#""a":"\u0338b""#, #""a":"b","\u0301c":"d""#, #""a":"\u200db""#, #""a":"b=c=d""#]
  )
  func combiningMarks(members: String) throws {
    try expectKept([cash("1", more: #","dimensions":{\#(members)}"#)])
  }

  /// Whether each line was refused, or is in the log with the canonical bytes that were hashed.
  private func expectKept(_ lines: [String]) throws {
    try store.append(definitions)
    do {
      try store.append(lines.flatMap { try drafts($0) })
    } catch is InvalidEvent {
      return
    } catch is RefusedEvents {
      return
    }
    let recorded = try Set(store.lines)
    for line in lines {
      // Members in the order of RFC 8785, and no other change.
      let canonical = try JSONValue(JSONParser().parse(Array(line.utf8)).root).canonicalBytes
      let isKept = recorded.contains(canonical)
      #expect(isKept, "\(String(decoding: canonical, as: UTF8.self))")
    }
    try expectLinesMatchLeaves()
  }

  @Test(
    "a filing time is refused, or can be read again",
    arguments: [
      "9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+01:00", "9999-12-31", "0001-01-01",
      "9999-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59.5Z",
    ]
  )
  func extremeTimes(published: String) throws {
    let line = #"{"type":"filing","filing":"f","entity":"x:1","published":"\#(published)"}"#
    do {
      try store.append(line)
    } catch is InvalidEvent {
      return
    }
    let (recorded, filing) = try store.read { (try $0.event(at: 1), try $0.filing("f", before: 9)) }
    #expect(try recorded == drafts(line)[0].event)
    #expect(filing != nil)
  }

  @Test("names as long as they may be are kept whole, those that differ at the end apart")
  func longNames() throws {
    let names = [479, 480, 481, 511, 512, 4095].flatMap { length in
      ["a", "b"].map { String(repeating: "n", count: length) + $0 }
    }
    var lines = definitions
    for name in names {
      lines += #"{"type":"entity","entity":"\#(name)","name":"\#(name)"}"# + "\n"
      lines += #"{"type":"concept","concept":"x:\#(name.dropLast(4))\#(name.suffix(1))","#
      lines += #""kind":"k"}"# + "\n"
      lines += #"{"type":"filing","filing":"\#(name)","entity":"x:1","published":"2022-01-01"}"#
      lines += "\n" + cash("1", filing: name)
    }
    try store.append(lines)
    #expect(try store.head == UInt64(1 + 5 + names.count * 4))
    try store.read { snapshot in
      for name in names {
        #expect(try snapshot.filing(name, before: .max)?.filing == name)
        let entity = DefinitionName(type: "entity", name: name)
        #expect(try snapshot.definition(entity, before: snapshot.head)?.definitionName == entity)
        #expect(try snapshot.symbol(name) != nil)
      }
      #expect(try Set(snapshot.filingNames()) == Set(names + ["f1", "f2"]))
      let listed = try snapshot.definitionNames(ofType: "entity", before: snapshot.head)
      #expect(listed == (names + ["x:1"]).sorted())
    }
    let again = try store.append(lines)
    #expect(again == .nothingNew(head: try store.head, skipped: 5 + names.count * 4))
    try expectLinesMatchLeaves()
  }

  @Test("a damaged record decodes to nothing, at every length and for every flag")
  func damagedRecordDecodesToNothing() throws {
    var generator = SeededGenerator(seed: 4)
    let row = FactRow.random(using: &generator)
    let kind = SymbolID(rawValue: 7)
    let bytes = ClaimRecord(kind: kind, row: row, source: nil).encode()
    #expect(bytes.count == ClaimRecord.byteCountMin)
    for count in 0..<bytes.count {
      let record = ClaimRecord([UInt8](bytes[..<count]).span, sequence: row.sequence)
      #expect(record == nil, "\(count)")
    }
    for flags in 0...UInt8.max {
      var damaged = bytes
      damaged[1] = flags
      let record = ClaimRecord(damaged.span, sequence: row.sequence)
      // Three bits hold one of six qualifiers, and three nothing; a dash has no digits, and an exact
      // figure no decimals.
      let isDash = flags & 1 != 0
      let hasNone = bytes[2] == 0 && bytes[36..<44].allSatisfy { $0 == 0 }
      let isFigure =
        flags >> 2 <= 5 && (!isDash || hasNone) && (flags & 2 != 0 || bytes[3] == 0)
      #expect((record != nil) == isFigure, "\(flags)")
    }
  }
}

extension Claim {
  /// A claim of ``definitions``; `index` makes its fact its own.
  static func random(_ index: Int, using generator: inout SeededGenerator) -> Claim {
    let isInstant = Bool.random(using: &generator)
    let first = CivilDate("0001-01-01")?.dayNumber ?? 0
    let last = (CivilDate("9999-12-31")?.dayNumber ?? 0) - 400
    let end = CivilDate(dayNumber: .random(in: (first + 400)...last, using: &generator))
    let length = Int.random(in: 0...400, using: &generator)
    let dimensions = ["", "metal=gold", "a=b;c=d", "operating-unit=La Camorra", "z=\"q\"\\;ü=–"]
    return Claim(
      kind: "statement-line",
      filing: Bool.random(using: &generator) ? "f1" : "f2",
      fact: Fact(
        entity: "x:1",
        concept: isInstant ? "x:Cash" : "x:Sales",
        dimensions: Dimensions(canonicalText: dimensions.randomElement(using: &generator) ?? ""),
        unit: "u\(index)",
        period: isInstant
          ? .instant(end) : .duration(start: end.advanced(byDays: -length), end: end)
      ),
      figure: .random(using: &generator),
      source: .random(using: &generator)
    )
  }
}

extension Figure {
  static func random(using generator: inout SeededGenerator) -> Figure {
    guard Int.random(in: 0..<8, using: &generator) > 0 else { return Figure(value: nil) }
    let limit: Int64 = 999_999_999_999_999_999
    let mantissas = [0, 1, -1, limit, -limit, .random(in: -limit...limit, using: &generator)]
    return Figure(
      value: Amount(
        mantissa: mantissas.randomElement(using: &generator) ?? 0,
        fractionDigitCount: .random(in: 0...17, using: &generator)
      ),
      decimals: Bool.random(using: &generator) ? .random(in: -18...18, using: &generator) : nil,
      qualifier: (Qualifier.allCases + [nil, nil]).randomElement(using: &generator) ?? nil
    )
  }
}

extension Source? {
  fileprivate static func random(using generator: inout SeededGenerator) -> Source? {
    let edges: [UInt32] = [1, 2, .max, .random(in: 1...UInt32.max, using: &generator)]
    let line = edges.randomElement(using: &generator) ?? 1
    let column = edges.randomElement(using: &generator) ?? 1
    let place = Source.Place(line: line, column: column)
    let texts = ["(11,292)", "- -", "{", "\u{1F4B0}", String(repeating: "9", count: 255)]
    let text = texts.randomElement(using: &generator)
    let document = [nil, nil, "a", "ex99 \u{1F4B0}.txt"].randomElement(using: &generator) ?? nil
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return nil
    case 1: return Source(document: document, place: place, text: nil)
    case 2: return Source(document: document, place: nil, text: text)
    default: return Source(document: document, place: place, text: text)
    }
  }
}
