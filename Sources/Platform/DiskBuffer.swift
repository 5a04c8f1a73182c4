/// Bytes that are gathered in lanes and read back lane by lane, those of one lane in the order
/// given.
///
/// They are in memory up to a limit. When it is reached, all of them move to a nameless temporary
/// file, so that a lane has one piece there for each time that the limit was reached.
///
///     var buffer = DiskBuffer(laneCount: 2)
///     try buffer.append(to: 1) { $0 += record }
///     var pieces = buffer.pieces(of: 1)
///     while let bytes = try pieces.next() { … }
public struct DiskBuffer {
  /// How many bytes programs hold in memory before they use a file: one mebibyte.
  public static let memoryLimit = 1 << 20

  private let memoryLimit: Int
  private let folder: String
  private var file: TemporaryFile?
  private var heldByteCount = 0
  private var lanes: [Lane]

  /// How many bytes are in the file.
  public private(set) var storedByteCount = 0

  private struct Lane {
    /// Places in the file.
    var stored: [Range<Int>] = []

    var held: [UInt8] = []
  }

  /// A buffer of empty lanes.
  ///
  /// - Parameters:
  ///   - laneCount: How many lanes there are at first.
  ///   - memoryLimit: The most bytes in memory, besides those of the last record.
  ///   - folder: Where the file is made once it is needed.
  public init(
    laneCount: Int = 1,
    memoryLimit: Int = Self.memoryLimit,
    folder: String = FileSystem.temporaryFolder
  ) {
    (self.memoryLimit, self.folder) = (memoryLimit, folder)
    lanes = [Lane](repeating: Lane(), count: laneCount)
  }

  /// How many lanes there are.
  public var laneCount: Int { lanes.count }

  /// Adds an empty lane after the others.
  public mutating func addLane() { lanes.append(Lane()) }

  /// Lets `write` add one record at the end of a lane.
  ///
  /// A record is never divided between two pieces.
  ///
  /// - Throws: ``SystemError`` if the temporary file cannot be made, or takes no more.
  /// - Complexity: Amortized O(*b*), for *b* bytes.
  public mutating func append(
    to lane: Int = 0,
    _ write: (inout [UInt8]) -> Void
  ) throws(SystemError) {
    let before = lanes[lane].held.count
    write(&lanes[lane].held)
    heldByteCount += lanes[lane].held.count - before
    if heldByteCount >= memoryLimit { try store() }
  }

  /// Moves what is in memory to the file.
  private mutating func store() throws(SystemError) {
    let file = if let file { file } else { try TemporaryFile(in: folder) }
    self.file = file
    var bytes: [UInt8] = []
    bytes.reserveCapacity(heldByteCount)
    for index in lanes.indices where !lanes[index].held.isEmpty {
      let start = storedByteCount + bytes.count
      bytes += lanes[index].held
      lanes[index].stored.append(start..<storedByteCount + bytes.count)
      lanes[index].held = []
    }
    try file.append(bytes)
    storedByteCount += bytes.count
    heldByteCount = 0
  }

  /// The bytes of a lane so far, without those that are added later.
  public func pieces(of lane: Int = 0) -> Pieces {
    Pieces(stored: lanes[lane].stored, held: lanes[lane].held, file: file)
  }

  /// The bytes of a lane, in pieces of whole records.
  public struct Pieces: Sendable {
    private let stored: [Range<Int>]
    private let held: [UInt8]
    private let file: TemporaryFile?

    /// The number of the next piece; the one in memory is the last.
    private var index = 0

    fileprivate init(stored: [Range<Int>], held: [UInt8], file: TemporaryFile?) {
      (self.stored, self.held, self.file) = (stored, held, file)
    }

    /// Whether there are no bytes.
    public var isEmpty: Bool { stored.isEmpty && held.isEmpty }

    /// The next piece; `nil` after the last.
    ///
    /// - Throws: ``SystemError`` if the disk does not give it back.
    public mutating func next() throws(SystemError) -> [UInt8]? {
      guard index <= stored.count else { return nil }
      defer { index += 1 }
      if index < stored.count, let file { return try file.bytes(at: stored[index]) }
      return held
    }
  }
}
