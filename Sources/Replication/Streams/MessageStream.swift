/// A sequence of messages that several machines keep, such as a stream of NATS JetStream.
///
/// It carries a log from its writer to those who follow. It is believed in nothing: what it says that it keeps may
/// be lost, and what it gives may be damaged; the writer reads what is there before it goes on, and a follower
/// applies only what leads to a root that the writer signed.
public protocol MessageStream: Sendable {
  /// Makes the stream if it is not there.
  ///
  /// - Throws: ``ReplicationError`` of the code `unreachable`, or `malformed` if there is another kind of stream
  ///   under its name.
  func create() async throws

  /// The sequence of the newest message, as the machine says that leads the stream; 0 if it has none, or does not
  /// exist.
  ///
  /// - Throws: ``ReplicationError`` of the code `unreachable`.
  func lastSequence() async throws -> UInt64

  /// The message with a sequence, from 1; `nil` if it is not there.
  ///
  /// - Throws: ``ReplicationError`` of the code `unreachable`.
  func message(at sequence: UInt64) async throws -> StreamMessage.Encoded?

  /// The newest message that is a checkpoint, and its sequence; `nil` if there is none.
  ///
  /// - Throws: ``ReplicationError`` of the code `unreachable`.
  func newestCheckpoint() async throws -> (sequence: UInt64, message: StreamMessage.Encoded)?

  /// Adds a message, if the newest one has this sequence.
  ///
  /// - Returns: `false` if another is the newest; then nothing was added.
  /// - Throws: ``ReplicationError`` of the code `unreachable`: whether it was added is not known then.
  func append(_ message: StreamMessage.Encoded, after sequence: UInt64) async throws -> Bool
}

/// Where mirrors show the checkpoints that they cosigned, each its newest.
public protocol CosignatureBoard: Sendable {
  /// Shows a mirror's checkpoint in place of the one before.
  ///
  /// - Throws: ``ReplicationError`` of the code `unreachable`.
  func show(_ note: String, of mirror: String) async throws

  /// What the mirrors show; nothing of it is checked.
  ///
  /// - Throws: ``ReplicationError`` of the code `unreachable`.
  func notes() async throws -> [String]
}
