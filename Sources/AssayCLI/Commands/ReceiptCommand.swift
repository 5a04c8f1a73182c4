import ArgumentParser
import EventStore
import Facts
import Ledger
import Projections
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

  @OptionGroup var ledger: LedgerOptions

  func run() throws {
    let paper = try readPaper()
    let verdict = try Verdict(of: paper, query(of: paper), in: ledger.open())
    try Output(path: nil).write(Array(verdict.text.utf8))
    if !verdict.holds { throw ExitCode.failure }
  }

  private func readPaper() throws -> Paper {
    do {
      return try Paper(Input.bytes(of: file))
    } catch let error as PaperError {
      throw failure(error.description)
    }
  }

  /// The question on the paper.
  private func query(of paper: Paper) throws -> StatementCommand {
    let words = ShellWords.split(paper.query)
    guard words.prefix(2) == ["assay", "statement"],
      let command = try? StatementCommand.parse(Array(words.dropFirst(2)))
    else { throw failure("its query is no statement: \(paper.query)") }
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

/// Whether a paper still holds, part by part.
private struct Verdict {
  private var lines: [(name: String, text: String)] = []
  private(set) var holds = true

  init(of paper: Paper, _ query: StatementCommand, in ledger: Ledger) throws {
    try examine(paper, query, in: ledger)
  }

  private mutating func examine(
    _ paper: Paper,
    _ query: StatementCommand,
    in ledger: Ledger
  ) throws {
    lines.append(("query", paper.query))
    let head = try ledger.read { $0.head }
    guard paper.head <= head else {
      return fail("head", "the paper rests on \(paper.head) events, the ledger holds \(head)")
    }
    lines.append(("head", "\(paper.head) of the \(head) events that the ledger holds"))
    compare("root", paper.root, try ledger.read { try $0.root(at: paper.head) })
    if case .head(let asked)? = query.options.times.recordedAt?.recorded {
      compare("query", "--recorded-at \(asked)", "--recorded-at \(paper.head)")
    }
    var request = query.options.request(query.name)
    request.times.recordedAt = .head(paper.head)
    let answer: StatementAnswer
    do {
      answer = try ledger.statement(request)
    } catch let error as UnanswerableQuery {
      return fail("statement", "\(error)")
    }
    // What else stands in the query, or stands there in another way, is not what was printed.
    compare("query", paper.query, query.options.query(answer))
    let report = query.options.report(answer)
    compare("facts checksum", paper.factsChecksum, report.receipt.factsChecksum)
    if let difference = paper.difference(from: report) {
      fail("statement", difference)
    } else {
      lines.append(("statement", "the same in every \(paper.format == .json ? "cell" : "line")"))
    }
  }

  private mutating func compare(_ name: String, _ paper: String, _ ledger: String) {
    if paper != ledger {
      fail(name, "the paper says \(paper), the ledger \(ledger)")
    } else if name != "query" {
      lines.append((name, "the same"))
    }
  }

  private mutating func fail(_ name: String, _ text: String) {
    lines.append((name, text))
    holds = false
  }

  var text: String {
    lines.map { name, text in
      name + String(repeating: " ", count: 16 - name.count) + text + "\n"
    }.joined() + (holds ? "The paper holds.\n" : "The paper does not hold.\n")
  }
}
