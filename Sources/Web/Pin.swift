import Facts
import Ledger

/// How an answer is bound to its moment, for caches.
///
/// What is recorded up to a number of events never changes: with that number in the address, the same version
/// of the program answers the same for ever.
struct Pin {
  private let tag: String
  private let isPinned: Bool
  private let address: String?

  /// - Throws: `LedgerError` if the root of the events that count cannot be read.
  /// - Complexity: O(log *n*).
  init(of view: borrowing Ledger.View, _ call: Call) throws {
    let request = call.request
    var hashed = Array("\(try view.root)\n\(call.site.version)\n\(request.target)\n".utf8)
    hashed += Array((request.headers["accept"] ?? "").utf8)
    tag = "\"\(Ledger.checksum(of: hashed).prefix(32))\""
    if case .head? = call.times.recordedAt { isPinned = true } else { isPinned = false }
    guard !isPinned, view.head > 0 else {
      address = nil
      return
    }
    let separator = request.target.contains("?") ? "&" : "?"
    address =
      request.query.contains { $0.name == "recorded-at" }
      ? nil : "\(request.target)\(separator)recorded-at=\(view.head)"
  }

  /// Whether the client has the answer already (RFC 9110 section 13.1.2).
  func isFresh(_ request: WebRequest) -> Bool {
    guard let tags = request.headers["if-none-match"] else { return false }
    return tags.split(separator: ",").contains { text in
      var text = text.drop { $0 == " " }
      if text.hasPrefix("W/") { text = text.dropFirst(2) }
      while text.last == " " { text.removeLast() }
      return text == "*" || text == tag
    }
  }

  /// That the client has it.
  var notModified: WebResponse { marking(WebResponse(304, body: .bytes([]))) }

  /// The answer with what caches need to know.
  func marking(_ response: WebResponse) -> WebResponse {
    guard [200, 304].contains(response.status) else { return response }
    var response = response
    response.headers += [
      ("ETag", tag), ("Vary", "Accept"),
      ("Cache-Control", isPinned ? "public, max-age=31536000, immutable" : "no-cache"),
    ]
    if let address { response.headers.append(("Content-Location", address)) }
    return response
  }
}
