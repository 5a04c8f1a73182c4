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
    let tables = statistics.tables.map { name, figures in
      (name: name, rowCount: figures.entryCount, byteCount: figures.byteCount)
    }
    try output.write(
      StatsReport(statistics, fileByteCount: statistics.file.usedByteCount, tables: tables)
    )
  }
}
