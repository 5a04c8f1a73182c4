#if Server
import JetStream
import Replication

/// The servers of NATS that a command names, and the stream of the ledger there.
struct Servers {
  private let addresses: [String]
  private let credentials: String?
  private let name: String
  private let replicaCount: Int

  /// - Parameter name: What the stream is called if the words do not say.
  init(_ words: Words, name: String) throws {
    addresses = try words.needed("--address").split(separator: ",").map(String.init)
    credentials = words["--credentials"]
    self.name = words["--stream"] ?? name
    replicaCount = words["--replicas"].flatMap { Int($0) } ?? 3
  }

  /// Whether an address is of servers of NATS.
  static func areMeant(by address: String) -> Bool {
    address.hasPrefix("nats://") || address.hasPrefix("tls://")
  }

  /// Connects.
  ///
  /// - Throws: `ReplicationError` of the code `unreachable`.
  func stream() throws -> JetStream {
    do {
      let connection = try Connection(to: addresses, credentials: credentials)
      return JetStream(connection, ledger: name, replicaCount: replicaCount)
    } catch {
      throw ReplicationError(
        .unreachable,
        "\(error)",
        remedy: "are servers of NATS running there? Trying again may help"
      )
    }
  }

  /// Connects, as often as it takes.
  ///
  /// - Parameter attempts: Until when.
  /// - Throws: `ReplicationError` of the code `unreachable` when it is over.
  func stream(_ attempts: inout Attempts) async throws -> JetStream {
    while true {
      do { return try stream() } catch let error as ReplicationError {
        try await attempts.failed(error)
      }
    }
  }
}
#endif
