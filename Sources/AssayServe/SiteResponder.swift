#if Server
import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import Platform
import ServiceLifecycle
import Web

/// Carries requests to a site and its answers back.
///
/// The ledger is read on a few threads of its own, each of which holds one snapshot at a time; other requests
/// wait for them. An answer is whole before its first byte is sent.
struct SiteResponder: HTTPResponder {
  let site: Site
  let threads: NIOThreadPool

  /// Where requests are noted; `nil` where they are not.
  let logger: AccessLog?

  /// Requests with bodies wait here for the disk, so that no reader waits for it.
  let writers: NIOThreadPool

  /// The largest body that is read.
  static let bodyByteCountMax = 4 << 20

  func respond(to request: Request, context: SiteContext) async throws -> Response {
    let start = ContinuousClock.now
    let (response, byteCount) = try await answer(to: request, context)
    logger?.note(
      request,
      from: context.channel.remoteAddress?.ipAddress ?? "-",
      response.status.code,
      byteCount: byteCount,
      ContinuousClock.now - start
    )
    return response
  }

  private func answer(
    to request: Request,
    _ context: SiteContext
  ) async throws -> (Response, byteCount: Int?) {
    var headers: [String: String] = [:]
    for field in request.headers {
      let name = field.name.canonicalName
      headers[name] = headers[name].map { "\($0), \(field.value)" } ?? field.value
    }
    if let host = request.head.authority { headers["host"] = host }
    let web: WebRequest
    do {
      web = try WebRequest(
        request.method.rawValue,
        request.head.path ?? "/",
        headers: headers
      )
    } catch {
      let refusal = site.refusal(error)
      return (
        response(refusal, isHead: request.method == .head, context), refusal.body.byteCount
      )
    }
    let answer =
      try await web.method == "POST"
      ? self.answer(to: web, body: request.body)
      : threads.runIfActive { [site] in site.respond(to: web) }
    return (response(answer, isHead: request.method == .head, context), answer.body.byteCount)
  }

  /// Answers a request with a body, which is read if the client may send one.
  private func answer(to request: WebRequest, body: RequestBody) async throws -> WebResponse {
    let site = site
    let refusal = try await writers.runIfActive { site.refusal(beforeBodyOf: request) }
    if let refusal { return refusal }
    var request = request
    do {
      request.body = Array(buffer: try await body.collect(upTo: Self.bodyByteCountMax))
    } catch is NIOTooManyBytesError {
      return site.refusal(
        Problem(
          413,
          "the body has more than \(Self.bodyByteCountMax) bytes",
          remedy: "send it in parts"
        )
      )
    }
    return try await writers.runIfActive { [request] in site.respond(to: request) }
  }

  private func response(
    _ answer: WebResponse,
    isHead: Bool,
    _ context: SiteContext
  ) -> Response {
    var headers = HTTPFields()
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
    }
    let status = HTTPResponse.Status(code: answer.status)
    let body = responseBody(answer.body, isHead, Patience(channel: context.channel))
    return Response(status: status, headers: headers, body: body)
  }

  private func responseBody(
    _ body: WebBody,
    _ isHead: Bool,
    _ patience: Patience
  ) -> ResponseBody {
    if isHead {
      return ResponseBody(contentLength: body.byteCount) { try await $0.finish(nil) }
    }
    switch body {
    case .bytes(let bytes):
      return ResponseBody(contentLength: bytes.count) { writer in
        let buffer = ByteBuffer(bytes: bytes)
        try await patience.awaiting { try await writer.write(buffer) }
        try await writer.finish(nil)
      }
    case .spooled(let spool):
      return ResponseBody(contentLength: spool.byteCount) { [threads] writer in
        var pieces = spool.pieces
        while true {
          let rest = pieces
          let (piece, next) = try await threads.runIfActive {
            var rest = rest
            return (try rest.next(), rest)
          }
          pieces = next
          guard let piece else { break }
          try await patience.awaiting { try await writer.write(ByteBuffer(bytes: piece)) }
        }
        try await writer.finish(nil)
      }
    case .events(let since, let areNamed):
      return events(since: since, areNamed: areNamed, patience)
    }
  }

  /// How long a listener waits, until the ledger is looked at again.
  private static let pause = Duration.milliseconds(200)

  /// After so many pauses without events a comment is sent, so that a lost connection is noticed.
  private static let pauseCountMax = 75

  private func events(since: UInt64, areNamed: Bool, _ patience: Patience) -> ResponseBody {
    ResponseBody { [site, threads] writer in
      var (next, pauseCount) = (since, 0)
      while !Task.isShuttingDownGracefully {
        let start = next
        let (bytes, end) = try await threads.runIfActive {
          try site.eventStream(from: start, areNamed: areNamed)
        }
        next = end
        if !bytes.isEmpty {
          try await patience.awaiting { try await writer.write(ByteBuffer(bytes: bytes)) }
          pauseCount = 0
          continue
        }
        pauseCount += 1
        if pauseCount == Self.pauseCountMax {
          try await patience.awaiting { try await writer.write(ByteBuffer(string: ":\n\n")) }
          pauseCount = 0
        }
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.pause) }
        try Task.checkCancellation()
      }
      try await writer.finish(nil)
    }
  }
}
#endif
