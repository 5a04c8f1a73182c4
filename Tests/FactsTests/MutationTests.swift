import Facts
import JSON
import TestSupport
import Testing

/// Damages lines as a careless editor would, and as a careful enemy.
private struct Mutator {
  var generator: SeededGenerator
  let lines: [[UInt8]]

  private static let inserts = [
    "\"", "\\", "{", "}", "[", "]", ",", ":", "-", ".", "0", "9", "e5", "null", "true", "\u{301}",
    "\\u0301", "\\u0000", "\\ud800", "\\n", " ", "\n", ";", "=", "é", "\u{338}", "/", "-0",
    "{\"a\":1}", "[[[[", "9223372036854775807", "9999999999999999999999", "-9999-12-31", "Z",
    "0001-01-01", "9999-12-31", "+23:59", "\"type\":\"statement\"", "\u{7F}", "\u{2028}",
  ].map { Array($0.utf8) }

  mutating func next() -> [UInt8] {
    var line = pick(lines)
    repeat { damage(&line) } while Int.random(in: 0..<4, using: &generator) == 0
    return line
  }

  private mutating func damage(_ line: inout [UInt8]) {
    let place = Int.random(in: 0..<max(line.count, 1), using: &generator)
    switch Int.random(in: 0..<8, using: &generator) {
    case 0 where !line.isEmpty: line[place] = UInt8.random(in: 0...255, using: &generator)
    case 1 where !line.isEmpty: line[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 2: line.removeSubrange(place..<min(line.count, place + short()))
    case 3: line.insert(contentsOf: pick(Self.inserts), at: min(place, line.count))
    case 4:
      let other = pick(lines)
      let start = Int.random(in: 0..<other.count, using: &generator)
      let piece = other[start..<min(other.count, start + short())]
      line.replaceSubrange(place..<min(line.count, place + piece.count), with: piece)
    case 5: line.removeLast(min(line.count, short()))
    default: replaceValue(&line)
    }
  }

  /// Puts an odd text or number in the place of a whole one.
  private mutating func replaceValue(_ line: inout [UInt8]) {
    let colons = line.indices.filter { line[$0] == UInt8(ascii: ":") }
    guard let colon = colons.randomElement(using: &generator) else { return }
    let end = line[(colon + 1)...].firstIndex { [0x2C, 0x7D, 0x5D].contains($0) } ?? line.count
    let isText = line[..<end].last == UInt8(ascii: "\"")
    let insert = pick(Self.inserts)
    let value = isText && Bool.random(using: &generator) ? [0x22] + insert + [0x22] : insert
    line.replaceSubrange(colon + 1..<end, with: value)
  }

  private mutating func short() -> Int { Int.random(in: 1...12, using: &generator) }

  private mutating func pick(_ choices: [[UInt8]]) -> [UInt8] {
    choices.randomElement(using: &generator) ?? []
  }
}

@Suite("Damaged event lines") struct MutationTests {
  @Test("never crash the reader, and what still reads prints to a fixed point: 20,000 of them")
  func neverCrashReaderAndPrintToFixedPoint() throws {
    let lines = try RealEvents.lines() + EventLineTests.fullLines.map { Array($0.utf8) }
    var mutator = Mutator(generator: SeededGenerator(seed: 6), lines: lines)
    let parser = JSONParser()
    var counts = (malformed: 0, refused: 0, read: 0)
    for _ in 0..<20_000 {
      let line = mutator.next()
      guard let document = try? parser.parse(line) else {
        counts.malformed += 1
        continue
      }
      let event: Event
      do throws(InvalidEvent) {
        event = try Event(document.root)
      } catch {
        counts.refused += 1
        let isTold = !error.message.isEmpty && !error.remedy.isEmpty
        #expect(isTold)
        continue
      }
      counts.read += 1
      let printed = event.canonicalLine
      let again = try Event(parser.parse(printed).root)
      let isFixed = again.canonicalLine == printed && again == event
      let text = String(decoding: line, as: UTF8.self)
      #expect(isFixed, "\(text)")
    }
    #expect(counts.malformed > 1000)
    #expect(counts.refused > 1000)
    #expect(counts.read > 1000)
  }
}
