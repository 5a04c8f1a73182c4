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
  @OptionGroup var receipt: ReceiptOptions
  @OptionGroup var output: FormatOptions<Format>
  @OptionGroup var ledger: LedgerOptions

  func request(
    _ words: [String],
    asOf: PeriodLabel? = nil,
    isAll: Bool = true
  ) -> Ledger.FactsRequest {
    Ledger.FactsRequest(entity: entity, words: words, asOf: asOf, isAll: isAll)
  }

  /// The words of these options on a receipt.
  func words(after words: [String]) -> [String] { times.words(after: words.with("entity", entity)) }
}

extension FactOptions {
  /// Asks the ledger, and writes the answer with its receipt.
  func write(_ command: some AnswerCommand) throws {
    try output.write(ledger.open().read(at: times.times, command.paper), receipt)
  }
}
