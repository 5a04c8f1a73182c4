import Platform

/// One page of a data file, as it was read.
///
/// Its bytes are not believed: every offset in them is checked before it is followed. The layout is
/// that of LMDB 0.9 (data format 1) on 64-bit little-endian machines: a header of 16 bytes, then the
/// offsets of the nodes, then free space, then the nodes.
struct Page {
  let bytes: [UInt8]

  static let headerByteCount = 16
  static let nodeHeaderByteCount = 8

  /// What a page is, in its header.
  enum Flag {
    static let branch: UInt16 = 0x01
    static let leaf: UInt16 = 0x02
    static let overflow: UInt16 = 0x04
  }

  private enum Offset {
    static let number = 0
    static let flags = 10
    static let lower = 12
    static let upper = 14
    static let overflowPageCount = 12
  }

  /// The number that the page records as its own.
  var number: UInt64 { bytes.span.littleEndian(at: Offset.number) }

  var flags: UInt16 { bytes.span.littleEndian(at: Offset.flags) }

  /// Where the offsets of the nodes end.
  var lower: Int { Int(bytes.span.littleEndian(UInt16.self, at: Offset.lower)) }

  /// Where the nodes begin.
  var upper: Int { Int(bytes.span.littleEndian(UInt16.self, at: Offset.upper)) }

  /// How many pages a value takes that begins on this one.
  var overflowPageCount: Int {
    Int(bytes.span.littleEndian(UInt32.self, at: Offset.overflowPageCount))
  }

  /// How many nodes the page has; 0 if that cannot be.
  var nodeCount: Int {
    let end = lower
    guard end >= Self.headerByteCount, end <= bytes.count else { return 0 }
    return (end - Self.headerByteCount) / 2
  }

  /// Node `index`, or `nil` if it does not lie within the page.
  func node(_ index: Int) -> Node? {
    let slot = Self.headerByteCount + 2 * index
    return Node(bytes.span, at: Int(bytes.span.littleEndian(UInt16.self, at: slot)))
  }

  /// An entry of a page: in a leaf a key and its value, in a branch a key and the page where it and
  /// what follows it is found.
  struct Node {
    /// The first byte of the node in its page.
    let offset: Int

    /// What the value is: see ``Flag``.
    let flags: UInt16

    let keyByteCount: Int

    /// How long the value is, wherever it lies.
    let valueByteCount: Int

    /// The page that a node of a branch leads to.
    let child: UInt64

    enum Flag {
      /// The value lies on overflow pages; here is the number of the first one.
      static let isOnOverflowPages: UInt16 = 0x01

      /// The value is the record of a table.
      static let isTable: UInt16 = 0x02
    }

    var key: Range<Int> {
      let start = offset + Page.nodeHeaderByteCount
      return start..<start + keyByteCount
    }

    /// The bytes in the leaf: the value, or the number of its first overflow page.
    var inlineValue: Range<Int> { key.upperBound..<key.upperBound + inlineByteCount }

    var isOnOverflowPages: Bool { flags & Flag.isOnOverflowPages != 0 }

    private var inlineByteCount: Int { isOnOverflowPages ? 8 : valueByteCount }

    fileprivate init?(_ page: Span<UInt8>, at offset: Int) {
      guard offset >= Page.headerByteCount, offset + Page.nodeHeaderByteCount <= page.count else {
        return nil
      }
      self.offset = offset
      let low = page.littleEndian(UInt32.self, at: offset)
      flags = page.littleEndian(at: offset + 4)
      keyByteCount = Int(page.littleEndian(UInt16.self, at: offset + 6))
      valueByteCount = Int(low)
      child = UInt64(low) | UInt64(flags) << 32
      guard key.upperBound <= page.count else { return nil }
    }
  }
}
