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
  /// - Complexity: O(*k*) for *k* events. Some requests for each slice, one for each claim since the first event, and
  ///   O(log *m*) for the first event, with *m* messages of its claim.
  public func lines(
    from start: UInt64,
    to end: UInt64,
    size: UInt64,
    _ body: (ArraySlice<UInt8>) throws -> Void
  ) async throws {
    var next = start
    var parts: [Part] = []
    while next < end {
      let (slice, lines) = try await read(next, &parts)
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

  /// A claim, and the last message that goes with it.
  private struct Part {
    let claim: StreamClaim
    let last: UInt64
  }

  /// The slice that holds an event, and its lines.
  ///
  /// - Parameter parts: The claims that were walked until now, the newest first.
  private func read(
    _ event: UInt64,
    _ parts: inout [Part]
  ) async throws -> (StreamSlice, [ArraySlice<UInt8>]) {
    let recent = recent.withLock { $0 }
    if let recent, Self.holds(recent.slice, event) { return (recent.slice, recent.lines) }
    var found: (sequence: UInt64, slice: StreamSlice)?
    if let recent, recent.slice.end.size == event {
      // Most often the message behind the last one, or behind the checkpoint that follows that.
      found = try await slice(holding: event, of: recent.slice.epoch, after: recent.sequence)
    }
    if found == nil {
      let part = try await part(holding: event, &parts)
      if part.claim.start.size == event {
        found = try await slice(holding: event, of: part.claim.epoch, after: part.claim.sequence)
      }
      if found == nil { found = try await search(event, in: part) }
    }
    guard let (sequence, slice) = found else { throw missing(0, "event \(event)") }
    let lines = try slice.lines()
    self.recent.withLock { $0 = (sequence, slice, lines) }
    return (slice, lines)
  }

  private static func holds(_ slice: StreamSlice, _ event: UInt64) -> Bool {
    slice.start.size <= event && event < slice.end.size
  }

  /// One of the two messages behind another, if it is a slice of the claim and holds the event.
  private func slice(
    holding event: UInt64,
    of epoch: StreamMessage.Epoch,
    after sequence: UInt64
  ) async throws -> (sequence: UInt64, slice: StreamSlice)? {
    for next in sequence + 1...sequence + 2 {
      guard let message = try? await message(at: next), message.epoch == epoch else { return nil }
      if case .slice(let slice) = message {
        return Self.holds(slice, event) ? (next, slice) : nil
      }
    }
    return nil
  }

  /// The claim under which an event stands: from the newest checkpoint on, each claim names the one before.
  private func part(holding event: UInt64, _ parts: inout [Part]) async throws -> Part {
    if parts.isEmpty {
      let (sequence, _, epoch) = try await newest()
      try await walk(to: StreamClaim.Place(claim: epoch.sequence, last: sequence), &parts)
    }
    while true {
      if let part = parts.first(where: { $0.claim.start.size <= event }) { return part }
      let newer = parts[parts.count - 1].claim
      guard let previous = newer.previous, previous.claim < newer.sequence else {
        throw missing(newer.sequence, "event \(event)")
      }
      try await walk(to: previous, &parts)
    }
  }

  private func walk(to place: StreamClaim.Place, _ parts: inout [Part]) async throws {
    guard case .claim(let claim) = try await message(at: place.claim),
      claim.sequence == place.claim
    else { throw missing(place.claim, "a claim") }
    parts.append(Part(claim: claim, last: place.last))
  }

  /// Finds the slice that holds an event by halves.
  private func search(
    _ event: UInt64,
    in part: Part
  ) async throws -> (sequence: UInt64, slice: StreamSlice) {
    var (low, high) = (part.claim.sequence + 1, part.last)
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
      slice.epoch == part.claim.epoch
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
