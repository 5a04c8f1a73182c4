import Facts
import JSON
public import Ledger
import Merkle
import Platform

/// Keeps a ledger equal to another one, which it believes nothing but what a signed checkpoint proves.
///
/// Each step gets the newest checkpoint, and the events between this ledger's head and the checkpoint; it
/// applies them in one transaction, which is committed only if the root is then the checkpoint's. The
/// checkpoint is kept beside the ledger (`FILE.checkpoint`), cosigned if there is a key for that: it tells what
/// this mirror holds (C2SP tlog-mirror, tlog-cosignature), and what the other ledger can never take back.
///
/// A ledger that follows has no other writer. A follower in one process at a time does a step.
public struct Follower {
  /// What is followed, and how.
  public struct Settings: Sendable {
    /// The path of this ledger's file; it is made with the first events.
    public var path: String

    /// The key that must have signed each checkpoint.
    public var key: VerifierKey

    /// What the checkpoint calls the other ledger; `nil` for the key's name.
    public var origin: String?

    /// The key that cosigns what this ledger holds; `nil` for none.
    public var mirror: SigningKey?

    /// A follower at `path` of the ledger whose checkpoints are signed with `key`.
    public init(
      path: String,
      key: VerifierKey,
      origin: String? = nil,
      mirror: SigningKey? = nil
    ) {
      (self.path, self.key, self.origin, self.mirror) = (path, key, origin, mirror)
    }
  }

  /// What a step did.
  public struct Step: Hashable, Sendable {
    /// How many events were applied.
    public var count: UInt64

    /// What this ledger holds.
    public var treeHead: TreeHead
  }

  private let settings: Settings
  private let source: any LogSource
  private let mirror: Witness?

  /// A follower of the log that `source` gives.
  ///
  /// - Throws: ``LedgerError`` of the code `refused` if the mirror's key is none that cosigns.
  public init(_ settings: Settings, source: any LogSource) throws {
    (self.settings, self.source) = (settings, source)
    mirror = try settings.mirror.map { key in
      try Witness(key: key, log: settings.key, origin: settings.origin ?? settings.key.name)
    }
  }

  /// Where the last checkpoint is kept.
  public var checkpointPath: String { settings.path + ".checkpoint" }

  /// Where two checkpoints are kept that cannot both be true.
  public var evidencePath: String { settings.path + ".split-view" }

  /// Gets what is new, and applies it.
  ///
  /// - Parameter time: Now, in seconds since 1970: the time of a cosignature.
  /// - Throws: ``ReplicationError``; ``LedgerError``, ``Platform/FileFailure`` if this machine fails. Nothing
  ///   was applied then.
  /// - Complexity: O(*k* log *n*), for *k* new events after *n*.
  public func step(at time: UInt64) async throws -> Step {
    let newest = try await source.checkpoint()
    try authenticate(newest)
    let last = try lastCheckpoint()
    try compare(newest, with: last)
    let own = try treeHead()
    guard own.size <= newest.treeHead.size else { throw try longer(own, than: newest) }
    if own.size < newest.treeHead.size {
      try await apply(newest, after: own)
    } else if own.root != newest.treeHead.root {
      throw try await difference(newest, own)
    }
    if last?.treeHead != newest.treeHead { try keep(newest, after: last, at: time) }
    return Step(count: newest.treeHead.size - own.size, treeHead: newest.treeHead)
  }

  // MARK: Checkpoints

  private func authenticate(_ checkpoint: KeptCheckpoint) throws {
    let name = settings.origin ?? settings.key.name
    var isSigned = false
    do { isSigned = try settings.key.hasSigned(checkpoint) } catch is LedgerError {}
    guard isSigned else {
      throw ReplicationError(
        .unsigned,
        "the checkpoint of \(checkpoint.treeHead.size) events is not signed by \(settings.key.name)",
        remedy: "give the key of its keeper; without a signature nothing is followed"
      )
    }
    guard checkpoint.origin == name else {
      throw ReplicationError(
        .unsigned,
        "the checkpoint is of the ledger \(checkpoint.origin), and not of \(name)",
        remedy: "name the ledger that is meant"
      )
    }
  }

  private func lastCheckpoint() throws -> KeptCheckpoint? {
    guard FileSystem.exists(checkpointPath) else { return nil }
    let bytes = try Input.bytes(of: checkpointPath, byteCountMax: 1 << 20)
    let kept: KeptCheckpoint
    do {
      kept = try KeptCheckpoint(text: String(decoding: bytes, as: UTF8.self))
      try authenticate(kept)
    } catch {
      throw FileFailure(
        path: checkpointPath,
        message:
          "it is not what this follower kept: \((error as? LedgerError)?.message ?? "\(error)")",
        remedy: "ask why; take it away to follow anew"
      )
    }
    return kept
  }

  /// The newest checkpoint must have grown from the last one, as far as the two alone can tell.
  private func compare(_ newest: KeptCheckpoint, with last: KeptCheckpoint?) throws {
    guard let last else { return }
    if newest.treeHead.size == last.treeHead.size, newest.treeHead.root != last.treeHead.root {
      throw try SplitView(last, newest).kept(
        at: evidencePath,
        "two checkpoints of \(last.treeHead.size) events have different roots"
      )
    }
    guard newest.treeHead.size >= last.treeHead.size else {
      if source.isReplicated {
        throw ReplicationError(
          .unreachable,
          "the servers show an older state, of \(newest.treeHead.size) events where there were "
            + "\(last.treeHead.size)",
          remedy: "it passes when they agree, or when the ledger is published again"
        )
      }
      throw ReplicationError(
        .shorter,
        "the other ledger holds \(newest.treeHead.size) events, and held \(last.treeHead.size) before",
        remedy:
          "it was restored from a backup, or an old state is served: ask its keeper; this ledger has "
          + "the events"
      )
    }
  }

  private func keep(
    _ checkpoint: KeptCheckpoint,
    after last: KeptCheckpoint?,
    at time: UInt64
  ) throws {
    var kept = checkpoint
    if let mirror {
      let ledger = try Ledger(path: settings.path, access: .readOnly)
      // A checkpoint of before the mirror had its key has no cosignature to go on from.
      let isCosigned =
        try last.map { try settings.mirror?.verifier.hasSigned($0) ?? false } ?? false
      let before = isCosigned ? last : nil
      kept = try mirror.cosign(checkpoint, after: before, growth: .ledger(ledger), at: time)
    }
    try Output.write(
      Array(kept.text.utf8),
      to: checkpointPath,
      replacing: last == nil ? .nothing() : .outgrown
    )
  }

  // MARK: Events

  /// What this ledger holds.
  private func treeHead() throws -> TreeHead {
    guard FileSystem.exists(settings.path) else {
      return TreeHead(size: 0, root: MerkleFrontier().root.hexadecimal)
    }
    return try Ledger(path: settings.path, access: .readOnly).read {
      TreeHead(size: $0.head, root: try $0.root)
    }
  }

  private func apply(_ checkpoint: KeptCheckpoint, after own: TreeHead) async throws {
    let size = checkpoint.treeHead.size
    let spool = DraftSpool()
    let parser = JSONParser()
    var sequence = own.size
    try await source.lines(from: own.size, to: size, size: size) { line in
      do {
        try spool.append(Draft(Event(parser.parse(Array(line)).root)))
      } catch let error as InvalidEvent {
        throw Self.altered(sequence, error.message)
      } catch let error as JSONError {
        throw Self.altered(sequence, "\(error)")
      }
      sequence += 1
    }
    let drafts = spool.finish()
    func apply(to ledger: Ledger) throws -> Ledger.AppendResult {
      try ledger.apply(
        drafts,
        at: own.size,
        rootBefore: own.root,
        rootAfter: checkpoint.treeHead.root
      )
    }
    do {
      var result: Ledger.AppendResult?
      if FileSystem.exists(settings.path) {
        result = try apply(to: Ledger(path: settings.path, access: .readWrite))
      } else {
        result = try Ledger.create(at: settings.path) { (try apply(to: $0), isKept: true) }
      }
      guard case .appended? = result else {
        throw ReplicationError(
          .unreachable,
          "another process wrote to \(settings.path) meanwhile",
          remedy: "let one process follow; this one tries again"
        )
      }
    } catch let error as LedgerError where [.conflict, .refused].contains(error.code) {
      throw try await difference(checkpoint, own, error)
    }
  }

  private static func altered(_ sequence: UInt64, _ what: String) -> ReplicationError {
    ReplicationError(
      .altered,
      "event \(sequence) as it came is not the one that the checkpoint is of: \(what)",
      remedy: "nothing was applied; get it again, or \(ReplicationError.askRemedy)"
    )
  }

  // MARK: Differences

  /// This ledger holds more events than a checkpoint that is newer than the last one.
  private func longer(_ own: TreeHead, than newest: KeptCheckpoint) throws -> ReplicationError {
    let size = newest.treeHead.size
    let root = try Ledger(path: settings.path, access: .readOnly).read(
      at: Times(recordedAt: .head(size))
    ) { try $0.root }
    return ReplicationError(
      .diverged,
      "this ledger holds \(own.size) events, and the other \(size)"
        + (root == newest.treeHead.root ? ", with the same root so far" : ", with another root"),
      remedy: "something else was appended to it: a ledger that follows has no other writer"
    )
  }

  /// Why what came does not lead to the root of a checkpoint: the first event that differs.
  private func difference(
    _ checkpoint: KeptCheckpoint,
    _ own: TreeHead,
    _ error: LedgerError? = nil
  ) async throws -> ReplicationError {
    let size = checkpoint.treeHead.size
    let before = own.size > 0 ? try Ledger(path: settings.path, access: .readOnly) : nil
    var frontier = MerkleFrontier()
    var first: UInt64?
    for index in 0..<(size + 255) / 256 {
      let theirs = try await source.leaves(ofTile: index, size: size)
      frontier.append(theirs) { _ in }
      guard first == nil else { continue }
      let start = 256 * index
      var ours: [MerkleHash] = []
      if start < own.size, let before {
        ours = try Self.leaves(ofTile: index, in: before, width: min(own.size - start, 256))
      }
      let next = start + UInt64(ours.count)
      try await source.lines(from: next, to: start + UInt64(theirs.count), size: size) { line in
        ours.append(MerkleHash.leaf(Array(line).span))
      }
      let place = zip(ours, theirs).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      first = place.map { start + UInt64($0) }
    }
    guard frontier.root.hexadecimal == checkpoint.treeHead.root else {
      return ReplicationError(
        .malformed,
        "the leaf hashes that came do not lead to the root of the checkpoint",
        remedy: "nothing was applied; \(ReplicationError.askRemedy)"
      )
    }
    guard let first else {
      return ReplicationError(
        .altered,
        error?.message ?? "the events do not fit",
        remedy: "nothing was applied; does an older version of this program follow a newer one?"
      )
    }
    guard first < own.size else { return Self.altered(first, "its leaf hash differs") }
    // What this ledger holds was proven by a checkpoint, if one is kept that reaches so far.
    if let last = try lastCheckpoint(), last.treeHead.size > first {
      return try SplitView(last, checkpoint).kept(
        at: evidencePath,
        "event \(first) is another than it was"
      )
    }
    return ReplicationError(
      .diverged,
      "event \(first) of this ledger is not that of the other",
      remedy: "something else was appended to it: follow into a new file"
    )
  }

  private static func leaves(
    ofTile index: UInt64,
    in ledger: Ledger,
    width: UInt64
  ) throws -> [MerkleHash] {
    let path = MerkleTile.Place(level: 0, index: index).path(width: Int(width))
    let bytes = try ledger.read { try $0.tile(path: path) } ?? []
    return stride(from: 0, to: bytes.count, by: MerkleHash.byteCount).map { first in
      MerkleHash(Array(bytes[first..<(first + MerkleHash.byteCount)]).span)
    }
  }
}
