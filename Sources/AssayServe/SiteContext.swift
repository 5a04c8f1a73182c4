#if Server
import Hummingbird
import NIOCore

/// What is known of a request besides itself: whose connection it came by.
struct SiteContext: RequestContext {
  var coreContext: CoreRequestContextStorage

  /// The connection.
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}

/// How long a client may take to read a piece of its answer, until its connection is closed.
///
/// A client that stops reading would hold its answer for ever.
struct Patience: Sendable {
  let channel: any Channel

  private static let limit = TimeAmount.seconds(60)

  /// Waits for a piece to be taken; closes the connection if it is not.
  func awaiting(_ write: () async throws -> Void) async throws {
    let channel = channel
    let end = channel.eventLoop.scheduleTask(in: Self.limit) { channel.close(promise: nil) }
    defer { end.cancel() }
    try await write()
  }
}
#endif
