import Facts
public import Ledger

/// A filled statement, ready to be written in any format.
public struct StatementReport: Document, ReceiptedPaper, Sendable {
  /// The statement.
  public let statement: StatementAnswer

  /// What it rests on.
  public var receipt: Receipt

  /// The recorded-at that was asked for, as it was typed; `nil` for the ledger's head.
  public let recordedAt: String?

  /// What a workbook shows beside the figures; `nil` where none is made.
  public var evidence: StatementEvidence?

  /// A report of `statement`.
  ///
  /// - Parameters:
  ///   - statement: The answer of a ledger.
  ///   - receipt: The receipt that it ends with.
  ///   - recordedAt: The recorded-at that was asked for, as it was typed; `nil` for none.
  public init(_ statement: StatementAnswer, receipt: Receipt, recordedAt: String? = nil) {
    self.statement = statement
    self.receipt = receipt
    self.recordedAt = recordedAt
  }

  /// A report of a ledger's answer.
  ///
  /// - Parameters:
  ///   - answer: The answer of a ledger.
  ///   - query: The question as a command that asks it again.
  ///   - recordedAt: The recorded-at that was asked for, as it was typed; `nil` for none.
  public init(_ answer: StatementAnswer, query: String, recordedAt: String? = nil) {
    let receipt = Receipt(
      query: query,
      head: answer.head,
      root: answer.root,
      factsChecksum: Ledger.checksum(of: answer.checksumBytes),
      latestPublished: answer.latestFiling.map {
        Receipt.LatestFiling(published: $0.published.description, filing: $0.filing)
      }
    )
    self.init(answer, receipt: receipt, recordedAt: recordedAt)
  }
}

extension StatementReport {
  /// Which of the many statements it is: whose, and on which of the three times.
  public var header: [String] {
    var lines = ["\(statement.entity.name) (\(statement.entity.entity))"]
    if let asked = statement.requestedAsOf, asked != statement.asOf {
      lines.append("as of \(asked): the latest reporting date before it is \(statement.asOf)")
    } else {
      lines.append("as of \(statement.asOf)")
    }
    lines.append(
      statement.knownAt.map { "known at \($0.published)" }
        ?? "known at: everything published"
    )
    let head = "head \(statement.head)"
    lines.append(recordedAt.map { "recorded at \($0): \(head)" } ?? "recorded at: now, \(head)")
    if let filed = statement.filedLayout {
      let form = filed.filing.form.map { "\($0), " } ?? ""
      lines.append("layout of \(filed.filing.filing) (\(form)\(filed.filing.published))")
    }
    return lines
  }

  /// Which of the filings used were recorded in part, a line for each.
  public var partialNotes: [String] {
    statement.partialFilings.map { coverage in
      "recorded in part: \(counted(coverage.unmappedCount, "figure", "figures")) of the "
        + "\(coverage.figureCount) that \(coverage.filing) prints in this statement could not be read, and may "
        + "be \(Legend.notReported.rawValue) here"
    }
  }

  /// For a statement of which nothing was known yet: when its first figures were published; `nil` for any other.
  public var notice: String? {
    guard let first = statement.firstPublished else { return nil }
    let known = statement.knownAt.map { " on \($0.published)" } ?? ""
    return "This statement was not yet known\(known): its first figures were published"
      + " \(first.published.published) by \(first.filing)."
  }

  /// A figure as its issuer prints it: `$ 71,607`, `(11,292)`, `- -`, `n/r`.
  ///
  /// - Precondition: The line has a cell of that number.
  public func printedText(line: Int, column: Int) -> String {
    PrintedCell(at: column, of: statement.lines[line], statement.definition).text
  }
}
