import ArgumentParser
import Facts
import Ledger
import Platform
import Reports

/// The command `assay log`.
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "log")

  @Option(help: ArgumentHelp("Only events of this type: batch, filing, production, …"))
  var type: String?

  @Option(help: ArgumentHelp("Start at this sequence.", valueName: "sequence"))
  var since: UInt64 = 0

  @Flag(help: "Wait for more events, until interrupted.")
  var follow = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    guard !follow || output.path == nil else {
      throw ValidationError("--follow writes to standard output: leave -o out")
    }
  }

  func run() throws {
    try output.format().requireCharts([])
    let ledger = try ledger.open()
    try output.write { write in
      var report = try LogReport(output.format(), isFollowing: follow)
      var next = since
      var shownCount = 0
      repeat {
        let head = try ledger.read { view in
          try view.forEachEvent(from: next) { sequence, event, recorded in
            next = sequence + 1
            guard type == nil || event.type == type else { return true }
            shownCount += 1
            try report.append(event, sequence: sequence, recorded: recorded)
            return report.byteCount < 1 << 20
          }
          return view.head
        }
        try write(report.takeBytes())
        if follow, next >= head { ThisProcess.sleep(microseconds: 200_000) }
        if !follow, next >= head { break }
      } while true
      guard shownCount > 0 else { throw nothingShown }
      try report.finish()
      try write(report.takeBytes())
    }
  }

  private var nothingShown: FileFailure {
    FileFailure(
      path: ledger.resolvedPath,
      message: "no event\(type.map { " of type \($0)" } ?? "") from \(since) on",
      remedy: "see the types with: assay stats"
    )
  }
}
