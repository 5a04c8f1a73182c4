import ArgumentParser
import EventStore
import Facts
import Ledger
import Platform
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
    var head = TableHead(title: "assay.log/1", columns: Self.columns)
    if follow { head.sampleRowCount = 1 }
    try output.write { write in
      try withoutActuallyEscaping(write) { write in
        var writer = TableWriter(head, as: format, sink: write)
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
              try writer.append([
                .text(String(sequence)), .text(recorded.description), .text(event.type),
                .text(event.summary),
              ])
            }
            return bytes.count < 1 << 20
          }
          try writer.flush()
          try write(bytes)
          if follow, next >= head { ThisProcess.sleep(microseconds: 200_000) }
          if !follow, next >= head { break }
        } while true
        guard shownCount > 0 else { throw nothingShown }
        try writer.finish()
      }
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
    case .check(let check): "\(check.check), a \(check.kind.rawValue)"
    case .profile(let profile): "\(profile.profile): releases of \(profile.entity)"
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
