import ArgumentParser
import Ledger

/// The command `assay replay`.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "replay")

  @Argument(help: "The statement's name. Default: none, only fold.")
  var name: String?

  @Option(help: ArgumentHelp("Fold only the first so many events.", valueName: "sequence"))
  var to: UInt64?

  @OptionGroup var options: StatementOptions

  func validate() throws {
    guard options.vs == nil else {
      throw ValidationError("--vs compares from the index: use assay statement")
    }
  }

  func run() throws {
    let ledger = try options.ledger.open()
    let start = ContinuousClock.now
    let replay = try ledger.replay(to: to)
    let elapsed = ContinuousClock.now - start
    if let name { try options.write(ledger.statement(options.request(name), from: replay)) }
    let microseconds = max(1, Int64(elapsed / .microseconds(1)))
    let rate = replay.eventCount * 1_000_000 / UInt64(microseconds)
    Console.note(
      "folded \(replay.eventCount) events in \(microseconds) microseconds: \(rate) events/s"
    )
  }
}
