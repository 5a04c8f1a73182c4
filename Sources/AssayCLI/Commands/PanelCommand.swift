import ArgumentParser
import Facts
import Ledger
import Platform
import Reports

/// The command `assay panel`.
struct PanelCommand: AnswerCommand {
  static let configuration = CommandConfiguration(manual: "panel")

  @Argument(
    help: ArgumentHelp(
      "A concept, FIRST,SECOND, or a ratio CONCEPT/CONCEPT; NAME= before it names the column.",
      valueName: "measure"
    ),
    transform: PanelMeasure.init(argument:)
  )
  var measures: [PanelMeasure]

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Unique parts of the names or identifiers of entities. Default: every entity.",
      valueName: "entity"
    )
  )
  var entities: [String] = []

  @Option(help: "What each row is about.")
  var span = StatementRequest.Span.quarter

  @Option(
    help: ArgumentHelp(
      "How many days after the end of its period a row is as of, such as 45d. Default: as known now.",
      valueName: "days"
    ),
    transform: PanelCommand.dayCount
  )
  var knownAtLag: Int?

  @Option(help: ArgumentHelp("The first end of a period.", valueName: "date"))
  var from: DayArgument?

  @Option(help: ArgumentHelp("The last end of a period.", valueName: "date"))
  var to: DayArgument?

  @Option(
    help: ArgumentHelp(
      "The only unit that counts. Default: for each entity the one in which it reports most.",
      valueName: "unit"
    )
  )
  var unit: String?

  @Flag(help: "Add the growth since the same period a year before.")
  var growth = false

  @Option(
    help: ArgumentHelp(
      "Write a SQLite database to this file; other output only where -o says.",
      valueName: "file"
    )
  )
  var sqlite: String?

  @OptionGroup var moment: TimeOptions
  @OptionGroup var receipt: ReceiptOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func validate() throws {
    let names = measures.map(\.name)
    if let name = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw ValidationError(
        "two measures are named \"\(name)\": name one of them otherwise, as in NAME=CONCEPT"
      )
    }
    if let from, let to, to.day < from.day {
      throw ValidationError("--to \(to.day) is before --from \(from.day): exchange them")
    }
  }

  /// Reads a number of days: `45d`, `45`.
  private static func dayCount(_ argument: String) throws -> Int {
    let digits = argument.hasSuffix("d") ? argument.dropLast() : argument[...]
    guard let count = Int(digits), (0...3660).contains(count) else {
      throw ValidationError("write a number of days from 0 to 3660, such as 45d")
    }
    return count
  }

  var times: Times { moment.times }

  func run() throws {
    var answer = try ledger.open().read(at: times, answer)
    if output.path != nil || sqlite == nil { try output.write(answer, receipt) }
    guard let sqlite else { return }
    answer.receipt = try receipt.signed(answer.receipt)
    let output = try Output(path: sqlite)
    try AnswerDatabase.write(answer, table: "panel", to: output.write)
    try output.finish()
  }

  func paper(in view: borrowing Ledger.View) throws -> any ReceiptedPaper {
    try answer(in: view)
  }

  private func answer(in view: borrowing Ledger.View) throws -> ReceiptedAnswer {
    let request = Ledger.PanelRequest(
      measures,
      entities: entities.flatMap { $0.split(separator: ",").map(String.init) },
      span: span,
      lag: knownAtLag,
      from: from?.day,
      through: to?.day,
      unit: unit,
      hasGrowth: growth
    )
    let panel = try view.panel(request)
    return try receipted(PanelReport(panel), moment.words(after: words), in: view)
  }

  private var words: [String] {
    let names = entities.isEmpty ? [] : ["--entities", entities.joined(separator: ",")]
    return (["panel"] + measures.map(\.description) + names)
      .with("span", span == .quarter ? nil : span.rawValue)
      .with("known-at-lag", knownAtLag.map { "\($0)d" })
      .with("from", from?.day).with("to", to?.day).with("unit", unit).with("growth", growth)
  }
}

extension PanelMeasure {
  /// Reads a measure, and says how one is written.
  fileprivate init(argument: String) throws {
    do { try self.init(argument) } catch {
      throw ValidationError(error.description)
    }
  }
}

/// A day: `2004-09-30`, `9/30/2004`; a month, quarter or year for its last day.
struct DayArgument: ExpressibleByArgument {
  let day: CivilDate

  init?(argument: String) {
    guard let time = PublishedTime(argument: argument) else { return nil }
    day = time.timestamp.day
  }
}
