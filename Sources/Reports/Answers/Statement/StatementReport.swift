public import Facts
public import Ledger
public import Projections

/// A filled statement, ready to be written in any format.
public struct StatementReport: Document, Sendable {
  /// The statement.
  public let statement: Statement

  /// What it rests on.
  public let receipt: Receipt

  /// The recorded-at that was asked for, as it was typed; `nil` for the ledger's head.
  public let recordedAt: String?

  /// The texts of the filings that cells rest on or wait for.
  let filingNames: [SymbolID: String]

  /// A report of `statement`.
  ///
  /// - Parameters:
  ///   - recordedAt: The recorded-at that was asked for, as it was typed; `nil` for none.
  ///   - filingName: The text of a filing's symbol.
  public init(
    _ statement: Statement,
    receipt: Receipt,
    recordedAt: String? = nil,
    filingName: (SymbolID) throws -> String
  ) rethrows {
    self.statement = statement
    self.receipt = receipt
    self.recordedAt = recordedAt
    var names: [SymbolID: String] = [:]
    for cell in statement.lines.lazy.flatMap(\.cells) {
      var rows = cell.answer.rows
      if case .notYetKnown(let row) = cell.answer { rows.append(row) }
      for row in rows where names[row.filing] == nil {
        names[row.filing] = try filingName(row.filing)
      }
    }
    filingNames = names
  }

  /// A report of a ledger's answer.
  ///
  /// - Parameters:
  ///   - query: The question as a command that asks it again.
  ///   - recordedAt: The recorded-at that was asked for, as it was typed; `nil` for none.
  public init(_ answer: StatementAnswer, query: String, recordedAt: String? = nil) {
    let name = { (symbol: SymbolID) in answer.filingNames[symbol] ?? "" }
    let receipt = Receipt(
      query: query,
      head: answer.head,
      root: answer.root,
      factsChecksum: Ledger.checksum(of: answer.statement.checksumBytes(filingName: name)),
      latestPublished: answer.latestFiling.map {
        Receipt.LatestFiling(published: $0.published.description, filing: $0.filing)
      }
    )
    self.init(answer.statement, receipt: receipt, recordedAt: recordedAt, filingName: name)
  }

  func filing(of row: FactRow) -> String { filingNames[row.filing] ?? "" }
}

extension StatementReport {
  /// Which of the many statements it is: whose, and on which of the three times.
  var header: [String] {
    var lines = ["\(statement.entity.name) (\(statement.entity.entity))"]
    if let asked = statement.requestedAsOf, asked != statement.asOf {
      lines.append("as of \(asked): the latest reporting date before it is \(statement.asOf)")
    } else {
      lines.append("as of \(statement.asOf)")
    }
    lines.append(
      statement.vantage.knownAt.map { "known at \($0.published)" }
        ?? "known at: everything published"
    )
    let head = "head \(statement.vantage.head)"
    lines.append(recordedAt.map { "recorded at \($0): \(head)" } ?? "recorded at: now, \(head)")
    return lines
  }

  /// For a statement of which nothing was known yet: when its first figures were published; `nil` for any other.
  var notice: String? {
    guard statement.isNotYetKnown else { return nil }
    var first: FactRow?
    for cell in statement.lines.lazy.flatMap(\.cells) {
      guard case .notYetKnown(let row) = cell.answer else { continue }
      if row.published < first?.published ?? .init(microseconds: .max) { first = row }
    }
    guard let first else { return nil }
    let known = statement.vantage.knownAt.map { " on \($0.published)" } ?? ""
    return "This statement was not yet known\(known): its first figures were published"
      + " \(first.published.published) by \(filing(of: first))."
  }
}
