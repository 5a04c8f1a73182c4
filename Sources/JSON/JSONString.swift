extension [UInt8] {
  /// Appends `text` as a JSON string in quotes, with the escapes of RFC 8785 section 3.2.2.2.
  ///
  /// Escaped are quotes, backslashes and control characters only, each in its shortest form.
  public mutating func appendJSONString(_ text: String) {
    appendJSONString(utf8: text.utf8.span)
  }

  /// Appends UTF-8 text as a JSON string in quotes, with the escapes of RFC 8785 section 3.2.2.2.
  ///
  /// - Parameter utf8: the text; the caller knows that it is UTF-8.
  public mutating func appendJSONString(utf8: Span<UInt8>) {
    if utf8.needsEscapes {
      append(UInt8(ascii: "\""))
      for index in utf8.indices { appendEscaped(utf8[index]) }
      append(UInt8(ascii: "\""))
    } else {
      append(addingCapacity: utf8.count + 2) { output in
        // Copied at once: byte by byte takes twice as long, and event lines are mostly strings.
        unsafe output.withUnsafeMutableBufferPointer { buffer, count in
          unsafe utf8.withUnsafeBufferPointer { text in
            unsafe buffer[0] = UInt8(ascii: "\"")
            _ = unsafe buffer.dropFirst().update(fromContentsOf: text)
            unsafe buffer[text.count + 1] = UInt8(ascii: "\"")
            count = text.count + 2
          }
        }
      }
    }
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    let short: Unicode.Scalar? =
      switch byte {
      case 0x08: "b"
      case 0x09: "t"
      case 0x0A: "n"
      case 0x0C: "f"
      case 0x0D: "r"
      case UInt8(ascii: "\""): "\""
      case UInt8(ascii: "\\"): "\\"
      default: nil
      }
    if let short {
      append(UInt8(ascii: "\\"))
      append(UInt8(ascii: short))
    } else if byte < 0x20 {
      append(contentsOf: (byte < 0x10 ? "\\u000" : "\\u00").utf8)
      append(contentsOf: String(byte, radix: 16).utf8)
    } else {
      append(byte)
    }
  }
}

extension Span<UInt8> {
  /// Whether a byte of this text must be escaped in a JSON string: looks at eight at a time.
  public var needsEscapes: Bool {
    guard count >= 8 else {
      for index in indices where self[index].needsEscape { return true }
      return false
    }
    var found: UInt64 = 0
    for offset in stride(from: 0, to: count - 8, by: 8) { found |= word(at: offset).escapes }
    // The last eight, some of them for the second time.
    found |= word(at: count - 8).escapes
    return found != 0
  }

  private func word(at offset: Int) -> UInt64 {
    // Any eight bytes are a UInt64, and the offset is checked.
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }
}

extension UInt8 {
  fileprivate var needsEscape: Bool {
    self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\")
  }
}

extension UInt64 {
  /// Not zero if one of these eight bytes needs an escape.
  ///
  /// Subtracting sets the high bit of a byte that is less. That may borrow from the next byte, but
  /// only where there is something to escape.
  fileprivate var escapes: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let controls = self &- (ones &* 0x20)
    let quotes = (self ^ (ones &* 0x22)) &- ones
    let backslashes = (self ^ (ones &* 0x5C)) &- ones
    return (controls | quotes | backslashes) & ~self & (ones &* 0x80)
  }
}

extension String {
  /// Whether this key comes before `other` in canonical JSON: by UTF-16 code units (RFC 8785
  /// section 3.2.3).
  ///
  /// UTF-8 sorts alike, except that U+E000 to U+FFFF (lead bytes EE and EF) come after the
  /// supplementary planes (lead bytes F0 to F4), which are surrogates in UTF-16.
  public func precedesCanonically(_ other: String) -> Bool {
    let left = utf8.span
    let right = other.utf8.span
    let count = min(left.count, right.count)
    for index in 0..<count where left[index] != right[index] {
      let (left, right) = (left[index], right[index])
      let leftIsSupplementary = left >= 0xF0
      guard left >= 0xEE, right >= 0xEE, leftIsSupplementary != (right >= 0xF0) else {
        return left < right
      }
      return leftIsSupplementary
    }
    return left.count < right.count
  }
}
