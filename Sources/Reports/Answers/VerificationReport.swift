import JSON
public import Ledger

/// What a check of a ledger file found.
public struct VerificationReport: Sendable {
  /// What is written: a ledger that is sound, or what is damaged.
  private enum Subject: Sendable {
    case sound(SoundLedger, grownFrom: TreeHead?, signer: String?)
    case damaged(LedgerError, remedy: String)
  }

  private let subject: Subject

  /// A report of a sound ledger.
  ///
  /// - Parameters:
  ///   - checkpoint: The tree that it was found to have grown from; `nil` for none.
  ///   - signer: Whose signature of the checkpoint was checked; `nil` if none was.
  public init(
    _ ledger: SoundLedger,
    grownFrom checkpoint: TreeHead? = nil,
    signer: String? = nil
  ) {
    subject = .sound(ledger, grownFrom: checkpoint, signer: signer)
  }

  /// A report of a damaged ledger.
  ///
  /// - Parameter remedy: What to do, in the words of the reader.
  public init(_ damage: LedgerError, remedy: String) {
    subject = .damaged(damage, remedy: remedy)
  }

  /// Writes the report.
  public func rendered(as format: ReportFormat) -> String {
    switch format {
    case .text: text
    case .json, .jsonl: json.text + "\n"
    default: table.rendered(as: format)
    }
  }

  private var text: String {
    switch subject {
    case .damaged(let damage, let remedy): return damage.text { _ in remedy } + "\n"
    case .sound(let ledger, let checkpoint, let signer):
      let rows = ledger.tables.map { "\($0.rowCount) \($0.name)" }.joined(separator: ", ")
      var text =
        "sound: \(ledger.treeHead.size) events on \(ledger.pageCount) pages; rows: \(rows)\n"
      if let checkpoint {
        let trust = signer.map { "signed by \($0)" } ?? "whose signature was not checked"
        text += "grown from the checkpoint of \(checkpoint.size) events, \(trust)\n"
      }
      return text + "root \(ledger.treeHead.root)\n"
    }
  }

  /// One object, `assay.verify/2`; what is not known is `null`.
  private var json: JSONValue {
    switch subject {
    case .sound(let ledger, let checkpoint, let signer):
      .object(Self.members(ledger, checkpoint, signer))
    case .damaged(let damage, let remedy):
      .object([
        ("schema", .string("assay.verify/2")), ("status", .string("damaged")),
        ("message", .string(damage.message)),
        ("sequence", damage.place.event.map { .integer(Int(clamping: $0)) } ?? .null),
        ("filing", damage.place.filing.map { .string($0) } ?? .null),
        ("table", damage.place.table.map { .string($0) } ?? .null),
        ("remedy", .string(remedy)),
      ])
    }
  }

  private static func members(
    _ ledger: SoundLedger,
    _ checkpoint: TreeHead?,
    _ signer: String?
  ) -> [(key: String, value: JSONValue)] {
    var members: [(key: String, value: JSONValue)] = [
      ("schema", .string("assay.verify/2")), ("status", .string("sound")),
      ("head", .integer(Int(ledger.treeHead.size))), ("root", .string(ledger.treeHead.root)),
      ("pages", .integer(ledger.pageCount)),
      ("tables", .object(ledger.tables.map { ($0.name, .integer($0.rowCount)) })),
    ]
    guard let checkpoint else { return members + [("grownFrom", .null)] }
    members.append(
      (
        "grownFrom",
        .object([("head", .integer(Int(checkpoint.size))), ("root", .string(checkpoint.root))])
      )
    )
    return members + [("signer", signer.map { .string($0) } ?? .null)]
  }

  private var table: Table {
    var table = Table(
      title: "assay.verify/2",
      columns: [
        .init("what"), .init("count", .right), .init("result"), .init("event", .right),
        .init("filing"), .init("problem"), .init("remedy"),
      ]
    )
    switch subject {
    case .sound(let ledger, _, _):
      func add(_ what: String, _ count: String, _ result: String) {
        table.append([what, count, result, "", "", "", ""])
      }
      add("events", String(ledger.treeHead.size), "sound")
      add("pages", String(ledger.pageCount), "sound")
      for size in ledger.tables { add("table \(size.name)", String(size.rowCount), "sound") }
      add("root", "", ledger.treeHead.root)
    case .damaged(let damage, let remedy):
      table.append([
        damage.place.table.map { "table \($0)" } ?? "file", "", "damaged",
        damage.place.event.map { String($0) } ?? "", damage.place.filing ?? "", damage.message,
        remedy,
      ])
    }
    return table
  }
}
