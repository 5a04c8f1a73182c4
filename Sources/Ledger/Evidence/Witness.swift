import Merkle

/// Somebody who keeps the last checkpoint of another's ledger, and says so in public: with a cosignature
/// of each later checkpoint that the ledger has only grown to (C2SP tlog-cosignature).
///
/// A ledger's keeper cannot show two pasts to two people who both ask for the cosignature of one witness.
public struct Witness: Sendable {
  /// What shows that a ledger has grown to a checkpoint.
  public enum Growth {
    /// Nothing: enough for the first checkpoint of a ledger, and for the last one once more.
    case none

    /// The hashes of a request.
    case proof(CheckpointRequest)

    /// The ledger itself.
    case ledger(Ledger)
  }

  private let key: SigningKey
  private let log: VerifierKey?
  private let origin: String?

  /// A witness of one ledger.
  ///
  /// - Parameters:
  ///   - key: The witness's own, that ``SigningKey/init(name:isWitness:)`` makes with `isWitness`.
  ///   - log: The key of the ledger's keeper, who must have signed each checkpoint; `nil` if the witness
  ///     makes checkpoints from the ledger itself.
  ///   - origin: The name of the ledger; `nil` for that of `log`, or of the last checkpoint.
  /// - Throws: ``LedgerError`` of the code `refused` if `key` is no witness's, or `log` is one's.
  public init(key: SigningKey, log: VerifierKey?, origin: String? = nil) throws {
    guard key.isWitness else {
      throw LedgerError(.refused, "the key \(key.name) is no witness's: it cosigns nothing")
    }
    guard log?.isWitness != true else {
      throw LedgerError(.refused, "the key \(log?.name ?? "") is a witness's, and no ledger's")
    }
    (self.key, self.log, self.origin) = (key, log, origin)
  }

  /// Checks the checkpoint that was cosigned last, as it was kept.
  ///
  /// - Throws: ``LedgerError`` of the code `refused` if this witness has not cosigned it, or if it is
  ///   not signed by this log: then it is another's, or somebody changed it.
  public func check(last: KeptCheckpoint) throws {
    guard try key.verifier.hasSigned(last) else {
      throw LedgerError(.refused, "\(key.name) has not cosigned what is kept")
    }
    guard let log else { return }
    guard try log.hasSigned(last) else {
      throw LedgerError(.refused, "what is kept is not signed by \(log.name)")
    }
  }

  /// A checkpoint with the witness's cosignature, once it is certain that the ledger has only grown to it.
  ///
  /// - Parameters:
  ///   - checkpoint: As the ledger's keeper signed it.
  ///   - last: The checkpoint that this witness cosigned last; `nil` if there is none yet.
  ///   - growth: What shows that the ledger has grown from `last`.
  ///   - time: Now, in seconds since 1970.
  /// - Throws: ``LedgerError`` of the code `refused` for a checkpoint that is not signed as it must be,
  ///   or a clock that has gone back; `conflict` for one of another ledger, of fewer events, of another
  ///   past, or that is not shown to have grown.
  public func cosign(
    _ checkpoint: KeptCheckpoint,
    after last: KeptCheckpoint?,
    growth: Growth,
    at time: UInt64
  ) throws -> KeptCheckpoint {
    if let log, try !log.hasSigned(checkpoint) {
      throw LedgerError(.refused, "it is not signed by \(log.name)")
    }
    // A key has the name of the ledger whose checkpoints it signs (C2SP tlog-checkpoint).
    if let name = origin ?? last?.origin ?? log?.name, checkpoint.origin != name {
      throw LedgerError(.conflict, "it is of the ledger \(checkpoint.origin), and not of \(name)")
    }
    if let last {
      try check(last: last)
      try checkGrowth(to: checkpoint, from: last, growth)
      try checkClock(time, after: last)
    } else {
      try checkFirst(checkpoint, growth)
    }
    return try Ledger.translating(path: "") { try checkpoint.cosigned(with: key, at: time) }
  }

  private func checkFirst(_ checkpoint: KeptCheckpoint, _ growth: Growth) throws {
    switch growth {
    case .none: break
    case .proof(let request): try request.check(from: nil)
    case .ledger(let ledger): try ledger.read { try $0.requireGrowth(from: checkpoint) }
    }
  }

  private func checkGrowth(
    to checkpoint: KeptCheckpoint,
    from last: KeptCheckpoint,
    _ growth: Growth
  ) throws {
    let (earlier, later) = (last.treeHead, checkpoint.treeHead)
    guard last.origin == checkpoint.origin else {
      throw LedgerError(
        .conflict,
        "it is of the ledger \(checkpoint.origin), and the last one of \(last.origin)"
      )
    }
    guard earlier.size <= later.size else {
      throw LedgerError(
        .conflict,
        "it is of \(later.size) events, and one of \(earlier.size) was cosigned before"
      )
    }
    if earlier.size == later.size {
      guard earlier.root == later.root else {
        throw LedgerError(
          .conflict,
          "it has another root of \(later.size) events than the one that was cosigned before: "
            + "\(later.root), there \(earlier.root). The two together prove that the ledger has two pasts"
        )
      }
      return
    }
    switch growth {
    case .none:
      throw LedgerError(
        .conflict,
        "nothing shows that it has grown from the \(earlier.size) events that were cosigned before",
        remedy: .requestCosignature
      )
    case .proof(let request): try request.check(from: last.checkpoint)
    case .ledger(let ledger): try ledger.requireGrowth(from: last, to: checkpoint)
    }
  }

  /// A cosignature tells what was the newest at its time: a clock that goes back would make it untrue.
  private func checkClock(_ time: UInt64, after last: KeptCheckpoint) throws {
    let before = try key.verifier.cosigningTime(of: last) ?? 0
    guard before <= time else {
      throw LedgerError(
        .refused,
        "the clock says \(time) seconds since 1970, and the last cosignature \(before)",
        remedy: .setClock
      )
    }
  }
}

/// What a ledger's keeper sends to a witness: a checkpoint, and that the ledger has grown to it from the
/// one that the witness cosigned last (C2SP tlog-witness, the body of `add-checkpoint`).
public struct CheckpointRequest: Sendable {
  private let request: CosigningRequest

  /// What is to be cosigned.
  public let checkpoint: KeptCheckpoint

  /// How many events the checkpoint had that the request goes on from; 0 for none.
  public var earlierSize: UInt64 { request.growth.earlierSize }

  /// Whether a text begins as a request.
  public static func isRequest(_ text: String) -> Bool {
    text.hasPrefix(CosigningRequest.beginning)
  }

  /// Reads a request; what it says is not checked.
  ///
  /// - Throws: ``LedgerError`` of the code `refused` with what is wrong.
  public init(text: String) throws {
    request = try Ledger.translating(path: "") { try CosigningRequest(encoded: text) }
    checkpoint = try KeptCheckpoint(request.note)
  }

  fileprivate func check(from last: Checkpoint?) throws {
    let (size, root) = last.map { ($0.size, $0.root) } ?? (0, .empty)
    guard request.growth.earlierSize == size else {
      throw LedgerError(
        .conflict,
        "it shows growth from \(request.growth.earlierSize) events, and \(size) were cosigned before",
        remedy: .requestCosignature
      )
    }
    guard request.growth.verifies(from: root, to: checkpoint.checkpoint.root) else {
      throw LedgerError(
        .conflict,
        "its hashes do not show that the \(request.growth.size) events begin with the \(size) "
          + "that were cosigned before"
      )
    }
  }
}
