import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay diff`.
struct DiffCommand: AnswerCommand {
  static let configuration = CommandConfiguration(manual: "diff")

  @Argument(help: ArgumentHelp("The earlier known-at: a day or a time.", valueName: "known-a"))
  var earlier: PublishedTime

  @Argument(help: ArgumentHelp("The later known-at.", valueName: "known-b"))
  var later: PublishedTime

  @Argument(help: "A statement's name. Default: all facts.")
  var statement: String?

  @Flag(help: "Of a statement: only the lines that changed.")
  var changes = false

  @OptionGroup var subject: SubjectOptions

  @Option(
    help: ArgumentHelp("The reporting date. Default: the newest known.", valueName: "date")
  )
  var asOf: AsOfArgument?

  @Option(help: .onlyFacts)
  var concept: String?

  @Option(help: ArgumentHelp("What the ledger had recorded then.", valueName: "sequence-or-time"))
  var recordedAt: RecordedArgument?

  @OptionGroup var receipt: ReceiptOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    guard !changes || statement != nil else {
      throw ValidationError("--changes is for the lines of a statement: name one, or leave it out")
    }
    guard earlier.timestamp <= later.timestamp else {
      throw ValidationError(
        "\(earlier) is later than \(later): give the earlier moment first, as in "
          + "assay diff \(later) \(earlier)"
      )
    }
  }

  var times: Times { Times(knownAt: later, recordedAt: recordedAt?.recorded) }

  func run() throws { try output.write(ledger.open().read(at: times, paper), receipt) }

  func paper(in view: borrowing Ledger.View) throws -> any ReceiptedPaper {
    let words = (["diff", earlier.description, later.description] + (statement.map { [$0] } ?? []))
      .with("changes", changes).with("entity", subject.entity).with("as-of", asOf?.label)
      .with("concept", concept).with("recorded-at", recordedAt?.text)
    if let statement {
      let date = try asOf?.date(of: subject.entity, in: view)
      let request = StatementRequest(statement, entity: subject.entity, asOf: date)
      let comparison = try view.comparison(request, with: earlier)
      return try receipted(
        ComparisonReport(comparison, listsChangesOnly: changes),
        words,
        in: view
      )
    }
    let request = Ledger.FactsRequest(
      entity: subject.entity,
      words: concept.map { [$0] } ?? [],
      asOf: asOf?.label
    )
    let difference = try view.difference(request, since: earlier)
    return try receipted(DiffReport(difference), words, of: subject.entity, in: view)
  }
}
