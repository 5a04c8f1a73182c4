import ArgumentParser
import EventStore
import Facts
import Glibc
import LMDB
import Ledger
import Reports

/// The command `assay log`.
struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Show events in the order of the log.",
    discussion: "As jsonl: the canonical lines themselves."
  )

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
    let ledger = try ledger.open()
    let format = output.format()
    try output.write { write in
      var writer = TableWriter(
        title: "assay.log/1",
        columns: Self.columns,
        format: format,
        sampleRowCount: follow ? 1 : 500
      )
      var next = since
      var shownCount = 0
      repeat {
        var bytes: [UInt8] = []
        let head = try ledger.read { $0.head }
        try ledger.forEachEvent(from: next) { sequence, event, recorded in
          next = sequence + 1
          guard type == nil || event.type == type else { return true }
          shownCount += 1
          if format == .jsonl {
            event.appendCanonicalLine(to: &bytes)
            bytes.append(UInt8(ascii: "\n"))
          } else {
            writer.append(
              [String(sequence), recorded.description, event.type, event.summary],
              to: &bytes
            )
          }
          return bytes.count < 1 << 20
        }
        try write(bytes)
        if follow, next >= head { usleep(200_000) }
        if !follow, next >= head { break }
      } while true
      guard shownCount > 0 else { throw nothingShown }
      var bytes: [UInt8] = []
      if format != .jsonl { writer.finish(to: &bytes) }
      try write(bytes)
    }
  }

  private var nothingShown: FileFailure {
    FileFailure(
      path: ledger.resolvedPath,
      message: "no event\(type.map { " of type \($0)" } ?? "") from \(since) on",
      remedy: "see the types with: assay stats"
    )
  }

  private static let columns = [
    Reports.Table.Column("sequence", .right), Reports.Table.Column("recorded"),
    Reports.Table.Column("type"),
    Reports.Table.Column("what"),
  ]
}

extension Event {
  /// What the event says, in a line.
  fileprivate var summary: String {
    switch self {
    case .batch(let batch): "\(batch.count) events by \(batch.by)"
    case .entity(let entity): "\(entity.entity) is \(entity.name)"
    case .concept(let concept): "\(concept.concept), a \(concept.kind)"
    case .statement(let statement):
      "\(statement.statement): \(statement.title)"
        + (statement.entity.map { " of \($0)" } ?? "")
    case .filing(let filing):
      "\(filing.filing) \(filing.form ?? "") of \(filing.entity), published \(filing.published)"
    case .claim(let claim): claim.summary
    case .amendment(let amendment):
      "event \(amendment.event.prefix(12))…"
        + (amendment.figure.map { " is \($0.value?.description ?? "nil")" } ?? "")
        + ": \(amendment.reason)"
    }
  }
}

extension Claim {
  fileprivate var summary: String {
    let dimensions = fact.dimensions.isEmpty ? "" : " [\(fact.dimensions.text)]"
    let qualifier = figure.qualifier.map { "\($0.rawValue) " } ?? ""
    let value = figure.value?.description ?? "nil"
    return "\(fact.concept)\(dimensions) \(fact.period) = \(qualifier)\(value) \(fact.unit)"
  }
}

/// The command `assay export`.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write every event as its canonical line.",
    discussion: """
      The bytes of a line are what is hashed: printf '\\0%s' "$line" | sha256sum is its leaf hash. \
      Appending an export to an empty ledger makes the same ledger again.
      """
  )

  @Option(help: ArgumentHelp("Only the first so many events.", valueName: "n"))
  var to: UInt64?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Write to this file.", valueName: "file")
  )
  var path: String?

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let ledger = try ledger.open()
    let output = try Output(path: path)
    let count = try ledger.export(to: to) { try output.write($0) }
    guard count > 0 else {
      throw FileFailure(
        path: self.ledger.resolvedPath,
        message: "the ledger is empty",
        remedy: "append events first: assay append Events"
      )
    }
    try output.finish()
  }
}

/// The command `assay replay`.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Rebuild a statement by folding the whole log, without the index.",
    discussion: """
      Prints the statement as `assay statement` does, and on standard error how many events were \
      folded and how fast. Both ways must agree.
      """
  )

  @Argument(help: "The statement's name. Default: none, only fold.")
  var name: String?

  @Option(help: ArgumentHelp("Fold only the first so many events.", valueName: "sequence"))
  var to: UInt64?

  @OptionGroup var options: StatementOptions

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

/// The command `assay stats`.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show how much the ledger holds, and of what."
  )

  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let statistics = try ledger.open().statistics()
    var table = Reports.Table(
      title: "assay.stats/1",
      columns: [
        Reports.Table.Column("what"), Reports.Table.Column("name"),
        Reports.Table.Column("count", .right),
      ]
    )
    table.append(["events", "", String(statistics.head)])
    for (type, count) in statistics.eventCounts {
      table.append(["events of type", type, String(count)])
    }
    table.append(["facts", "", String(statistics.factCount)])
    for (entity, count) in statistics.entities {
      table.append(["claims of", "\(entity.name) (\(entity.entity))", String(count)])
    }
    table.append(["bytes", "file", String(statistics.file.usedByteCount)])
    for (name, figures) in statistics.tables {
      table.append(["rows", name, String(figures.entryCount)])
      table.append(["bytes", name, String(figures.byteCount)])
    }
    if statistics.head > 0 {
      let byteCount = statistics.tables.reduce(0) { $0 + $1.figures.byteCount }
      table.append(["bytes an event", "", String(byteCount / Int(statistics.head))])
    }
    table.append(["root", statistics.root, ""])
    try output.write(table.rendered(as: output.format()))
  }
}
