import ArgumentParser
import Facts
import Ledger
import Platform
import Reports

/// A command whose answer has a receipt, by which it can be asked again.
protocol AnswerCommand: ParsableCommand {
  /// What could be known and had been recorded.
  var times: Times { get }

  /// Answers, with the question as a command of the same words wherever it is asked.
  ///
  /// - Parameter view: The ledger at ``times``, or with fewer events.
  func paper(in view: borrowing Ledger.View) throws -> any ReceiptedPaper
}

extension AnswerCommand {
  /// An answer with its receipt.
  ///
  /// - Parameters:
  ///   - words: The question, without the name of the program.
  ///   - entity: Whose figures it asks about; `nil` for those of several entities.
  func receipted(
    _ answer: some Document,
    _ words: [String],
    of entity: String? = nil,
    in view: borrowing Ledger.View
  ) throws -> ReceiptedAnswer {
    ReceiptedAnswer(
      answer,
      query: ShellWords.joined(["assay"] + words),
      head: view.head,
      root: try view.root,
      subject: try entity.map { try view.entity(matching: $0).name }
    )
  }
}

extension [String] {
  /// The words and an option with its value; without a value, the words alone.
  func with(_ option: String, _ value: (some CustomStringConvertible)?) -> [String] {
    value.map { self + ["--\(option)", $0.description] } ?? self
  }

  /// The words and a flag, if it is set.
  func with(_ flag: String, _ isSet: Bool) -> [String] { isSet ? self + ["--\(flag)"] : self }
}

/// The commands whose answers have receipts.
enum AnswerCommands {
  private static let all: [any AnswerCommand.Type] = [
    StatementCommand.self, HistoryCommand.self, DiffCommand.self, RestatementsCommand.self,
    CheckCommand.self, GuidanceCommand.self, LintCommand.self, FactsCommand.self,
    PanelCommand.self,
  ]

  /// The command that the words on a receipt ask; `nil` if they ask none of these.
  static func command(_ query: String) -> (any AnswerCommand)? {
    let words = ShellWords.split(query)
    guard words.count > 1, words[0] == "assay",
      let type = all.first(where: { $0.configuration.commandName == words[1] })
    else { return nil }
    return try? type.parse(Array(words.dropFirst(2)))
  }
}

/// How an answer's receipt is signed, and where it is kept.
struct ReceiptOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Sign the receipt with this private key, as assay keygen makes them.",
      valueName: "file"
    )
  )
  var key: String?

  @Option(
    help: ArgumentHelp(
      "Write the receipt to this file, too: for csv, tsv and jsonl, which have no place for it.",
      valueName: "file"
    )
  )
  var receipt: String?

  /// Whether a receipt is asked for that the format does not have.
  func needsReceipt(in format: ReportFormat) -> Bool {
    receipt != nil || ![.csv, .tsv, .jsonl].contains(format)
  }

  func validate() throws {
    guard receipt != "-" else {
      throw ValidationError("--receipt - would mix with the answer: name a file")
    }
  }

  /// The receipt, signed if there is a key.
  func signed(_ receipt: Receipt) throws -> Receipt {
    guard let key else { return receipt }
    var receipt = receipt
    let signer = try NoteFile.read(key, SigningKey.init(text:))
    receipt.signature = try signer.signature(of: receipt.signedText)
    return receipt
  }

  /// Writes the receipt to its file, if there is one.
  ///
  /// - Parameter checksum: The SHA-256 of the answer as it was written, in hexadecimal.
  func keep(_ receipt: Receipt, format: ReportFormat, checksum: String) throws {
    guard let path = self.receipt else { return }
    let kept = KeptReceipt(receipt, format: format, fileChecksum: checksum)
    let output = try Output(path: path)
    try output.write(Array(kept.text.utf8))
    try output.finish()
  }
}

extension OutputOptions {
  /// Writes an answer with its receipt.
  func write(_ paper: any ReceiptedPaper, _ options: ReceiptOptions) throws {
    try format().requireCharts(paper.charts)
    var paper = paper
    paper.receipt = try options.signed(paper.receipt)
    let format = format()
    // A receipt that is kept has the checksum of the answer as it is in a file.
    let bytes = try paper.bytes(as: options.receipt == nil ? shownFormat : format)
    try write { try $0(bytes) }
    try options.keep(paper.receipt, format: format, checksum: Ledger.checksum(of: bytes))
  }
}
