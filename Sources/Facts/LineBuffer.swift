public import JSON

/// Bytes that an event's canonical line is written to: an array, or a buffer that is hashed.
public protocol LineBuffer: ~Copyable {
  /// Appends one byte.
  mutating func append(_ byte: UInt8)

  /// Appends the bytes of a text that the program is written with.
  mutating func append(literal text: StaticString)

  /// Appends bytes.
  mutating func append(_ bytes: Span<UInt8>)

  /// Appends a number in decimal digits.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - digitCountMin: How many digits to write at least, with zeros in front; at most 20.
  mutating func append(decimal number: UInt64, digitCountMin: Int)
}

extension LineBuffer where Self: ~Copyable {
  /// Appends the plain decimal that ``Amount/init(_:)`` reads.
  @inlinable
  public mutating func append(_ amount: Amount) {
    if amount.mantissa < 0 { append(UInt8(ascii: "-")) }
    let magnitude = amount.mantissa.magnitude
    guard amount.fractionDigitCount > 0 else { return append(decimal: magnitude, digitCountMin: 1) }
    var unit: UInt64 = 1
    for _ in 0..<amount.fractionDigitCount { unit *= 10 }
    let (whole, fraction) = magnitude.quotientAndRemainder(dividingBy: unit)
    append(decimal: whole, digitCountMin: 1)
    append(UInt8(ascii: "."))
    append(decimal: fraction, digitCountMin: Int(amount.fractionDigitCount))
  }

  /// Appends UTF-8 text as a JSON string in quotes, with the escapes of RFC 8785 section 3.2.2.2.
  @inlinable
  mutating func append(jsonString text: Span<UInt8>) {
    guard text.needsEscapes else {
      append(UInt8(ascii: "\""))
      append(text)
      return append(UInt8(ascii: "\""))
    }
    var escaped: [UInt8] = []
    escaped.appendJSONString(utf8: text)
    append(escaped.span)
  }
}

extension [UInt8]: LineBuffer {
  /// Appends the bytes of a text that the program is written with.
  public mutating func append(literal text: StaticString) {
    text.withUTF8Buffer { unsafe append(contentsOf: $0) }
  }

  /// Appends bytes.
  public mutating func append(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }

  /// Appends a number in decimal digits.
  ///
  /// - Parameter digitCountMin: How many digits to write at least, with zeros in front; at most 20.
  public mutating func append(decimal number: UInt64, digitCountMin: Int) {
    let digits = String(number).utf8
    for _ in 0..<Swift.max(0, digitCountMin - digits.count) { append(UInt8(ascii: "0")) }
    append(contentsOf: digits)
  }
}
