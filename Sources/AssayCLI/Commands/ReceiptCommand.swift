import ArgumentParser
import Facts
import Ledger
import Reports

/// The command `assay receipt`.
struct ReceiptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipt",
    abstract: "Check what stands under every statement: query, head, root, checksum.",
    subcommands: [ReceiptVerifyCommand.self]
  )
}

/// The command `assay receipt verify`.
struct ReceiptVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract:
      "Ask the question of a printed statement again, and say whether the paper still holds.",
    discussion: """
      The file is a statement as this program wrote it, in text, Markdown, HTML or JSON; text may have \
      been pasted and saved by other programs. The question is asked of the events that the ledger had \
      then, and every line, or of JSON every cell, is compared. Ends with 1 if anything differs.
      """
  )

  @Argument(help: "A printed or saved statement with its receipt; - for standard input.")
  var file: String

  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let printed = try readStatement()
    let question = try question(of: printed)
    let verdict = try ReceiptVerdict(
      of: printed,
      request: question.options.request(question.name),
      times: question.options.times.times,
      in: ledger.open(),
      report: question.options.report
    )
    try output.write(verdict.rendered(as: output.format()))
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
  private func question(of printed: ReceiptedStatement) throws -> StatementCommand {
    let words = ShellWords.split(printed.query)
    guard words.prefix(2) == ["assay", "statement"],
      let command = try? StatementCommand.parse(Array(words.dropFirst(2)))
    else { throw failure("its query is no statement: \(printed.query)") }
    return command
  }

  private func failure(_ message: String) -> FileFailure {
    FileFailure(
      path: file,
      message: message,
      remedy: "give a statement as assay printed it, in text, markdown, html or json"
    )
  }
}
