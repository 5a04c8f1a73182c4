/// Which names requests may be addressed to.
///
/// A page of another site can make a browser ask a server that only this machine can reach, under a name that it
/// lets lead here; the name is in the request, and is refused (DNS rebinding).
public struct HostNames: Sendable {
  private let names: Set<String>?

  /// Any name.
  public static let any = HostNames(names: nil)

  private init(names: Set<String>?) { self.names = names }

  /// The names of a server that listens at `bound`.
  ///
  /// - Parameters:
  ///   - bound: The address or name that it listens at.
  ///   - allowed: Other names that lead to it.
  public init(bound: String, allowed: [String] = []) {
    let own = [bound, "localhost", "127.0.0.1", "[::1]", "[\(bound)]"]
    names = Set((own + allowed).map { $0.lowercased() })
  }

  /// Whether a request is meant for this server.
  ///
  /// - Parameter host: The value of its `Host`; `nil` if it has none.
  func contains(_ host: String?) -> Bool {
    guard let names, let host = host?.lowercased() else { return true }
    if names.contains(host) { return true }
    guard let colon = host.lastIndex(of: ":") else { return false }
    let port = host[host.index(after: colon)...]
    return names.contains(String(host[..<colon])) && UInt16(port) != nil
  }
}
