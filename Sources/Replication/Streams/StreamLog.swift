public import Ledger
public import Merkle
import Synchronization

/// The log of a ledger as its writer publishes it to a stream of messages.
///
/// The newest checkpoint names a claim; the messages between the two hold events in order, from the one with which
/// the claim starts. Events before that one stand with the claim before, and so on.
public final class StreamLog: LogSource {
  private let stream: any MessageStream

  /// The slice that was read last.
  private let recent = Mutex<(sequence: UInt64, slice: StreamSlice, lines: [ArraySlice<UInt8>])?>(
    nil
  )

  /// Servers that were away show what they had.
  public var isReplicated: Bool { true }

  /// The log in a stream.
  public init(_ stream: any MessageStream) { self.stream = stream }

  /// The newest checkpoint of the stream.
  ///
  /// - Throws: ``ReplicationError`` of the code `unreachable` or `malformed`.
  public func checkpoint() async throws -> KeptCheckpoint { try await newest().checkpoint }

  private func newest() async throws -> (
    sequence: UInt64, checkpoint: KeptCheckpoint, epoch: StreamMessage.Epoch
  ) {
    guard let (sequence, encoded) = try await stream.newestCheckpoint() else {
      throw ReplicationError(
        .unreachable,
        "the stream has no checkpoint yet",
        remedy: "start who publishes the ledger; trying again may help"
      )
    }
    guard case .checkpoint(let checkpoint, let epoch) = try StreamMessage(encoded, at: sequence)
    else {
      throw missing(sequence, "a checkpoint")
    }
    return (sequence, checkpoint, epoch)
  }

  /// Calls `body` with each line of the slices that hold the events.
  ///
  /// - Throws: ``ReplicationError`` of the code `unreachable`, `malformed` or `altered`; what `body` throws.
  /// - Complexity: O(*k*) for *k* events, and O(log *m*) requests for *m* messages.
  public func lines(
    from start: UInt64,
    to end: UInt64,
    size: UInt64,
    _ body: (ArraySlice<UInt8>) throws -> Void
  ) async throws {
    var next = start
    while next < end {
      let (slice, lines) = try await read(next)
      let last = min(end, slice.end.size)
      for line in lines[Int(next - slice.start.size)..<Int(last - slice.start.size)] {
        try body(line)
      }
      next = last
    }
  }

  /// The hashes of 256 events, made from their lines.
  ///
  /// - Throws: As ``lines(from:to:size:_:)``.
  public func leaves(ofTile index: UInt64, size: UInt64) async throws -> [MerkleHash] {
    var leaves: [MerkleHash] = []
    try await lines(from: 256 * index, to: min(size, 256 * (index + 1)), size: size) { line in
      leaves.append(MerkleHash.leaf(Array(line).span))
    }
    return leaves
  }

  // MARK: Slices

  /// The slice that holds an event, and its lines.
  private func read(_ event: UInt64) async throws -> (StreamSlice, [ArraySlice<UInt8>]) {
    let recent = recent.withLock { $0 }
    if let recent, Self.holds(recent.slice, event) { return (recent.slice, recent.lines) }
    var found: (sequence: UInt64, slice: StreamSlice)?
    if let recent, recent.slice.end.size == event {
      // Most often the message behind the last one.
      let sequence = recent.sequence + 1
      if case .slice(let slice)? = try? await message(at: sequence), Self.holds(slice, event),
        slice.epoch == recent.slice.epoch
      {
        found = (sequence, slice)
      }
    }
    if found == nil { found = try await search(event) }
    guard let (sequence, slice) = found else { throw missing(0, "event \(event)") }
    let lines = try slice.lines()
    self.recent.withLock { $0 = (sequence, slice, lines) }
    return (slice, lines)
  }

  private static func holds(_ slice: StreamSlice, _ event: UInt64) -> Bool {
    slice.start.size <= event && event < slice.end.size
  }

  /// Finds the slice that holds an event: the claim first, then by halves.
  private func search(_ event: UInt64) async throws -> (sequence: UInt64, slice: StreamSlice) {
    let (sequence, _, epoch) = try await newest()
    var place = StreamClaim.Place(claim: epoch.sequence, last: sequence)
    while true {
      guard case .claim(let claim) = try await message(at: place.claim) else {
        throw missing(place.claim, "a claim")
      }
      guard event < claim.start.size else {
        return try await search(event, between: place, of: claim.epoch)
      }
      guard let previous = claim.previous, previous.claim < place.claim else {
        throw missing(place.claim, "event \(event)")
      }
      place = previous
    }
  }

  private func search(
    _ event: UInt64,
    between place: StreamClaim.Place,
    of epoch: StreamMessage.Epoch
  ) async throws -> (sequence: UInt64, slice: StreamSlice) {
    var (low, high) = (place.claim + 1, place.last)
    while low < high {
      let middle = low + (high - low) / 2
      if try await message(at: middle).treeHead.size > event {
        high = middle
      } else {
        low = middle + 1
      }
    }
    guard low == high, case .slice(let slice) = try await message(at: low),
      Self.holds(slice, event),
      slice.epoch == epoch
    else { throw missing(low, "event \(event)") }
    return (low, slice)
  }

  private func message(at sequence: UInt64) async throws -> StreamMessage {
    guard let encoded = try await stream.message(at: sequence) else {
      throw missing(sequence, "the message")
    }
    return try StreamMessage(encoded, at: sequence)
  }

  private func missing(_ sequence: UInt64, _ what: String) -> ReplicationError {
    ReplicationError(
      .malformed,
      "the stream does not have \(what) where it should stand, at message \(sequence)",
      remedy: ReplicationError.refillRemedy
    )
  }
}
