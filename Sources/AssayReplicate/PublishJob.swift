#if Server
import JetStream
import Ledger
import Platform
import Replication

/// What `assay publish` becomes.
struct PublishJob {
  private let words: Words
  private let settings: Publisher.Settings
  private let isOnce: Bool
  private let interval: Duration
  private let limit: Duration

  /// Whether what is on this disk counts as acknowledged: servers that are away are told, and that is all.
  private let isLocal: Bool

  /// How many mirrors must hold an event until it is told as acknowledged; 0 for the stream alone.
  private let mirrorCount: Int
  private let mirrorKeys: [VerifierKey]

  init(_ words: Words) throws {
    self.words = words
    guard let key = try words.signingKey("--key") else { throw Words.notMeant }
    settings = Publisher.Settings(
      path: try words.needed("--ledger"),
      key: key,
      origin: words["--origin"],
      refillStart: words["--refill"].flatMap { UInt64($0) }
    )
    isOnce = words["--once"] == "true"
    isLocal = words["--local"] == "true"
    interval = words.duration("--interval", otherwise: .milliseconds(200))
    limit = words.duration("--within", otherwise: .seconds(60))
    mirrorCount = words["--mirrored"].flatMap { Int($0) } ?? 0
    mirrorKeys = try words.all("--mirror").map { try VerifierKey(text: $0) }
  }

  /// Publishes until it is done, or fails.
  ///
  /// - Throws: `ReplicationError`, `LedgerError`, `FileFailure`.
  func run() async throws {
    do { try await publish() } catch let error as ReplicationError
      where error.code == .unreachable && isLocal
    {
      AssayReplicate.note("\(error); the events are on this disk, and are published next time")
    }
  }

  private func publish() async throws {
    var attempts = Attempts(every: interval, for: isLocal && isOnce ? .zero : isOnce ? limit : nil)
    let servers = try Servers(words, name: settings.origin)
    let stream = try await servers.stream(&attempts)
    var publisher = Publisher(settings, stream: stream)
    let mirrors = Mirrors(
      mirrorKeys,
      of: settings.key.verifier,
      origin: settings.origin,
      board: stream
    )
    var (told, isFirst) = (TreeHead?.none, true)
    while true {
      do {
        let step = try await publisher.step()
        if step.count > 0 || isFirst {
          AssayReplicate.note(
            "published \(step.count) events: head \(step.treeHead.size), root \(step.treeHead.root), "
              + "epoch \(step.epoch)"
          )
          isFirst = false
        }
        if told != step.treeHead, try await isMirrored(step.treeHead, mirrors) {
          if mirrorCount > 0 {
            AssayReplicate.note("mirrored by \(mirrorCount): head \(step.treeHead.size)")
          }
          told = step.treeHead
        }
        attempts.succeeded()
        if isOnce {
          if told == step.treeHead { return }
          try await attempts.failed(tooFewMirrors(step))
          continue
        }
      } catch let error as ReplicationError where error.code == .unreachable {
        try await attempts.failed(error)
      }
      try await Task.sleep(for: interval)
    }
  }

  private func isMirrored(_ treeHead: TreeHead, _ mirrors: Mirrors) async throws -> Bool {
    guard mirrorCount > 0 else { return true }
    let ledger = try Ledger(path: settings.path, access: .readOnly)
    let head = try ledger.read { $0.head }
    let count = try await mirrors.count(holding: treeHead) { size in
      size <= head ? try ledger.read(at: Times(recordedAt: .head(size))) { try $0.root } : nil
    }
    return count >= mirrorCount
  }

  private func tooFewMirrors(_ step: Publisher.Step) -> ReplicationError {
    ReplicationError(
      .unreachable,
      "fewer than \(mirrorCount) mirrors cosigned the \(step.treeHead.size) events, which are in the "
        + "stream and on this disk",
      remedy: "see assay cluster status for which one is behind"
    )
  }
}
#endif
