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

  @Argument(help: "A printed or saved answer with its receipt; - for standard input.")
  var file: String

  @Option(
    help: ArgumentHelp(
      "The receipt that was kept beside the answer, as --receipt wrote it.",
      valueName: "file"
    )
  )
  var receipt: String?

  @Option(
    help: ArgumentHelp(
      "The verifier key that must have signed the receipt, or a file of it.",
      valueName: "key"
    )
  )
  var key: String?

  @OptionGroup var output: OutputOptions
  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let printed = try readAnswer()
    guard let command = AnswerCommands.command(printed.query) else {
      throw failure("its query is no question that has a receipt: \(printed.query)")
    }
    let key = try key.map { try NoteFile.verifierKey($0) }
    let ledger = try ledger.open()
    let verdict = try ReceiptVerdict(
      of: printed,
      times: command.times,
      signedBy: key,
      in: ledger
    ) { times in
      try ledger.read(at: times) { view in
        let paper = try command.paper(in: view)
        guard printed.format == .xlsx, var report = paper as? StatementReport else { return paper }
        report.evidence = try StatementEvidence(of: report.statement, in: view)
        return report
      }
    }
    try output.write(verdict)
    if !verdict.holds { throw ExitCode.failure }
  }

  private func readAnswer() throws -> PrintedAnswer {
    do {
      guard let receipt else { return try PrintedAnswer(Input.bytes(of: file)) }
      return try PrintedAnswer(Input.bytes(of: file), beside: KeptReceipt(Input.bytes(of: receipt)))
    } catch let error as PrintedAnswerError {
      throw failure(error.description)
    }
  }

  private func failure(_ message: String) -> FileFailure {
    FileFailure(
      path: file,
      message: message,
      remedy:
        "give an answer as assay printed it, in text, markdown, html, json or xlsx, or the text of its PDF "
        + "(pdftotext -layout); any other with the --receipt that was kept beside it"
    )
  }
}
