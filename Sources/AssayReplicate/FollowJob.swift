#if Server
import Ledger
import Platform
import Replication

/// What `assay follow` becomes.
struct FollowJob {
  private let words: Words
  private let settings: Follower.Settings
  private let isOnce: Bool
  private let interval: Duration

  /// How long a mirror waits before it shows again what it holds, in case that was lost.
  private static let showing = Duration.seconds(5)

  init(_ words: Words) throws {
    self.words = words
    var settings = Follower.Settings(
      path: try words.needed("--ledger"),
      key: try VerifierKey(text: words.needed("--key")),
      origin: words["--origin"]
    )
    settings.mirror = try words.signingKey("--cosign")
    self.settings = settings
    isOnce = words["--once"] == "true"
    interval = words.duration("--interval", otherwise: .milliseconds(500))
  }

  /// Follows until it is done, or fails.
  ///
  /// - Throws: `ReplicationError`, `LedgerError`, `FileFailure`.
  func run() async throws {
    let address = try words.needed("--address")
    var attempts = Attempts(every: interval, for: isOnce ? .zero : nil)
    if Servers.areMeant(by: address) {
      let servers = try Servers(words, name: settings.origin ?? settings.key.name)
      let stream = try await servers.stream(&attempts)
      try await follow(
        StreamLog(stream),
        showing: settings.mirror.map { ($0.name, stream) },
        &attempts
      )
    } else {
      let files = HTTPFiles(at: address)
      let source = TileLog { try await files.bytes(of: $0, byteCountMax: $1) }
      let result: Result<Void, any Error>
      do { result = .success(try await follow(source, showing: nil, &attempts)) } catch {
        result = .failure(error)
      }
      try await files.close()
      try result.get()
    }
  }

  private func follow(
    _ source: any LogSource,
    showing board: (name: String, board: any CosignatureBoard)?,
    _ attempts: inout Attempts
  ) async throws {
    let follower = try Follower(settings, source: source)
    var shown: ContinuousClock.Instant?
    while true {
      do {
        let now = UInt64(clamping: ThisProcess.timeInMicroseconds / 1_000_000)
        let step = try await follower.step(at: now)
        if step.count > 0 || isOnce {
          AssayReplicate.note(
            "followed \(step.count) events: head \(step.treeHead.size), root \(step.treeHead.root)"
          )
        }
        let isDue = shown.map { $0.duration(to: .now) > Self.showing } ?? true
        if let board, step.count > 0 || isDue {
          let note = try Input.bytes(of: follower.checkpointPath, byteCountMax: 1 << 20)
          try await board.board.show(String(decoding: note, as: UTF8.self), of: board.name)
          shown = .now
        }
        attempts.succeeded()
        if isOnce { return }
      } catch let error as ReplicationError {
        try await attempts.failed(error)
      }
      try await Task.sleep(for: interval)
    }
  }
}
#endif
