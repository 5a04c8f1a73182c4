import JSON
import Ledger

/// What proves to anybody that the ledger holds what it says: checkpoint, tiles, proofs (C2SP tlog-tiles).
enum EvidenceRoutes {
  static let all: [Route] = [
    Route(
      "GET",
      "/checkpoint",
      summary: "How many events the ledger holds and the root over them (C2SP tlog-checkpoint).",
      .view(checkpoint)
    ),
    Route(
      "GET",
      "/tile/{path*}",
      summary: "A file of the tree of the log (C2SP tlog-tiles).",
      .view(tile)
    ),
    Route(
      "GET",
      "/v1/proofs/{sequence}",
      summary: "That an event is in the ledger (RFC 9162).",
      .view(proof)
    ),
    Route(
      "GET",
      "/v1/events",
      summary: "Events as they are recorded, from a sequence on (server-sent events).",
      options: ["since", "unnamed"],
      .plain(events)
    ),
    Route(
      "GET",
      "/openapi.json",
      summary: "This description.",
      .plain { WebResponse(.json, OpenAPI.document(of: $0.site).bytes) }
    ),
    Route(
      "GET",
      "/health",
      summary: "Whether the ledger can be read, and how much it holds.",
      .plain(health)
    ),
    Route(
      "GET",
      "/metrics",
      summary: "Counts of answers for Prometheus.",
      .plain { WebResponse(.text, Array($0.site.metrics.text.utf8)) }
    ),
  ]

  @Sendable private static func checkpoint(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let kept = try view.checkpoint(origin: call.site.origin, signedWith: call.site.key)
    return WebResponse(.text, Array(kept.text.utf8))
  }

  @Sendable private static func tile(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    guard let bytes = try view.tile(path: "tile/\(call["path"])") else {
      throw Problem(404, "the tree of \(view.head) events has no such tile")
    }
    return WebResponse(.bytes, bytes)
  }

  @Sendable private static func proof(
    _ view: borrowing Ledger.View,
    _ call: Call
  ) throws -> WebResponse {
    let sequence = try call.pathSequence
    let proof = try view.proof(of: sequence)
    return WebResponse(.json, try proof.fileBytes(as: .json))
  }

  @Sendable private static func health(_ call: Call) throws -> WebResponse {
    let (head, root) = try call.site.ledger.read { ($0.head, try $0.root) }
    var response = WebResponse(
      .json,
      JSONValue.object([
        ("status", .string("ok")), ("head", .integer(Int(head))), ("root", .string(root)),
        ("version", .string(call.site.version)),
      ]).bytes + [UInt8(ascii: "\n")]
    )
    response.headers.append(("Cache-Control", "no-store"))
    return response
  }

  @Sendable private static func events(_ call: Call) throws -> WebResponse {
    var since = try call.sequence("since") ?? 0
    // A client that lost its connection names the last event it has.
    if let last = call.request.headers["last-event-id"].flatMap({ UInt64($0) }), last < .max {
      since = last + 1
    }
    return WebResponse(
      200,
      headers: [("Content-Type", "text/event-stream"), ("Cache-Control", "no-cache")],
      body: .events(since: since, areNamed: try !call.flag("unnamed"))
    )
  }
}
