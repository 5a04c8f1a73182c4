public import Facts
import Merkle

/// Which ledgers' keys are believed, and which witnesses must have cosigned a checkpoint (C2SP
/// tlog-policy).
public struct WitnessPolicy: Sendable {
  private let policy: LogPolicy

  /// Reads a policy.
  ///
  /// - Throws: ``LedgerError`` of the code `refused` with the line that is wrong.
  public init(_ bytes: [UInt8]) throws {
    policy = try Ledger.translating(path: "") { try LogPolicy(encoded: bytes) }
  }

  /// What a policy says of one checkpoint.
  public struct Judgement: Hashable, Sendable {
    /// The name of the key that signed it; `nil` if the policy names no log.
    public var log: String?

    /// The witnesses of the policy that cosigned it, in the order of the policy.
    public var cosigners: [Cosigner]

    /// Whether they are the quorum.
    public var isQuorum: Bool
  }

  /// Judges a checkpoint.
  ///
  /// - Throws: ``LedgerError`` of the code `refused` if no log of the policy signed it under its own name,
  ///   or if a signature in the name of one of the policy's keys is not made with it.
  public func judge(_ checkpoint: KeptCheckpoint) throws -> Judgement {
    let judgement = try Ledger.translating(path: "") { try policy.judge(checkpoint.note) }
    return Judgement(
      log: judgement.log,
      cosigners: judgement.cosigners.map { cosigner in
        let time = Int64(clamping: cosigner.time).multipliedReportingOverflow(by: 1_000_000)
        return Cosigner(
          name: cosigner.name,
          time: Timestamp(microseconds: time.overflow ? .max : time.partialValue)
        )
      },
      isQuorum: judgement.isQuorum
    )
  }
}

/// A witness that cosigned a checkpoint.
public struct Cosigner: Hashable, Sendable {
  /// The name of its key.
  public var name: String

  /// When it cosigned, by its own clock.
  public var time: Timestamp
}
