import JSON

extension JetStream {
  /// How the servers say that they keep the log.
  public struct State: Hashable, Sendable {
    /// One server, and whether it has all messages.
    public struct Replica: Hashable, Sendable {
      /// Its name.
      public var name: String

      /// `leader`, `current`, `behind` or `offline`.
      public var state: String
    }

    /// How many messages there are.
    public var messageCount: UInt64

    /// How many bytes they take on each server.
    public var byteCount: UInt64

    /// The servers that keep them, the leader first.
    public var replicas: [Replica]

    init(_ info: JSONNode) {
      func number(_ name: String) -> UInt64 {
        info["state"]?[name]?.numberText.flatMap { UInt64($0) } ?? 0
      }
      (messageCount, byteCount) = (number("messages"), number("bytes"))
      let cluster = info["cluster"]
      let leader = cluster?["leader"]?.string.map { Replica(name: $0, state: "leader") }
      let others = (cluster?["replicas"]).map { replicas in
        replicas.elements.map { replica in
          let state =
            replica["offline"]?.bool == true
            ? "offline" : replica["current"]?.bool == true ? "current" : "behind"
          return Replica(name: replica["name"]?.string ?? "", state: state)
        }
      }
      replicas = (leader.map { [$0] } ?? []) + (others ?? [])
    }
  }
}
