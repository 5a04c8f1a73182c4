import ArgumentParser
import Facts
import Ledger
import Platform
import Reports

/// The command `assay receipt`.
struct ReceiptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    manual: "receipt",
    subcommands: [ReceiptVerifyCommand.self]
  )
}

/// The command `assay receipt verify`.
struct ReceiptVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(manual: "receipt verify")

  @Argument(help: "A printed or saved statement with its receipt; - for standard input.")
  var file: String

  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let printed = try readStatement()
    let (name, options) = try question(of: printed)
    let ledger = try ledger.open()
    let times = options.times.times
    let request = try ledger.read(at: times) { view in try options.request(name, in: view) }
    let verdict = try ReceiptVerdict(
      of: printed,
      request: request,
      times: times,
      in: ledger,
      report: options.report
    )
    try output.write(verdict)
    if !verdict.holds { throw ExitCode.failure }
  }

  private func readStatement() throws -> ReceiptedStatement {
    do {
      return try ReceiptedStatement(Input.bytes(of: file))
    } catch let error as ReceiptedStatementError {
      throw failure(error.description)
    }
  }

  /// The question on the receipt, parsed as a command.
  private func question(
    of printed: ReceiptedStatement
  ) throws -> (name: String, options: StatementOptions) {
    let words = ShellWords.split(printed.query)
    guard words.prefix(2) == ["assay", "statement"],
      let command = try? StatementCommand.parse(Array(words.dropFirst(2))), let name = command.name
    else { throw failure("its query is no statement: \(printed.query)") }
    return (name, command.options)
  }

  private func failure(_ message: String) -> FileFailure {
    FileFailure(
      path: file,
      message: message,
      remedy: "give a statement as assay printed it, in text, markdown, html or json"
    )
  }
}
