import Glibc

extension Array {
  /// Reserves room for `count` elements, in large pages of memory where the system has them.
  ///
  /// For millions of elements: each page that is touched for the first time is a call of the kernel,
  /// and a processor remembers where some hundred pages are. It is a wish: nothing fails without.
  ///
  /// - Complexity: O(*n*) for the elements there are.
  public mutating func reserveInLargePages(_ count: Int) {
    reserveCapacity(count)
    let byteCount = capacity * MemoryLayout<Element>.stride
    guard byteCount >= Self.largePageByteCount * 2 else { return }
    // The room is the array's own from here on, as far as its capacity goes.
    unsafe withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      let mask = Self.largePageByteCount - 1
      let offset = -Int(bitPattern: start) & mask
      unsafe madvise(start + offset, (byteCount - offset) & ~mask, MADV_HUGEPAGE)
    }
  }

  private static var largePageByteCount: Int { 1 << 21 }
}
