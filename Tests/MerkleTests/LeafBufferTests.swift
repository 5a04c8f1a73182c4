import Merkle
import TestSupport
import Testing

@Suite("The bytes of a leaf under way")
struct LeafBufferTests {
  private func text(_ fill: (inout LeafBuffer) -> Void) -> String {
    var buffer = LeafBuffer()
    fill(&buffer)
    let span = buffer.bytes
    return String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
  }

  @Test("are what was appended, and have the hash of a leaf")
  func areWhatWasAppendedAndHaveHashOfLeaf() {
    var buffer = LeafBuffer()
    for _ in 0..<2 {
      buffer.removeAll()
      buffer.append(literal: "{\"a\":")
      buffer.append(UInt8(ascii: "1"))
      buffer.append(Array("}".utf8).span)
      buffer.append([UInt8]().span)
      let (count, hash) = (buffer.count, buffer.hash)
      #expect(count == 7)
      #expect(hash == leaf(Array("{\"a\":1}".utf8)))
    }
    buffer.removeAll()
    let empty = buffer.hash
    #expect(empty == leaf([]))
  }

  @Test("grow as far as they must")
  func growAsFarAsTheyMust() {
    var expected: [UInt8] = []
    var buffer = LeafBuffer()
    for length in 0..<200 {
      let piece = [UInt8](repeating: UInt8(length), count: length)
      buffer.append(piece.span)
      expected += piece
      let hash = buffer.hash
      #expect(hash == leaf(expected))
    }
  }

  @Test("numbers in decimal digits, with zeros in front if asked to")
  func appendsNumbersInDecimalDigits() {
    var numbers: [UInt64] = [0, 9, .max, .max - 1]
    var power: UInt64 = 1
    for _ in 0..<19 {
      power *= 10
      numbers += [power - 1, power, power + 1]
    }
    for number in numbers {
      #expect(text { $0.append(decimal: number) } == String(number))
    }
    #expect(text { $0.append(decimal: 7, digitCountMin: 3) } == "007")
    #expect(text { $0.append(decimal: 1234, digitCountMin: 3) } == "1234")
    #expect(text { $0.append(decimal: 0, digitCountMin: 18) } == String(repeating: "0", count: 18))
  }
}
