import Facts
import JSON
import Platform

/// Texts that many drafts share, and their numbers.
struct SpoolTexts {
  private(set) var all: [String] = []
  private var numbers: [ExactText: UInt32] = [:]

  /// The last text of each field: most claims share it with the claim before them.
  private var last = [(text: ExactText, number: UInt32)?](repeating: nil, count: Field.count)

  /// What of a draft a text is.
  enum Field: Int {
    case file, kind, filing, entity, concept, dimensions, unit

    static let count = 7
  }

  mutating func number(of text: String, as field: Field) -> UInt32 {
    let key = ExactText(text)
    if let last = last[field.rawValue], last.text == key { return last.number }
    let number = numbers[key] ?? UInt32(all.count)
    if number == all.count {
      all.append(text)
      numbers[key] = number
    }
    last[field.rawValue] = (key, number)
    return number
  }
}

// A draft among spooled bytes: what follows, the number of its file plus 1 or 0 for none, its line
// plus 1 or 0 for none; of a claim the numbers of its texts and its figures, of any other event its
// canonical line. All numbers are little-endian, of 4 bytes unless told otherwise.

private enum Mark {
  static let line: UInt8 = 0

  /// The lowest bit of a claim's mark; the others say what the claim has.
  static let claim: UInt8 = 1
  static let start: UInt8 = 2
  static let value: UInt8 = 4
  static let decimals: UInt8 = 8
  static let qualifier: UInt8 = 16
  static let place: UInt8 = 32
  static let text: UInt8 = 64
  static let source: UInt8 = 128
}

extension [UInt8] {
  /// Adds a draft at the end.
  mutating func append(_ draft: Draft, _ texts: inout SpoolTexts) {
    let file = draft.file.map { texts.number(of: $0, as: .file) + 1 } ?? 0
    let line = UInt32(clamping: draft.line.map { $0 + 1 } ?? 0)
    // Claims that name a document are few.
    guard case .claim(let claim) = draft.event, claim.source?.document == nil else {
      append(Mark.line)
      append(number: file)
      append(number: line)
      append(text: draft.event.canonicalLine)
      return
    }
    let (fact, figure, source) = (claim.fact, claim.figure, claim.source)
    var mark = Mark.claim
    if fact.period.start != nil { mark |= Mark.start }
    if figure.value != nil { mark |= Mark.value }
    if figure.decimals != nil { mark |= Mark.decimals }
    if figure.qualifier != nil { mark |= Mark.qualifier }
    if source != nil { mark |= Mark.source }
    if source?.place != nil { mark |= Mark.place }
    if source?.text != nil { mark |= Mark.text }
    append(mark)
    append(number: file)
    append(number: line)
    append(number: texts.number(of: claim.kind, as: .kind))
    append(number: texts.number(of: claim.filing, as: .filing))
    append(number: texts.number(of: fact.entity, as: .entity))
    append(number: texts.number(of: fact.concept, as: .concept))
    append(number: texts.number(of: fact.dimensions.text, as: .dimensions))
    append(number: texts.number(of: fact.unit, as: .unit))
    append(number: UInt32(bitPattern: fact.period.end.dayNumber))
    if let start = fact.period.start { append(number: UInt32(bitPattern: start.dayNumber)) }
    if let value = figure.value {
      append(littleEndian: value.mantissa)
      append(value.fractionDigitCount)
    }
    if let decimals = figure.decimals { append(UInt8(bitPattern: decimals)) }
    if let qualifier = figure.qualifier {
      append(UInt8(Qualifier.allCases.firstIndex(of: qualifier) ?? 0))
    }
    if let place = source?.place {
      append(number: place.line)
      append(number: place.column)
    }
    if let text = source?.text { append(text: Array(text.utf8)) }
  }

  private mutating func append(number: UInt32) { append(littleEndian: number) }

  private mutating func append(text: [UInt8]) {
    append(number: UInt32(text.count))
    append(contentsOf: text)
  }
}

extension Draft {
  /// Reads the draft at `offset`, and moves that to the next.
  ///
  /// - Throws: ``InvalidEvent`` if an importer made an event that no line can hold.
  init(
    spooled bytes: [UInt8],
    at offset: inout Int,
    texts: [String],
    _ parser: JSONParser
  ) throws {
    var reader = SpoolByteReader(bytes: bytes, offset: offset)
    let mark = reader.byte()
    let (fileNumber, lineNumber) = (reader.number(), reader.number())
    let file = fileNumber > 0 ? texts[Int(fileNumber) - 1] : nil
    let line = lineNumber > 0 ? Int(lineNumber) - 1 : nil
    let event: Event
    if mark & Mark.claim != 0 {
      event = .claim(Claim(spooled: mark, &reader, texts))
    } else {
      do {
        event = try Event(parser.parse(Array(reader.text())).root)
      } catch var refusal as InvalidEvent {
        (refusal.file, refusal.line) = (file, line)
        throw refusal
      }
    }
    offset = reader.offset
    self.init(event, file: file, line: line)
  }
}

extension Claim {
  fileprivate init(spooled mark: UInt8, _ reader: inout SpoolByteReader, _ texts: [String]) {
    func has(_ bit: UInt8) -> Bool { mark & bit != 0 }
    let kind = texts[Int(reader.number())]
    let filing = texts[Int(reader.number())]
    let entity = texts[Int(reader.number())]
    let concept = texts[Int(reader.number())]
    let dimensions = Dimensions(canonicalText: texts[Int(reader.number())])
    let unit = texts[Int(reader.number())]
    let end = reader.day()
    let period = has(Mark.start) ? Period.duration(start: reader.day(), end: end) : .instant(end)
    var figure = Figure(value: nil)
    if has(Mark.value) {
      let mantissa = UInt64(reader.number()) | UInt64(reader.number()) << 32
      figure.value = Amount(
        mantissa: Int64(bitPattern: mantissa),
        fractionDigitCount: reader.byte()
      )
    }
    if has(Mark.decimals) { figure.decimals = Int8(bitPattern: reader.byte()) }
    if has(Mark.qualifier) { figure.qualifier = Qualifier.allCases[Int(reader.byte())] }
    var source = has(Mark.source) ? Source(place: nil, text: nil) : nil
    if has(Mark.place) {
      source?.place = Source.Place(line: reader.number(), column: reader.number())
    }
    if has(Mark.text) { source?.text = String(decoding: reader.text(), as: UTF8.self) }
    self.init(
      kind: kind,
      filing: filing,
      fact: Fact(
        entity: entity,
        concept: concept,
        dimensions: dimensions,
        unit: unit,
        period: period
      ),
      figure: figure,
      source: source
    )
  }
}

private struct SpoolByteReader {
  let bytes: [UInt8]
  var offset: Int

  mutating func byte() -> UInt8 {
    offset += 1
    return bytes[offset - 1]
  }

  mutating func number() -> UInt32 {
    let place = offset
    offset += 4
    return UInt32(bytes[place]) | UInt32(bytes[place + 1]) << 8 | UInt32(bytes[place + 2]) << 16
      | UInt32(bytes[place + 3]) << 24
  }

  mutating func day() -> CivilDate { CivilDate(dayNumber: Int32(bitPattern: number())) }

  mutating func text() -> ArraySlice<UInt8> {
    let count = Int(number())
    offset += count
    return bytes[offset - count..<offset]
  }
}
