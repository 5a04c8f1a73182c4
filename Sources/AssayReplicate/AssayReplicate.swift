import Platform

#if Server
import Ledger
import Replication

/// The program `assay-replicate`, which `assay publish`, `assay follow` and `assay cluster` become: what speaks
/// with other machines.
@main
struct AssayReplicate {
  static func main() async {
    do {
      let words = try Words(Array(CommandLine.arguments.dropFirst()))
      switch words.job {
      case "publish": try await PublishJob(words).run()
      case "follow": try await FollowJob(words).run()
      case "status": try await StatusJob(words).run()
      default: throw Words.notMeant
      }
    } catch {
      note("\((error as? LedgerError)?.description ?? "\(error)")")
      ThisProcess.exit((error as? ReplicationError)?.code == .splitView ? 2 : 1)
    }
  }

  /// Says something on standard error.
  static func note(_ text: String) {
    for line in text.split(separator: "\n") {
      // Where standard error is closed, nobody can be told.
      try? FileDescriptor.standardError.write(Array("assay: \(TerminalText.escaped(line))\n".utf8))
    }
  }
}
#else
/// The program without a network, as plain builds make it.
@main
struct AssayReplicate {
  static func main() {
    let line = "assay: this program was built without the network; build it with --traits Server\n"
    // Where standard error is closed, nobody can be told.
    try? FileDescriptor.standardError.write(Array(line.utf8))
    ThisProcess.exit(1)
  }
}
#endif
