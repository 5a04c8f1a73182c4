#if Server
import AsyncHTTPClient
import Ledger
import NIOCore
import NIOHTTP1
import Platform
import Replication

/// The program `assay-follow`, which `assay follow` becomes: a follower that reads over HTTP.
@main
struct AssayFollow {
  /// How long one file may take.
  private static let secondsMax: Int64 = 60

  /// How long to wait at most after failures of the network.
  private static let pauseMax = Duration.seconds(30)

  static func main() async {
    do {
      let settings = try FollowSettings(Array(CommandLine.arguments.dropFirst()))
      var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
      configuration.timeout.connect = .seconds(5)
      configuration.timeout.read = .seconds(30)
      let client = HTTPClient(configuration: configuration)
      let status = await run(settings, client)
      try await client.shutdown()
      ThisProcess.exit(status)
    } catch {
      note("\((error as? LedgerError)?.description ?? "\(error)")")
      ThisProcess.exit(1)
    }
  }

  /// Follows until it is done or fails; the exit status.
  private static func run(_ settings: FollowSettings, _ client: HTTPClient) async -> Int32 {
    let source = TileLog { path, byteCountMax in
      try await fetch("\(settings.address)/\(path)", byteCountMax, client)
    }
    var pause = settings.interval
    do {
      let follower = try Follower(settings.follower, source: source)
      while true {
        do {
          let now = UInt64(clamping: ThisProcess.timeInMicroseconds / 1_000_000)
          let step = try await follower.step(at: now)
          if step.count > 0 || settings.isOnce {
            note(
              "followed \(step.count) events: head \(step.treeHead.size), root \(step.treeHead.root)"
            )
          }
          if settings.isOnce { return 0 }
          pause = settings.interval
        } catch let error as ReplicationError where error.code == .unreachable && !settings.isOnce {
          if pause == settings.interval { note("\(error)") }
          pause = min(pause * 2, pauseMax)
        }
        try await Task.sleep(for: pause)
      }
    } catch {
      note("\((error as? LedgerError)?.description ?? "\(error)")")
      return (error as? ReplicationError)?.code == .splitView ? 2 : 1
    }
  }

  /// The bytes of an address, `nil` if there is nothing.
  ///
  /// A redirection is followed nowhere.
  private static func fetch(
    _ address: String,
    _ byteCountMax: Int,
    _ client: HTTPClient
  ) async throws -> [UInt8]? {
    let remedy = "is assay serve running there? Trying again may help"
    do {
      let response = try await client.execute(
        HTTPClientRequest(url: address),
        timeout: .seconds(secondsMax)
      )
      switch response.status {
      case .ok: return Array(try await response.body.collect(upTo: byteCountMax).readableBytesView)
      case .notFound: return nil
      default:
        throw ReplicationError(
          response.status.code >= 500 || response.status == .tooManyRequests
            ? .unreachable : .malformed,
          "\(address): \(response.status)",
          remedy: remedy
        )
      }
    } catch let error as ReplicationError {
      throw error
    } catch is NIOTooManyBytesError {
      throw ReplicationError(
        .malformed,
        "\(address): it has more than \(byteCountMax) bytes",
        remedy: ReplicationError.askRemedy
      )
    } catch {
      throw ReplicationError(.unreachable, "\(address): \(error)", remedy: remedy)
    }
  }

  private static func note(_ text: String) {
    for line in text.split(separator: "\n") {
      // Where standard error is closed, nobody can be told.
      try? FileDescriptor.standardError.write(Array("assay: \(TerminalText.escaped(line))\n".utf8))
    }
  }
}
#else
import Platform

/// The program without a network, as plain builds make it.
@main
struct AssayFollow {
  static func main() {
    let line = "assay: this program was built without the network; build it with --traits Server\n"
    // Where standard error is closed, nobody can be told.
    try? FileDescriptor.standardError.write(Array(line.utf8))
    ThisProcess.exit(1)
  }
}
#endif
