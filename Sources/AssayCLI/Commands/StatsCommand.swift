import ArgumentParser
import Facts
import LMDB
import Ledger
import Reports

/// The command `assay stats`.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "stats")

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
