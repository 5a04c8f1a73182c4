import ArgumentParser
import Facts
import Ledger
import Platform
import Reports

/// The command `assay log`.
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "log", aliases: ["show"])

  @Argument(help: "Only these events: their sequences or leaf hashes.")
  var event: [String] = []

  @Option(help: ArgumentHelp("Only events of this type: batch, filing, production, …"))
  var type: String?

  @Option(help: ArgumentHelp("Start at this sequence.", valueName: "sequence"))
  var since: UInt64 = 0

  @Flag(help: "Wait for more events, until interrupted.")
  var follow = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    guard event.isEmpty || (type == nil && since == 0 && !follow) else {
      throw ValidationError(
        "events are named, or searched with --type, --since and --follow: not both"
      )
    }
    guard !follow || output.path == nil else {
      throw ValidationError("--follow writes to standard output: leave -o out")
    }
  }

  func run() throws {
    try output.format().requireCharts([])
    let ledger = try ledger.open()
    guard event.isEmpty else { return try showEvents(of: ledger) }
    try output.write(isPaged: !follow) { write in
      var report = try LogReport(output.shownFormat, isFollowing: follow)
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

  /// Writes the events that are named, in the order in which they are.
  private func showEvents(of ledger: Ledger) throws {
    var report = try LogReport(output.shownFormat, isFollowing: false)
    try ledger.read { view in
      for sequence in try event.map({ try view.sequence(named: $0) }) {
        try view.forEachEvent(from: sequence) { sequence, event, recorded in
          try report.append(event, sequence: sequence, recorded: recorded)
          return false
        }
      }
    }
    try report.finish()
    try output.write { try $0(report.takeBytes()) }
  }

  private var nothingShown: FileFailure {
    FileFailure(
      path: ledger.resolvedPath,
      message: "no event\(type.map { " of type \($0)" } ?? "") from \(since) on",
      remedy: "see the types with: assay stats"
    )
  }
}
