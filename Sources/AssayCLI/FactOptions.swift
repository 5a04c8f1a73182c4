import ArgumentParser
import Facts
import Ledger
import Reports

/// What commands over facts understand.
typealias FactOptions = FactFormatOptions<ReportFormat>

/// The same, with the formats of one command.
struct FactFormatOptions<Format: NamedFormat>: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A unique part of the entity's name or identifier. Default: every entity.",
      valueName: "entity"
    )
  )
  var entity: String?

  @OptionGroup var times: TimeOptions
  @OptionGroup var output: FormatOptions<Format>
  @OptionGroup var ledger: LedgerOptions

  func request(
    _ words: [String],
    asOf: PeriodLabel? = nil,
    isAll: Bool = true
  ) -> Ledger.FactsRequest {
    Ledger.FactsRequest(entity: entity, words: words, asOf: asOf, isAll: isAll)
  }

  /// Asks the ledger, as of the times that were given.
  func ask<Answer>(_ body: (borrowing Ledger.View) throws -> Answer) throws -> Answer {
    try ledger.open().read(at: times.times, body)
  }
}
