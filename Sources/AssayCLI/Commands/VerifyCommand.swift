import ArgumentParser
import EventStore
import Facts
import Ledger
import Merkle
import Reports

/// The command `assay verify`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "verify")

  @Option(
    help: ArgumentHelp("A checkpoint that the ledger must have grown from.", valueName: "file")
  )
  var checkpoint: String?

  @Flag(help: .hidden)
  var scan = false

  @Option(help: .hidden)
  var scanFrom: TreeHeadArgument?

  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let path = ledger.resolvedPath
    if scan { return try Scan.serve(path: path, checkpoint: scanFrom?.treeHead) }
    guard ledger.exists else { throw ledger.missing }
    let checkpoint = try CheckpointOption.treeHead(of: checkpoint)
    let showsProgress = Console.isErrorTerminal
    let finding = try Scan.run(path: path, checkpoint: checkpoint) { stage, done, total in
      if showsProgress { Console.progress("verify: \(stage) \(done) of \(total)") }
    }
    if showsProgress { Console.progress("") }
    switch finding {
    case .sound(let summary):
      try output.write(
        text(of: summary, checkpoint) ?? summary.report.rendered(as: output.format())
      )
    case .damaged(let damage):
      if output.format() != .text { try output.write(damage.report.rendered(as: output.format())) }
      throw VerificationFailure(damage, path: path)
    case .refused(let reason):
      throw VerificationFailure(message: reason)
    }
  }

  private func text(of summary: Scan.Summary, _ checkpoint: Verification.TreeHead?) -> String? {
    guard output.format() == .text else { return nil }
    let rows = summary.rows.map { "\($0.count) \($0.table)" }.joined(separator: ", ")
    var text = "sound: \(summary.head) events on \(summary.pageCount) pages; rows: \(rows)\n"
    if let checkpoint { text += "grown from the checkpoint of \(checkpoint.size) events\n" }
    return text + "root \(summary.root)\n"
  }
}

/// What a scan found wrong.
private struct VerificationFailure: Error, CustomStringConvertible {
  let message: String

  var description: String { message }

  init(message: String) { self.message = message }

  init(_ damage: Scan.Damage, path: String) {
    message = "\(path): the ledger is damaged: \(damage)"
  }
}

extension Scan {
  /// What a scan finds in a file that must be sound.
  @discardableResult
  static func requireSound(_ path: String) throws -> Summary {
    switch try run(path: path, checkpoint: nil, progress: { _, _, _ in }) {
    case .sound(let summary): return summary
    case .damaged(let damage): throw VerificationFailure(damage, path: path)
    case .refused(let reason): throw VerificationFailure(message: reason)
    }
  }
}

/// `--checkpoint`: a file of a checkpoint.
enum CheckpointOption {
  /// The tree that the file names, if there is one.
  static func treeHead(of path: String?) throws -> Verification.TreeHead? {
    try path.map { try NoteFile.read($0, Checkpoint.init(encoded:)) }
      .map { Verification.TreeHead(size: $0.size, root: $0.root.hexadecimal) }
  }
}

/// `--scan-from`: a number of events and a root.
struct TreeHeadArgument: ExpressibleByArgument {
  let treeHead: Verification.TreeHead

  init?(argument: String) {
    let parts = argument.split(separator: ":")
    guard parts.count == 2, let size = UInt64(parts[0]) else { return nil }
    treeHead = Verification.TreeHead(size: size, root: String(parts[1]))
  }
}

extension Scan.Damage: CustomStringConvertible {
  /// Where, what does not fit, and what to do.
  var description: String {
    var place = ""
    if let sequence { place += "event \(sequence)" }
    if let filing { place += " of filing \(filing)" }
    if let table { place += place.isEmpty ? "table \(table)" : ", table \(table)" }
    return "\(place.isEmpty ? "" : place + ": ")\(message); \(remedy)"
  }
}

private let verificationColumns = [
  Reports.Table.Column("what"), Reports.Table.Column("count", .right),
  Reports.Table.Column("result"), Reports.Table.Column("event", .right),
  Reports.Table.Column("filing"), Reports.Table.Column("problem"), Reports.Table.Column("remedy"),
]

extension Scan.Summary {
  fileprivate var report: Reports.Table {
    var table = Reports.Table(title: "assay.verify/1", columns: verificationColumns)
    func add(_ what: String, _ count: String, _ result: String) {
      table.append([what, count, result, "", "", "", ""])
    }
    add("events", String(head), "sound")
    add("pages", String(pageCount), "sound")
    for row in rows { add("table \(row.table)", String(row.count), "sound") }
    add("root", "", root)
    return table
  }
}

extension Scan.Damage {
  fileprivate var report: Reports.Table {
    var report = Reports.Table(title: "assay.verify/1", columns: verificationColumns)
    let what = table.map { "table \($0)" } ?? "file"
    report.append([
      what, "", "damaged", sequence.map(String.init) ?? "", filing ?? "", message, remedy,
    ])
    return report
  }
}
