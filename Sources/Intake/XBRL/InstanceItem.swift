import Facts
import Platform

/// A figure of an XBRL 2.1 instance as written: what its context and unit say, may stand behind it.
struct InstanceItem {
  /// Numbers of texts: its concept, the ids of its context and its unit.
  var concept: UInt32
  var context: UInt32
  var unit: UInt32

  /// The number of the text of the dimensions that the tuples around it give.
  var tuples: UInt32

  /// The number of its document.
  var file: UInt8

  var figure: Figure
  var place: Source.Place

  /// The spelling, where it is not that of the value.
  var text: String?
}

extension InstanceItem {
  /// Adds the item to spooled bytes: five numbers, and the spelling if there is one.
  func append(to bytes: inout [UInt8]) {
    let code = figure.code
    bytes.append(littleEndian: UInt64(concept) << 32 | UInt64(context))
    bytes.append(littleEndian: UInt64(unit) << 32 | UInt64(file) << 24 | UInt64(code.word))
    bytes.append(littleEndian: UInt64(bitPattern: code.mantissa))
    bytes.append(littleEndian: UInt64(place.line) << 32 | UInt64(place.column))
    bytes.append(littleEndian: UInt64(tuples) << 32 | UInt64(text.map { $0.utf8.count + 1 } ?? 0))
    if let text { bytes.append(contentsOf: text.utf8) }
  }

  /// Takes an item from the start of spooled bytes.
  init(from bytes: inout ArraySlice<UInt8>) {
    let first = bytes.popLittleEndian(UInt64.self)
    let second = bytes.popLittleEndian(UInt64.self)
    let mantissa = Int64(bitPattern: bytes.popLittleEndian(UInt64.self))
    let third = bytes.popLittleEndian(UInt64.self)
    // The word of a figure leaves the highest byte free.
    let word = UInt32(truncatingIfNeeded: second) & 0xFF_FFFF
    let code = Figure.Code(word: word, mantissa: mantissa)
    guard let figure = Figure(code) else { preconditionFailure("the code is of a figure") }
    self.figure = figure
    (concept, context) = (UInt32(first >> 32), UInt32(truncatingIfNeeded: first))
    (unit, file) = (UInt32(second >> 32), UInt8(truncatingIfNeeded: second >> 24))
    place = Source.Place(line: UInt32(third >> 32), column: UInt32(truncatingIfNeeded: third))
    let last = bytes.popLittleEndian(UInt64.self)
    tuples = UInt32(last >> 32)
    let count = Int(UInt32(truncatingIfNeeded: last)) - 1
    guard count >= 0 else { return }
    text = String(decoding: bytes.prefix(count), as: UTF8.self)
    bytes.removeFirst(count)
  }
}
