#if Server
import Hummingbird
import HummingbirdCore
import Ledger
import Logging
import NIOCore
import NIOPosix
import Platform
import UnixSignals
import Web

/// The program `assay-serve`, which `assay serve` becomes: a site on a socket.
@main
struct AssayServe {
  /// How many questions are asked at a time: others wait.
  ///
  /// More than the processors can answer would wait for each other's locks in turn, and hold older moments of the
  /// ledger meanwhile: on two processors, 16 answered 190 questions a second and four 3,300 (`Tools/serve-load`).
  private static let threadCount = min(16, max(4, 2 * NIOCore.System.coreCount))

  /// How many clients can wait for one sync of the disk; more wait to be read.
  private static let writerCount = 64

  /// How many clients are connected at a time; others wait to be taken.
  private static let connectionCountMax = 2048

  static func main() async {
    do {
      try await run(ServeSettings(Array(CommandLine.arguments.dropFirst())))
    } catch {
      let text = (error as? LedgerError)?.description ?? "\(error)"
      for line in text.split(separator: "\n") { note("assay: \(TerminalText.escaped(line))") }
      ThisProcess.exit(1)
    }
  }

  private static func run(_ settings: ServeSettings) async throws {
    let isWritten = settings.tokensPath != nil
    let ledger = try Ledger(path: settings.ledger, access: isWritten ? .readWrite : .readOnly)
    let site = Site(
      ledger,
      origin: settings.origin,
      key: try settings.key,
      hosts: HostNames(bound: settings.host, allowed: settings.allowedHosts),
      access: try settings.access(to: ledger),
      witness: try settings.witness,
      documents: try settings.documentsFolder.map { try KeptDocuments(folder: $0) }
        ?? KeptDocuments()
    )
    let threads = NIOThreadPool(numberOfThreads: threadCount)
    let writers = NIOThreadPool(numberOfThreads: writerCount)
    threads.start()
    writers.start()
    var logger = Logger(label: "assay-serve") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .warning
    let host = settings.host
    let application = Application(
      responder: SiteResponder(
        site: site,
        threads: threads,
        logger: settings.logsAccess ? AccessLog() : nil,
        writers: writers
      ),
      server: .http1(
        configuration: .init(
          idleTimeout: .seconds(60),
          httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16 << 10,
            maxHeaderListSize: 32 << 10,
            maxHeaderFieldCount: 100
          )
        )
      ),
      configuration: .init(
        address: .hostname(host, port: settings.port),
        serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(connectionCountMax)
      ),
      onServerRunning: { channel in
        let name = host.contains(":") ? "[\(host)]" : host
        note("listening on http://\(name):\(channel.localAddress?.port ?? 0)")
      },
      logger: logger
    )
    try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
    try await threads.shutdownGracefully()
    try await writers.shutdownGracefully()
  }

  private static func note(_ line: String) {
    // Where standard error is closed, nobody can be told.
    try? FileDescriptor.standardError.write(Array((line + "\n").utf8))
  }
}
#else
import Platform

/// The program without a server, as plain builds make it.
@main
struct AssayServe {
  static func main() {
    let line = "assay: this program was built without the server; build it with --traits Server\n"
    // Where standard error is closed, nobody can be told.
    try? FileDescriptor.standardError.write(Array(line.utf8))
    ThisProcess.exit(1)
  }
}
#endif
