import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay stats`.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "stats")

  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let statistics = try ledger.open().read { try $0.statistics() }
    let tables = statistics.tables.map { table in
      (name: table.name, rowCount: table.rowCount, byteCount: table.byteCount)
    }
    try output.write(
      StatsReport(statistics, fileByteCount: statistics.usedByteCount, tables: tables)
    )
  }
}
