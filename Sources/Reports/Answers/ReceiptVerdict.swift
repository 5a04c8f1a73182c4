public import Facts
public import JSON
public import Ledger

/// Whether a printed statement is still what the ledger answers, part by part.
public struct ReceiptVerdict: Hashable, Sendable {
  /// One thing that was compared.
  public struct Part: Hashable, Sendable {
    /// What was compared: a part of the receipt, or `statement` for the figures above it.
    public var name: String

    /// Whether the printed statement agrees with the ledger.
    public var agrees: Bool

    /// What was found, in words.
    public var text: String
  }

  /// The parts, in the order in which they were compared; the last is one that differs where nothing
  /// more could be compared.
  public private(set) var parts: [Part] = []

  /// Whether every part agrees.
  public var holds: Bool { parts.allSatisfy(\.agrees) }

  /// Asks the question of a printed statement again, of the events that its receipt counts, and
  /// compares the answers.
  ///
  /// - Parameters:
  ///   - printed: The statement as it was printed.
  ///   - request: The question that its receipt names.
  ///   - times: The times of that question.
  ///   - report: Writes an answer to that question, with the question as a query of the same form as
  ///     the receipt's.
  /// - Throws: Whatever the ledger throws where it is damaged. A question that it cannot answer is a
  ///   part that differs.
  /// - Complexity: As filling the statement once.
  public init(
    of printed: ReceiptedStatement,
    request: StatementRequest,
    times: Times,
    in ledger: Ledger,
    report: (StatementAnswer) -> StatementReport
  ) throws {
    add("query", true, printed.query)
    let head = try ledger.read { $0.head }
    guard printed.head <= head else {
      add("head", false, "the paper rests on \(printed.head) events, the ledger holds \(head)")
      return
    }
    add("head", true, "\(printed.head) of the \(head) events that the ledger holds")
    let then = Times(knownAt: times.knownAt, recordedAt: .head(printed.head))
    compare("root", printed.root, try ledger.read(at: then) { try $0.root })
    if case .head(let asked)? = times.recordedAt, asked != printed.head {
      differ("query", "recorded at \(asked)", "recorded at \(printed.head)")
    }
    let answer: StatementAnswer
    do {
      answer = try ledger.read(at: then) { try $0.statement(request) }
    } catch let error as LedgerError where error.isRefusalToAnswer {
      add("statement", false, "\(error)")
      return
    }
    let now = report(answer)
    // Words that the question does not need, or that are written in another way, were not printed.
    if printed.query != now.receipt.query { differ("query", printed.query, now.receipt.query) }
    compare("facts checksum", printed.factsChecksum, now.receipt.factsChecksum)
    if let difference = printed.difference(from: now) {
      add("statement", false, difference)
    } else {
      add("statement", true, "the same in every \(printed.format == .json ? "cell" : "line")")
    }
  }

  private mutating func compare(_ name: String, _ printed: String, _ ledger: String) {
    guard printed == ledger else { return differ(name, printed, ledger) }
    add(name, true, "the same")
  }

  private mutating func differ(_ name: String, _ printed: String, _ ledger: String) {
    add(name, false, "the paper says \(printed), the ledger \(ledger)")
  }

  private mutating func add(_ name: String, _ agrees: Bool, _ text: String) {
    parts.append(Part(name: name, agrees: agrees, text: text))
  }
}

extension ReceiptVerdict: Document {
  /// One row for each part.
  public var rows: Table {
    var table = Table(
      TableHead(title: "Receipt", shape: .init("assay.receipt/1"), columns: Self.columns)
    )
    for part in parts {
      table.append([.text(part.name), .text(part.agrees ? "yes" : "no"), .text(part.text)])
    }
    return table
  }

  /// The verdict in words.
  public var notes: [Note] { [Note(holds ? "The paper holds." : "The paper does not hold.")] }

  /// The parts, and the verdict.
  public var text: [Block] {
    [.lines(parts.map { "\($0.name.padded(to: 14))  \($0.text)" }), .notes(notes)]
  }

  /// The title, the parts, and the verdict.
  public var page: [Block] { [.heading("Receipt", level: 1), .table(rows), .notes(notes)] }

  /// `assay.receipt/1`: the verdict, and the parts.
  public var object: JSONValue? {
    .object([
      ("schema", .string("assay.receipt/1")), ("holds", .bool(holds)),
      ("parts", .array(parts.map(\.json))),
    ])
  }

  /// One object for each part.
  public var records: [JSONValue]? { parts.map(\.json) }

  private static let columns: [Table.Column] = [.init("part"), .init("agrees"), .init("text")]
}

extension ReceiptVerdict.Part {
  fileprivate var json: JSONValue {
    .object([("part", .string(name)), ("agrees", .bool(agrees)), ("text", .string(text))])
  }
}
