extension Span<UInt8> {
  /// The little-endian integer that starts at `offset`, at whatever alignment.
  ///
  /// - Precondition: All its bytes lie within the span.
  @inlinable
  public func littleEndian<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ type: Integer.Type = Integer.self,
    at offset: Int
  ) -> Integer {
    precondition(offset >= 0 && offset + MemoryLayout<Integer>.size <= count, "out of bounds")
    // Bounds are checked above; every bit pattern is an integer.
    return unsafe Integer(
      littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Integer.self)
    )
  }

  /// The big-endian integer that starts at `offset`, at whatever alignment.
  ///
  /// - Precondition: All its bytes lie within the span.
  @inlinable
  public func bigEndian<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ type: Integer.Type = Integer.self,
    at offset: Int
  ) -> Integer {
    Integer(littleEndian: littleEndian(Integer.self, at: offset)).byteSwapped
  }
}

extension Span<UInt64> {
  /// Calls `body` with the bytes of the integers as they lie in memory: most significant first, if
  /// they are big-endian.
  ///
  /// - Throws: What `body` throws.
  @inlinable
  public func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // Integers have no padding, and any of their bytes is a UInt8.
    try unsafe withUnsafeBytes { raw throws(Failure) in
      try unsafe raw.withMemoryRebound(to: UInt8.self) { bytes throws(Failure) in
        try body(unsafe bytes.span)
      }
    }
  }
}

extension Span<UInt8> {
  /// The bytes from `offset` to the end.
  ///
  /// - Precondition: `offset` is at most the count.
  public func copied(from offset: Int = 0) -> [UInt8] {
    // The buffer does not outlive the closure.
    unsafe withUnsafeBufferPointer { buffer in unsafe Array(buffer[offset...]) }
  }
}

extension [UInt8] {
  /// Appends an integer, least significant byte first.
  @inlinable
  public mutating func append(littleEndian integer: some FixedWidthInteger) {
    for shift in stride(from: 0, to: integer.bitWidth, by: 8) {
      append(UInt8(truncatingIfNeeded: integer >> shift))
    }
  }

  /// Appends an integer, most significant byte first: byte order is then numeric order.
  @inlinable
  public mutating func append(bigEndian integer: some FixedWidthInteger) {
    append(littleEndian: integer.byteSwapped)
  }
}

extension ArraySlice<UInt8> {
  /// Takes an integer from the start, least significant byte first.
  ///
  /// - Precondition: So many bytes are left.
  @inlinable
  public mutating func popLittleEndian<Integer: FixedWidthInteger>(
    _ type: Integer.Type = Integer.self
  ) -> Integer {
    var integer: Integer = 0
    for index in 0..<MemoryLayout<Integer>.size {
      integer |= Integer(truncatingIfNeeded: self[startIndex + index]) << (8 * index)
    }
    removeFirst(MemoryLayout<Integer>.size)
    return integer
  }
}
