#if Server
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Replication

/// The files below an address on the web.
struct HTTPFiles {
  private let client: HTTPClient
  private let address: String

  /// How long one file may take.
  private static let secondsMax: Int64 = 60

  /// - Parameter address: A slash at its end is left out.
  init(at address: String) {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout.connect = .seconds(5)
    configuration.timeout.read = .seconds(30)
    client = HTTPClient(configuration: configuration)
    self.address = String(address.reversed().drop { $0 == "/" }.reversed())
  }

  /// Ends what is open.
  ///
  /// - Throws: What the client throws.
  func close() async throws { try await client.shutdown() }

  /// The bytes of a file, `nil` if there is nothing.
  ///
  /// A redirection is followed nowhere.
  ///
  /// - Throws: `ReplicationError`.
  func bytes(of path: String, byteCountMax: Int) async throws -> [UInt8]? {
    let address = "\(address)/\(path)"
    let remedy = "is assay serve running there? Trying again may help"
    do {
      let response = try await client.execute(
        HTTPClientRequest(url: address),
        timeout: .seconds(Self.secondsMax)
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
}
#endif
