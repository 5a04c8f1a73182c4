import CZlib

/// Unpacks a *deflate* stream (RFC 1951) piece by piece, with zlib.
@safe
final class Inflater {
  private let stream: UnsafeMutablePointer<z_stream>
  private var output = [UInt8](repeating: 0, count: 1 << 16)

  /// Whether the stream said that it ends.
  private(set) var isAtEnd = false

  init() {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    guard unsafe assay_inflate_init_raw(stream) == Z_OK else {
      preconditionFailure("out of memory")
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Unpacks the next bytes.
  ///
  /// - Parameter body: Called with what they hold, in pieces.
  /// - Throws: ``ZipError`` if they are no such stream, or go on behind its end; what `body` throws.
  func inflate(_ piece: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
    var input = Array(piece)
    var usedCount = 0
    while usedCount < input.count {
      guard !isAtEnd else { throw ZipError("a packed file goes on behind its end") }
      let (status, readCount, writtenCount) = step(&input, from: usedCount)
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
        throw ZipError("a packed file is damaged")
      }
      isAtEnd = status == Z_STREAM_END
      usedCount += readCount
      if writtenCount > 0 { try body(output[..<writtenCount]) }
      guard readCount > 0 || writtenCount > 0 || isAtEnd else {
        throw ZipError("a packed file is damaged")
      }
    }
    // The output may have been full while all input was read.
    while !isAtEnd {
      let (status, _, writtenCount) = step(&input, from: input.count)
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
        throw ZipError("a packed file is damaged")
      }
      isAtEnd = status == Z_STREAM_END
      if writtenCount == 0 { break }
      try body(output[..<writtenCount])
    }
  }

  /// One call of zlib: it fills the output as far as the input goes.
  private func step(
    _ input: inout [UInt8],
    from start: Int
  ) -> (status: CInt, readCount: Int, writtenCount: Int) {
    let (inputCount, outputCount) = (input.count - start, output.count)
    // Both pointers are used during the call alone.
    let status = unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        unsafe stream.pointee.next_in = input.baseAddress.map { unsafe $0 + start }
        unsafe stream.pointee.avail_in = CUnsignedInt(inputCount)
        unsafe stream.pointee.next_out = output.baseAddress
        unsafe stream.pointee.avail_out = CUnsignedInt(outputCount)
        return unsafe CZlib.inflate(stream, Z_NO_FLUSH)
      }
    }
    return (
      status, inputCount - Int(unsafe stream.pointee.avail_in),
      outputCount - Int(unsafe stream.pointee.avail_out)
    )
  }

  /// The CRC-32 of bytes that come after others.
  static func checksum(_ bytes: ArraySlice<UInt8>, after checksum: UInt32) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      UInt32(
        truncatingIfNeeded: unsafe crc32(
          CUnsignedLong(checksum),
          bytes.baseAddress,
          CUnsignedInt(bytes.count)
        )
      )
    }
  }
}
