public import Ledger
import Merkle

/// Brings the log of a ledger into a stream of messages, from which others follow it.
///
/// The truth is the ledger; the stream is a way to carry it. Each step reads how far the stream is, and adds slices
/// of what it lacks and a signed checkpoint. A message is added only behind the one that this publisher saw last:
/// so one that was paused while another claimed the stream adds nothing any more, and an answer that was lost is
/// resolved by reading. What the stream forgot is written again.
public struct Publisher {
  /// What is published, and as whom.
  public struct Settings: Sendable {
    /// The path of the ledger's file.
    public var path: String

    /// The key that signs checkpoints and claims.
    public var key: SigningKey

    /// What the checkpoint calls the ledger.
    public var origin: String

    /// An event from which to publish anew, though the stream has later ones; `nil` for none.
    public var refillStart: UInt64?

    /// A publisher of the ledger at `path`.
    ///
    /// - Parameter origin: `nil` for the key's name.
    public init(path: String, key: SigningKey, origin: String? = nil, refillStart: UInt64? = nil) {
      (self.path, self.key, self.refillStart) = (path, key, refillStart)
      self.origin = origin ?? key.name
    }
  }

  /// What a step did.
  public struct Step: Hashable, Sendable {
    /// How many events were added to the stream.
    public var count: UInt64

    /// What the stream now holds, with a signed checkpoint.
    public var treeHead: TreeHead

    /// The sequence of the claim with which this publisher writes.
    public var epoch: UInt64
  }

  /// How far the stream is, as this publisher left it.
  private struct Position {
    let claim: StreamClaim
    var sequence: UInt64
    var end: TreeHead
    var checkpoint: TreeHead?
  }

  let settings: Settings
  let stream: any MessageStream
  private var position: Position?

  /// From which event on to publish anew; `nil` once that was claimed.
  private var refillStart: UInt64?

  /// A publisher of a ledger to a stream.
  public init(_ settings: Settings, stream: any MessageStream) {
    (self.settings, self.stream, refillStart) = (settings, stream, settings.refillStart)
  }

  /// Where two checkpoints are kept that cannot both be true.
  public var evidencePath: String { settings.path + ".split-view" }

  /// How many times a step begins anew where others add messages between its own.
  private static let attemptCountMax = 8

  /// Publishes what the ledger holds beyond the stream.
  ///
  /// - Throws: ``ReplicationError``: `unreachable`, after which the step can be done again, `fenced`, `shorter` or
  ///   `splitView`; `LedgerError` if this machine fails.
  /// - Complexity: O(*k* log *n*), for *k* new events after *n*.
  public mutating func step() async throws -> Step {
    let ledger = try Ledger(path: settings.path, access: .readOnly)
    let own = try ledger.read { TreeHead(size: $0.head, root: try $0.root) }
    var count: UInt64 = 0
    for _ in 0..<Self.attemptCountMax {
      var position = try await currentPosition(ledger)
      if position.checkpoint == own {
        return Step(count: count, treeHead: own, epoch: position.claim.sequence)
      }
      let before = position.end.size
      if try await add(upTo: own, of: ledger, at: &position) {
        count += own.size - before
        self.position = position
        return Step(count: count, treeHead: own, epoch: position.claim.sequence)
      }
      count += position.end.size - before
      self.position = position
    }
    throw ReplicationError(
      .unreachable,
      "others add messages to the stream between those of this writer",
      remedy: "let nobody else write to it"
    )
  }

  /// Adds what is lacking; `false` if another message came between, which is then looked at.
  private mutating func add(
    upTo own: TreeHead,
    of ledger: Ledger,
    at position: inout Position
  ) async throws -> Bool {
    var pieces = SlicePieces(from: position.end.size, to: own.size, of: ledger)
    while let (lines, next) = try pieces.next() {
      let end =
        next == own.size
        ? own : TreeHead(size: next, root: try root(of: ledger, at: next))
      let slice = StreamSlice(
        epoch: position.claim.epoch,
        start: position.end,
        end: end,
        lines: lines
      )
      // What an answer that is lost leaves unknown is read by the next step.
      self.position = position
      guard try await stream.append(StreamMessage.slice(slice).encoded, after: position.sequence)
      else { return false }
      position.sequence += 1
      position.end = end
    }
    self.position = position
    let checkpoint = try ledger.read(at: Times(recordedAt: .head(own.size))) {
      try $0.checkpoint(origin: settings.origin, signedWith: settings.key)
    }
    let message = StreamMessage.checkpoint(checkpoint, epoch: position.claim.epoch)
    guard try await stream.append(message.encoded, after: position.sequence) else { return false }
    position.sequence += 1
    position.checkpoint = own
    return true
  }

  /// The tree of no events.
  private static let nothing = TreeHead(size: 0, root: MerkleFrontier().root.hexadecimal)

  // MARK: Where the stream is

  /// How far the stream is, after all that was added since; claims it if nobody did, or if something was lost.
  private mutating func currentPosition(_ ledger: Ledger) async throws -> Position {
    guard var known = position else { return try await claim(ledger) }
    let last = try await stream.lastSequence()
    // A stream that holds less than was added has lost it.
    guard last >= known.sequence, let newest = try await stream.message(at: known.sequence),
      (try? StreamMessage(newest, at: known.sequence))?.epoch == known.claim.epoch
    else { return try await claim(ledger) }
    while known.sequence < last {
      let sequence = known.sequence + 1
      guard let encoded = try await stream.message(at: sequence),
        let message = try? StreamMessage(encoded, at: sequence)
      else { return try await claim(ledger) }
      if case .claim(let claim) = message, isGenuine(claim, at: sequence), claim != known.claim {
        throw ReplicationError(
          .fenced,
          "another writer claimed the stream, with message \(sequence)",
          remedy: "nothing more is published from here: one ledger has one writer"
        )
      }
      guard message.epoch == known.claim.epoch, message.treeHead.size >= known.end.size,
        message.treeHead.size <= (try ledger.read { $0.head }),
        message.treeHead.root == (try root(of: ledger, at: message.treeHead.size))
      else { return try await claim(ledger) }
      // Its answer was lost.
      if case .checkpoint(let checkpoint, _) = message { known.checkpoint = checkpoint.treeHead }
      (known.sequence, known.end) = (sequence, message.treeHead)
    }
    position = known
    return known
  }

  private func isGenuine(_ claim: StreamClaim, at sequence: UInt64) -> Bool {
    claim.isGenuine(settings.key.verifier, origin: settings.origin, at: sequence)
  }

  /// Claims the stream, from the last event on that it holds as the ledger does.
  private mutating func claim(_ ledger: Ledger) async throws -> Position {
    try await stream.create()
    for _ in 0..<Self.attemptCountMax {
      let last = try await stream.lastSequence()
      try await checkCheckpoint(ledger)
      let (start, previous) = try await startingPoint(ledger, last: last)
      let claim = try StreamClaim(
        origin: settings.origin,
        sequence: last + 1,
        start: start,
        previous: previous,
        key: settings.key
      )
      guard try await stream.append(StreamMessage.claim(claim).encoded, after: last) else {
        continue
      }
      refillStart = nil
      let found = Position(claim: claim, sequence: last + 1, end: start)
      position = found
      return found
    }
    throw ReplicationError(
      .unreachable,
      "others add messages to the stream all the time",
      remedy: "let nobody else write to it"
    )
  }

  /// The newest checkpoint that this key signed must be of this ledger.
  private func checkCheckpoint(_ ledger: Ledger) async throws {
    guard let (sequence, encoded) = try await stream.newestCheckpoint(),
      case .checkpoint(let checkpoint, _)? = try? StreamMessage(encoded, at: sequence),
      (try? settings.key.verifier.hasSigned(checkpoint)) == true,
      checkpoint.origin == settings.origin
    else { return }
    let own = try ledger.read { $0.head }
    guard checkpoint.treeHead.size <= own else {
      throw ReplicationError(
        .shorter,
        "the stream holds \(checkpoint.treeHead.size) events, and this ledger \(own)",
        remedy: "it was restored from a backup, or is another's: follow the stream into it first"
      )
    }
    let view = try ledger.read(at: Times(recordedAt: .head(checkpoint.treeHead.size))) {
      try $0.checkpoint(origin: settings.origin, signedWith: settings.key)
    }
    guard view.treeHead == checkpoint.treeHead else {
      throw try SplitView(checkpoint, view).kept(
        at: evidencePath,
        "the stream's checkpoint of \(checkpoint.treeHead.size) events has another root than this ledger"
      )
    }
  }

  /// From which event on to publish, and where those before it stand.
  ///
  /// Messages that are damaged, that nobody signed for, or that this ledger does not have are passed over.
  private func startingPoint(
    _ ledger: Ledger,
    last: UInt64
  ) async throws -> (TreeHead, StreamClaim.Place?) {
    let own = try ledger.read { $0.head }
    let limit = min(refillStart ?? own, own)
    var (sequence, claim) = (last, StreamClaim?.none)
    while sequence > 0 {
      guard let encoded = try await stream.message(at: sequence),
        let message = try? StreamMessage(encoded, at: sequence)
      else {
        sequence -= 1
        continue
      }
      if claim?.epoch != message.epoch { claim = try await genuineClaim(of: message) }
      if let claim, message.treeHead.size <= limit,
        message.treeHead.root == (try root(of: ledger, at: message.treeHead.size))
      {
        return (message.treeHead, StreamClaim.Place(claim: claim.sequence, last: sequence))
      }
      // What came before a claim stands where it says, and not always right before it.
      if let claim, sequence == claim.sequence {
        sequence = claim.previous?.last ?? 0
      } else {
        sequence -= 1
      }
    }
    return (Self.nothing, nil)
  }

  /// The claim with which a message goes, if it stands there.
  private func genuineClaim(of message: StreamMessage) async throws -> StreamClaim? {
    let sequence = message.epoch.sequence
    guard let encoded = try await stream.message(at: sequence),
      case .claim(let claim)? = try? StreamMessage(encoded, at: sequence),
      claim.epoch == message.epoch, isGenuine(claim, at: sequence)
    else { return nil }
    return claim
  }

  private func root(of ledger: Ledger, at size: UInt64) throws -> String {
    guard size > 0 else { return Self.nothing.root }
    return try ledger.read(at: Times(recordedAt: .head(size))) { try $0.root }
  }
}

/// The lines of a range of events, in pieces that one message holds.
private struct SlicePieces {
  private let ledger: Ledger
  private var start: UInt64
  private let end: UInt64
  private var ready: [(lines: [UInt8], next: UInt64)] = []

  /// How many events are read at a time.
  private static let countMax: UInt64 = 16_384

  init(from start: UInt64, to end: UInt64, of ledger: Ledger) {
    (self.start, self.end, self.ledger) = (start, end, ledger)
  }

  /// The next lines, with line feeds, and the event behind them.
  mutating func next() throws -> (lines: [UInt8], next: UInt64)? {
    if ready.isEmpty, start < end { try fill() }
    return ready.isEmpty ? nil : ready.removeFirst()
  }

  private mutating func fill() throws {
    var (lines, next) = ([UInt8](), start)
    let last = min(end, start + Self.countMax)
    var pieces = ready
    try ledger.export(from: start, to: last) { chunk in
      for line in chunk.split(separator: UInt8(ascii: "\n")) {
        if lines.count + line.count + 1 > StreamSlice.byteCountMax {
          pieces.append((lines, next))
          lines = []
        }
        lines += line
        lines.append(UInt8(ascii: "\n"))
        next += 1
      }
    }
    if !lines.isEmpty { pieces.append((lines, next)) }
    (ready, start) = (pieces, next)
  }
}
