/// Makes UTF-8 of a text that comes in pieces: of UTF-16 with a byte order mark, as spreadsheets write it;
/// other texts stay as they are.
struct WideText {
  private enum Order {
    case unknown, narrow, little, big
  }

  private var order = Order.unknown

  /// Bytes that wait for more.
  private var waiting: [UInt8] = []

  /// The first half of a character that has two.
  private var high: UInt16?

  /// The next bytes, as UTF-8.
  ///
  /// - Parameter isLast: Whether no more come.
  mutating func utf8(_ piece: ArraySlice<UInt8>, isLast: Bool = false) -> [UInt8] {
    waiting += piece
    if order == .unknown {
      guard waiting.count >= 2 || isLast else { return [] }
      order = waiting.starts(with: [0xFF, 0xFE]) ? .little : .narrow
      if waiting.starts(with: [0xFE, 0xFF]) { order = .big }
      if order != .narrow { waiting.removeFirst(2) }
    }
    guard order != .narrow else {
      defer { waiting = [] }
      return waiting
    }
    var text = String.UnicodeScalarView()
    let count = waiting.count / 2 * 2
    for index in stride(from: 0, to: count, by: 2) {
      let (first, second) = (UInt16(waiting[index]), UInt16(waiting[index + 1]))
      take(order == .little ? second << 8 | first : first << 8 | second, &text)
    }
    waiting.removeFirst(count)
    // Half a character at the end is damage, and is shown as such.
    if isLast, high != nil || !waiting.isEmpty { text.append("\u{FFFD}") }
    return Array(String(text).utf8)
  }

  private mutating func take(_ unit: UInt16, _ text: inout String.UnicodeScalarView) {
    if let first = high {
      high = nil
      if 0xDC00...0xDFFF ~= unit {
        let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
        text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
        return
      }
      text.append("\u{FFFD}")
    }
    if 0xD800...0xDBFF ~= unit {
      high = unit
    } else {
      text.append(Unicode.Scalar(UInt32(unit)) ?? "\u{FFFD}")
    }
  }
}
