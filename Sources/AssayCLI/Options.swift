public import ArgumentParser
public import Facts
import FoundationEssentials
import Ledger
import Platform
public import Reports

/// Which ledger file.
struct LedgerOptions: ParsableArguments {
  @Option(
    name: [.customShort("f"), .customLong("ledger")],
    help: ArgumentHelp(
      "The ledger file; else $ASSAY_LEDGER, else ledger.assay.",
      valueName: "file"
    )
  )
  var path: String?

  var resolvedPath: String {
    path ?? ProcessInfo.processInfo.environment["ASSAY_LEDGER"] ?? "ledger.assay"
  }

  var exists: Bool { FileManager.default.fileExists(atPath: resolvedPath) }

  func open(_ access: Ledger.Access = .readOnly) throws -> Ledger {
    try Ledger(path: resolvedPath, access: access)
  }

  /// The ledger for reading; `nil` if there is no file yet.
  func openIfThere() throws -> Ledger? { try exists ? open() : nil }

  /// The error for a file that is not there.
  var missing: FileFailure {
    FileFailure(
      path: resolvedPath,
      message: "there is no such ledger",
      remedy: LedgerError.Remedy.createLedger.commandWords
    )
  }
}

/// Whose figures.
struct SubjectOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A unique part of the entity's name or identifier; needed if the ledger holds several.",
      valueName: "entity"
    )
  )
  var entity: String?
}

/// The other two times; the reporting date is the command's own.
struct TimeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the world could know then: a day (the whole of it, UTC) or a time. Default: everything.",
      valueName: "date-or-time"
    )
  )
  var knownAt: PublishedTime?

  @Option(help: .recordedAt)
  var recordedAt: RecordedArgument?

  var times: Times { Times(knownAt: knownAt, recordedAt: recordedAt?.recorded) }

  /// The words of these options on a receipt.
  func words(after words: [String]) -> [String] {
    words.with("known-at", knownAt).with("recorded-at", recordedAt?.text)
  }
}

/// The format and place of the output.
typealias OutputOptions = FormatOptions<ReportFormat>

/// A format that the option `-O` names.
protocol NamedFormat: ExpressibleByArgument {
  /// All names, for reading.
  static var names: String { get }

  /// The format of a report.
  init(_ format: ReportFormat)

  /// Whether it is a text, which a terminal can show.
  var isText: Bool { get }

  /// Whether it is plain text, of which parts can stand out on a terminal.
  var isPlainText: Bool { get }
}

extension ReportFormat: NamedFormat {
  init(_ format: ReportFormat) { self = format }
  var isPlainText: Bool { self == .text }
}

/// The format, one of a kind, and place of the output.
struct FormatOptions<Format: NamedFormat>: ParsableArguments {
  @Option(
    name: [.customShort("O"), .customLong("output-format")],
    help: ArgumentHelp(
      "\(Format.names).",
      valueName: "format"
    )
  )
  var format: Format?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Write to this file; its ending chooses the format. - is standard output.",
      valueName: "file"
    )
  )
  var path: String?

  @Option(
    help: ArgumentHelp(
      "Where text has colours: auto, on a terminal without $NO_COLOR; always, in a pipe, too; never.",
      valueName: "when"
    )
  )
  var color = ColorChoice.auto

  @Flag(
    help: "Leave out $ASSAY_PAGER, $PAGER or less, which show what is longer than the terminal."
  )
  var noPager = false

  func format(default other: ReportFormat = .text) -> Format {
    format ?? Format(path.flatMap { ReportFormat(fileName: $0) } ?? other)
  }

  func validate() throws {
    guard
      format().isText
        || path.map({ $0 != "-" || !FileDescriptor.standardOutput.isTerminal }) == true
    else {
      throw ValidationError(
        "a workbook is no text that can be shown: name a file for it, such as -o answer.xlsx"
      )
    }
    guard format == nil, let path, let ending = ReportFormat.ending(of: path),
      ReportFormat(name: ending) == nil
    else { return }
    throw ValidationError(
      "-o \(path): \"\(ending)\" is no format; end the name in one of "
        + "\(ReportFormat.names), or choose one with -O"
    )
  }

  private var isStandardOutput: Bool { path == nil || path == "-" }

  /// Where plain text is shown: a file that is named has no colours, and lines as long as they need to be.
  var screen: Screen {
    guard isStandardOutput, format().isPlainText else { return .none }
    let isTerminal = FileDescriptor.standardOutput.isTerminal
    return Screen(
      isStyled: color.isStyled,
      columnCount: isTerminal ? TerminalSettings.columnCount : nil
    )
  }

  /// Writes what `body` gives to the file or to standard output.
  ///
  /// - Parameters:
  ///   - isPaged: Whether it may go through a pager, on a terminal.
  ///   - stopsWithReader: Whether `body` need not go on once its reader has left the pager.
  func write(
    replacing replacement: Replacement = .ordinary,
    isPaged: Bool = true,
    stopsWithReader: Bool = true,
    _ body: ((_ bytes: [UInt8]) throws -> Void) throws -> Void
  ) throws {
    if isStandardOutput, FileDescriptor.standardOutput.isTerminal || screen.isStyled {
      let output = try AnswerOutput(
        isPaged: isPaged && !noPager,
        stopsWithReader: stopsWithReader
      )
      do {
        try body(output.write)
      } catch is AnswerOutput.ReaderLeft {
        return
      } catch {
        try output.finish()
        throw error
      }
      return try output.finish()
    }
    let output = try Output(path: path, replacing: replacement)
    try body(output.write)
    try output.finish()
  }

  func write(_ text: String, replacing replacement: Replacement = .ordinary) throws {
    try write(replacing: replacement) { try $0(Array(text.utf8)) }
  }

}

extension OutputOptions {
  /// Writes a document in the format asked for.
  func write(_ document: some Document) throws {
    try format().requireCharts(document.charts)
    try write { try $0(document.bytes(as: shownFormat)) }
  }

  /// The format, as it is shown where the answer goes.
  var shownFormat: ReportFormat { format().on(screen) }

}

extension ReportFormat {
  /// Refuses to draw an answer that has no drawing.
  func requireCharts(_ charts: [Chart]) throws {
    guard self == .svg, charts.isEmpty else { return }
    throw ValidationError(
      "this answer has no drawing: -O svg draws history of one figure or of several periods, guidance, panel, and "
        + "statements with two columns or more"
    )
  }
}

/// `--recorded-at`: a number of events, or a time.
struct RecordedArgument: ExpressibleByArgument {
  let text: String
  let recorded: Times.Recorded

  init?(argument: String) {
    text = argument
    if let head = UInt64(argument) {
      recorded = .head(head)
    } else if let time = PublishedTime(argument) {
      recorded = .time(time)
    } else {
      return nil
    }
  }
}

/// `--as-of`: a day, or a period that ends on it, such as 2004Q3.
struct AsOfArgument: ExpressibleByArgument {
  let label: PeriodLabel

  init?(argument: String) {
    if let day = CivilDate(argument: argument) {
      label = .exact(.instant(day))
    } else if let label = PeriodLabel(argument) {
      self.label = label
    } else {
      return nil
    }
  }

  /// The day, by the fiscal calendar of the entity asked for; tells of a number that is assumed.
  func date(of entity: String?, in view: borrowing Ledger.View) throws -> CivilDate {
    let day = try view.day(label, of: entity)
    if day.isAssumed {
      Console.note(
        "\(label) is taken to end on \(day.date): no filing states the number of that fiscal year"
      )
    }
    return day.date
  }
}

extension PublishedTime: ExpressibleByArgument {
  /// Reads a day, the last day of a month, or a time.
  public init?(argument: String) {
    if let day = CivilDate(argument: argument) {
      self = .day(day)
    } else if case .exact(let period)? = PeriodLabel(argument) {
      self = .day(period.end)
    } else {
      self.init(argument)
    }
  }
}

extension CivilDate {
  /// Reads a day that is not written as in ISO 8601: `9/30/2004`, `today`.
  fileprivate init?(argument: String) {
    guard argument.lowercased() != "today" else {
      self = Console.now.day
      return
    }
    self.init(strokes: argument)
  }
}

extension StatementRequest.Span: ExpressibleByArgument {}

extension Retirement.Kind: ExpressibleByArgument {}

extension CalculationRule: ExpressibleByArgument {}

extension StatementRequest.Layout: ExpressibleByArgument {}

extension ReportFormat: ExpressibleByArgument {
  /// Reads the name of a format.
  public init?(argument: String) { self.init(name: argument) }

  /// The names of all formats, for help and completion.
  public static var allValueStrings: [String] { all.map(\.name) }
}
