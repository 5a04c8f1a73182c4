import CZstd

/// Packs bytes as one frame of Zstandard (RFC 8878), with libzstd.
enum Zstandard {
  /// The level that libzstd takes for a good middle between time and size.
  private static let level: Int32 = 3

  /// One frame that holds the bytes and says how many they are.
  ///
  /// - Complexity: O(*n*).
  static func packed(_ bytes: [UInt8]) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { output, count in
      let written = unsafe bytes.withUnsafeBytes { input in
        unsafe ZSTD_compress(
          output.baseAddress,
          output.count,
          input.baseAddress,
          input.count,
          level
        )
      }
      precondition(ZSTD_isError(written) == 0, "The output has room for every input.")
      count = written
    }
  }

  /// The bytes that one frame holds.
  ///
  /// - Parameter byteCountMax: How many it may hold. The frame itself says how many there are; no more memory is
  ///   taken than it says.
  /// - Throws: ``ZstandardError`` if it is no whole frame, does not say its size, or holds more.
  /// - Complexity: O(*n*).
  static func unpacked(
    _ bytes: [UInt8],
    byteCountMax: Int
  ) throws(ZstandardError) -> [UInt8] {
    let said = unsafe bytes.withUnsafeBytes {
      unsafe ZSTD_getFrameContentSize($0.baseAddress, $0.count)
    }
    // The two largest numbers say that there is no size, or no frame.
    guard said <= UInt64(byteCountMax) else {
      throw ZstandardError("it is no frame of Zstandard of at most \(byteCountMax) bytes")
    }
    var isWhole = false
    let unpacked = unsafe [UInt8](unsafeUninitializedCapacity: Int(said)) { output, count in
      let written = unsafe bytes.withUnsafeBytes { input in
        unsafe ZSTD_decompress(output.baseAddress, output.count, input.baseAddress, input.count)
      }
      isWhole = ZSTD_isError(written) == 0 && written == Int(said)
      count = isWhole ? written : 0
    }
    guard isWhole else { throw ZstandardError("a frame of Zstandard is damaged") }
    return unpacked
  }
}

/// A frame that is damaged, or larger than it may be.
struct ZstandardError: Error {
  /// What is wrong.
  let message: String

  init(_ message: String) { self.message = message }
}
