public import JSON
public import Ledger
import Platform

/// Whether a printed answer is still what the ledger answers, part by part.
public struct ReceiptVerdict: Hashable, Sendable {
  /// One thing that was compared.
  public struct Part: Hashable, Sendable {
    /// What was compared: a part of the receipt, or `statement` or `answer` for the figures above it.
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

  /// Asks the question of a printed answer again, of the events that its receipt counts, and
  /// compares the answers.
  ///
  /// - Parameters:
  ///   - printed: The answer as it was printed.
  ///   - times: The times of the question that its receipt names.
  ///   - key: Who must have signed the receipt; `nil` if that is not asked.
  ///   - ledger: The ledger that is asked again.
  ///   - answer: Answers that question at these times, with the question as a query of the same form as the
  ///     receipt's.
  /// - Throws: Whatever the ledger throws where it is damaged. A question that it cannot answer is a
  ///   part that differs.
  /// - Complexity: As answering once.
  public init(
    of printed: PrintedAnswer,
    times: Times,
    signedBy key: VerifierKey? = nil,
    in ledger: Ledger,
    answer: (Times) throws -> any ReceiptedPaper
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
    let isStatement = printed.query.split(separator: " ").dropFirst().first == "statement"
    let subject = isStatement ? "statement" : "answer"
    var now: any ReceiptedPaper
    do {
      now = try answer(then)
    } catch let error as LedgerError where error.isRefusalToAnswer {
      add(subject, false, "\(error)")
      return
    }
    // Words that the question does not need, or that are written in another way, were not printed.
    if printed.query != now.receipt.query { differ("query", printed.query, now.receipt.query) }
    compare("facts checksum", printed.factsChecksum, now.receipt.factsChecksum)
    // The signature is of the paper; it is checked by itself.
    now.receipt.signature = printed.signature
    if let difference = try printed.difference(from: now) {
      add(subject, false, difference)
    } else {
      let unit =
        [.json, .xlsx].contains(printed.format) ? "cell" : printed.isPrint ? "word" : "line"
      add(subject, true, "the same in every \(unit)")
    }
    checkSignature(of: printed, by: key)
  }

  private mutating func checkSignature(of printed: PrintedAnswer, by key: VerifierKey?) {
    guard let signature = printed.signature else {
      if let key { add("signature", false, "the receipt is not signed, by \(key.name) or another") }
      return
    }
    let name = signature.prefix { $0 != " " }
    guard let key else {
      return add("signature", true, "it names \(name), and is not checked: no key was given")
    }
    let isSigned = key.hasSigned(printed.signedText, signature)
    add("signature", isSigned, isSigned ? "by \(key.name)" : "it is not made by \(key.name)")
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
    let lines = parts.map { part in
      StyledText("\(part.name.padded(to: 14))  \(part.text)", part.agrees ? nil : .alarm)
    }
    return [.styled(lines), .notes(notes)]
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
