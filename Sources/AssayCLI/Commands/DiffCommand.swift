import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay diff`.
struct DiffCommand: ParsableCommand {
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

  func run() throws {
    let ledger = try ledger.open()
    let times = Times(knownAt: later, recordedAt: recordedAt?.recorded)
    if let statement {
      let comparison = try ledger.read(at: times) { view in
        let date = try asOf?.date(of: subject.entity, in: view)
        let request = StatementRequest(statement, entity: subject.entity, asOf: date)
        return try view.comparison(request, with: earlier)
      }
      return try output.write(ComparisonReport(comparison, listsChangesOnly: changes))
    }
    let request = Ledger.FactsRequest(
      entity: subject.entity,
      words: concept.map { [$0] } ?? [],
      asOf: asOf?.label
    )
    let difference = try ledger.read(at: times) { try $0.difference(request, since: earlier) }
    try output.write(DiffReport(difference))
  }
}
