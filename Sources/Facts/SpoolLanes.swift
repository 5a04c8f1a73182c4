/// How much of what is gathered stays in memory, and where the rest goes.
public struct SpoolRoom {
  /// The most bytes in memory.
  public var byteCountMax: Int

  let makeStorage: () throws -> any SpoolStorage

  /// Room for `byteCountMax` bytes in memory, and for the rest in a storage.
  ///
  /// - Parameter makeStorage: Called by each that gathers, when it has gathered so much.
  public init(byteCountMax: Int, makeStorage: @escaping () throws -> any SpoolStorage) {
    (self.byteCountMax, self.makeStorage) = (byteCountMax, makeStorage)
  }

  /// Room for everything, in memory.
  public static var memory: SpoolRoom {
    SpoolRoom(byteCountMax: .max) { preconditionFailure("there is no limit to reach") }
  }
}

/// Where a spool puts what it does not hold: bytes that are written once, at the end, and read by
/// their place.
public protocol SpoolStorage: AnyObject, Sendable {
  /// Adds bytes at the end.
  func append(_ bytes: [UInt8]) throws

  /// The bytes at `range`, all of which were appended.
  func bytes(at range: Range<Int>) throws -> [UInt8]
}

/// Bytes gathered in lanes, and given back lane by lane: those of one lane in the order given.
///
/// What is gathered lies in memory up to a limit. Then all of it goes to a storage, so that a lane
/// has one piece there for each time that the limit was reached.
public struct SpoolLanes {
  private let room: SpoolRoom
  private var storage: (any SpoolStorage)?
  private var storedByteCount = 0
  private var heldByteCount = 0
  private var lanes: [Lane]

  private struct Lane {
    /// Places in the storage.
    var stored: [Range<Int>] = []

    var held: [UInt8] = []
  }

  /// So many lanes, all empty.
  public init(count: Int = 1, room: SpoolRoom) {
    self.room = room
    lanes = [Lane](repeating: Lane(), count: count)
  }

  /// How many lanes there are.
  public var count: Int { lanes.count }

  /// Adds an empty lane after the others.
  mutating func addLane() { lanes.append(Lane()) }

  /// Lets `write` add bytes at the end of a lane, which stay in one piece.
  ///
  /// - Throws: What keeps the storage from taking them.
  public mutating func append(to lane: Int, _ write: (inout [UInt8]) -> Void) throws {
    let before = lanes[lane].held.count
    write(&lanes[lane].held)
    heldByteCount += lanes[lane].held.count - before
    if heldByteCount >= room.byteCountMax { try store() }
  }

  /// Moves what is held to the storage.
  private mutating func store() throws {
    let storage = try storage ?? room.makeStorage()
    self.storage = storage
    var bytes: [UInt8] = []
    bytes.reserveCapacity(heldByteCount)
    for index in lanes.indices where !lanes[index].held.isEmpty {
      let start = storedByteCount + bytes.count
      bytes += lanes[index].held
      lanes[index].stored.append(start..<storedByteCount + bytes.count)
      lanes[index].held = []
    }
    try storage.append(bytes)
    storedByteCount += bytes.count
    heldByteCount = 0
  }

  /// What was added to a lane so far.
  public func pieces(of lane: Int) -> SpooledPieces {
    SpooledPieces(stored: lanes[lane].stored, held: lanes[lane].held, storage: storage)
  }
}

/// The bytes of a lane, in pieces.
public struct SpooledPieces: Sendable {
  private let stored: [Range<Int>]
  private let held: [UInt8]
  private let storage: (any SpoolStorage)?

  /// The number of the next piece; the one that is held is the last.
  private var index = 0

  fileprivate init(stored: [Range<Int>], held: [UInt8], storage: (any SpoolStorage)?) {
    (self.stored, self.held, self.storage) = (stored, held, storage)
  }

  /// Whether there are no bytes.
  var isEmpty: Bool { stored.isEmpty && held.isEmpty }

  /// The next piece; `nil` after the last.
  ///
  /// - Throws: What keeps the storage from giving it.
  public mutating func next() throws -> [UInt8]? {
    guard index <= stored.count else { return nil }
    defer { index += 1 }
    if index < stored.count, let storage { return try storage.bytes(at: stored[index]) }
    return held
  }
}
