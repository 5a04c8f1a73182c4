import Ledger

/// Why a follower did not go on.
///
/// Nothing was applied.
public struct ReplicationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of failure it is.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// The other ledger cannot be reached now: trying again may help.
    case unreachable

    /// What came is not what the protocol says.
    case malformed

    /// The checkpoint is not signed by the key that was given, or is of another ledger.
    case unsigned

    /// An event as it came is not the one that the checkpoint is of.
    case altered

    /// The other ledger holds fewer events than before.
    case shorter

    /// Two checkpoints of one ledger that cannot both be true.
    case splitView = "split-view"

    /// This ledger has events that the other does not have.
    case diverged

    /// Another writer claimed the stream: this one stops for good.
    case fenced
  }

  /// What kind of failure it is.
  public var code: Code

  /// What is wrong.
  public var message: String

  /// What can be done about it, as a clause.
  public var remedy: String

  /// A failure with these aspects.
  public init(_ code: Code, _ message: String, remedy: String) {
    (self.code, self.message, self.remedy) = (code, message, remedy)
  }

  /// The remedy where nothing can be done here.
  public static let askRemedy = "ask who serves the ledger"

  /// The remedy where a stream lost messages, or has damaged ones.
  static let refillRemedy = "its writer can publish the events again, from that one on"

  /// What is wrong, and what to do.
  public var description: String { "\(message); \(remedy)" }
}
