public import Ledger

/// Who may do what at a site that is more than an open book: append events, or read one that is not open.
public struct SiteAccess: Sendable {
  /// The tokens as they are now: a file may have changed since the last request.
  let tokens: @Sendable () throws -> AccessTokens

  /// Whether questions need a token, too.
  let isPrivate: Bool

  /// Takes the batches that are appended.
  let queue: AppendQueue

  /// Access by tokens.
  ///
  /// - Parameters:
  ///   - ledger: Opened to be written.
  ///   - isPrivate: Whether questions need a token of the scope `read`.
  ///   - tokens: Gives the tokens as they are now; what it throws is a failure of the server.
  public init(
    to ledger: Ledger,
    isPrivate: Bool = false,
    tokens: @escaping @Sendable () throws -> AccessTokens
  ) {
    self.tokens = tokens
    self.isPrivate = isPrivate
    queue = AppendQueue(ledger)
  }

  /// Who makes a request.
  ///
  /// - Throws: ``Problem`` 401 without a token that is taken, 403 for one of other scopes.
  func holder(
    of request: WebRequest,
    _ scope: AccessTokens.Scope
  ) throws -> AccessTokens.Holder {
    guard let token = Self.token(of: request, mayBePassword: scope == .read) else {
      throw Self.unauthorized("a token is needed", scope)
    }
    guard let holder = try tokens().holder(of: token) else {
      throw Self.unauthorized("the token is not known here", scope)
    }
    guard holder.scopes.contains(scope) else {
      throw Problem(
        403,
        "the token \(holder.name) is not good for \(scope.rawValue)",
        remedy: "ask who keeps the server for one of the scope \(scope.rawValue)"
      )
    }
    return holder
  }

  private static func unauthorized(_ detail: String, _ scope: AccessTokens.Scope) -> Problem {
    var problem = Problem(401, detail, remedy: "send Authorization: Bearer and the token")
    problem.headers = [("WWW-Authenticate", "Bearer realm=\"assay\"")]
    // A browser asks for a password, which it then sends with every request to this site.
    if scope == .read { problem.headers.append(("WWW-Authenticate", "Basic realm=\"assay\"")) }
    return problem
  }

  /// The token that a request shows (RFC 6750 section 2.1), or its password (RFC 7617).
  private static func token(of request: WebRequest, mayBePassword: Bool) -> String? {
    guard let field = request.headers["authorization"] else { return nil }
    let words = field.split(separator: " ")
    guard words.count == 2 else { return nil }
    switch words[0].lowercased() {
    case "bearer": return String(words[1])
    case "basic" where mayBePassword:
      let text = words[1].bytesOfBase64.flatMap { String(validating: $0, as: UTF8.self) }
      return text?.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).last
        .map(String.init)
    default: return nil
    }
  }
}

extension Substring {
  /// The bytes that a text in base 64 stands for (RFC 4648 section 4); `nil` if it is none.
  fileprivate var bytesOfBase64: [UInt8]? {
    let digits = utf8.reversed().drop { $0 == UInt8(ascii: "=") }.reversed()
    var (bytes, bits, bitCount): ([UInt8], UInt32, Int) = ([], 0, 0)
    for digit in digits {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = digit - UInt8(ascii: "A")
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = digit - UInt8(ascii: "a") + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0") + 52
      case UInt8(ascii: "+"): value = 62
      case UInt8(ascii: "/"): value = 63
      default: return nil
      }
      bits = (bits & 0xFFFF) << 6 | UInt32(value)
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
      }
    }
    return bytes
  }
}
