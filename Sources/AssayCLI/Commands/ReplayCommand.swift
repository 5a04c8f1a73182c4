import ArgumentParser
import Ledger
import Reports

/// The command `assay replay`.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "replay")

  @Argument(help: "The statement's name. Default: none, only fold.")
  var name: String?

  @Option(help: ArgumentHelp("Fold only the first so many events.", valueName: "sequence"))
  var to: UInt64?

  @OptionGroup var options: StatementOptions

  func validate() throws {
    guard options.vs == nil, !options.leadSheet else {
      throw ValidationError("--vs and --lead-sheet compare from the index: use assay statement")
    }
  }

  func run() throws {
    let ledger = try options.ledger.open()
    let start = ContinuousClock.now
    let replay = try ledger.read { try $0.replay(to: to) }
    let elapsed = ContinuousClock.now - start
    if let name {
      let answer = try ledger.read(at: options.times.times) { view in
        try view.statement(options.request(name, in: view), from: replay)
      }
      try options.write(answer)
    }
    Console.note("\(ReplaySummary(eventCount: replay.eventCount, duration: elapsed))")
  }
}
