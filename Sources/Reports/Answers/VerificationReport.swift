import Facts
import JSON
public import Ledger

/// What a check of a ledger file found.
public struct VerificationReport: Sendable {
  /// What is written: a ledger that is sound, or what is damaged.
  private enum Subject: Sendable {
    case sound(SoundLedger, Checkpoint?)
    case damaged(LedgerError, remedy: String)
  }

  /// The checkpoint that a ledger was found to have grown from.
  private struct Checkpoint: Sendable {
    var treeHead: TreeHead
    var signer: String?
    var cosigners: [Cosigner]?

    /// Who vouches for it, in words.
    var trust: String {
      guard signer != nil || cosigners != nil else { return "whose signature was not checked" }
      var parts = signer.map { ["signed by \($0)"] } ?? []
      if let cosigners {
        let names = cosigners.map { "\($0.name) at \($0.time)" }
        parts.append("cosigned by \(names.isEmpty ? "nobody" : names.joined(separator: " and "))")
      }
      return parts.joined(separator: ", ")
    }
  }

  private let subject: Subject

  /// A report of a sound ledger.
  ///
  /// - Parameters:
  ///   - ledger: What was read of the ledger.
  ///   - checkpoint: The tree that it was found to have grown from; `nil` for none.
  ///   - signer: Whose signature of the checkpoint was checked; `nil` if none was.
  ///   - cosigners: The witnesses of a policy that cosigned it; `nil` if there was no policy.
  public init(
    _ ledger: SoundLedger,
    grownFrom checkpoint: TreeHead? = nil,
    signer: String? = nil,
    cosigners: [Cosigner]? = nil
  ) {
    subject = .sound(
      ledger,
      checkpoint.map { Checkpoint(treeHead: $0, signer: signer, cosigners: cosigners) }
    )
  }

  /// A report of a damaged ledger.
  ///
  /// - Parameters:
  ///   - damage: The first damage that was found.
  ///   - remedy: What to do, in the words of the reader.
  public init(_ damage: LedgerError, remedy: String) {
    subject = .damaged(damage, remedy: remedy)
  }

  /// Writes the report.
  ///
  /// - Throws: As ``Document/bytes(as:)``.
  public func bytes(as format: ReportFormat) throws -> [UInt8] {
    switch format {
    case .text: return Array(text.utf8)
    case .json, .jsonl: return Array((json.text + "\n").utf8)
    default:
      var bytes: [UInt8] = []
      try table.write(as: format, to: &bytes)
      return bytes
    }
  }

  private var text: String {
    switch subject {
    case .damaged(let damage, let remedy): return damage.text { _ in remedy } + "\n"
    case .sound(let ledger, let checkpoint):
      let rows = ledger.tables.map { "\($0.rowCount) \($0.name)" }.joined(separator: ", ")
      var text =
        "sound: \(ledger.treeHead.size) events on \(ledger.pageCount) pages; rows: \(rows)\n"
      if let checkpoint {
        let size = checkpoint.treeHead.size
        text += "grown from the checkpoint of \(size) events, \(checkpoint.trust)\n"
      }
      return text + "root \(ledger.treeHead.root)\n"
    }
  }

  /// One object, `assay.verify/2`; what is not known is `null`.
  private var json: JSONValue {
    switch subject {
    case .sound(let ledger, let checkpoint):
      .object(Self.members(ledger, checkpoint))
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
    _ checkpoint: Checkpoint?
  ) -> [(key: String, value: JSONValue)] {
    var members: [(key: String, value: JSONValue)] = [
      ("schema", .string("assay.verify/2")), ("status", .string("sound")),
      ("head", .integer(Int(ledger.treeHead.size))), ("root", .string(ledger.treeHead.root)),
      ("pages", .integer(ledger.pageCount)),
      ("tables", .object(ledger.tables.map { ($0.name, .integer($0.rowCount)) })),
    ]
    guard let checkpoint else { return members + [("grownFrom", .null)] }
    let treeHead = checkpoint.treeHead
    members.append(
      (
        "grownFrom",
        .object([("head", .integer(Int(treeHead.size))), ("root", .string(treeHead.root))])
      )
    )
    members.append(("signer", checkpoint.signer.map { .string($0) } ?? .null))
    if let cosigners = checkpoint.cosigners {
      let witnesses = cosigners.map { cosigner in
        JSONValue.object([
          ("name", .string(cosigner.name)), ("time", .string(cosigner.time.description)),
        ])
      }
      members.append(("witnesses", .array(witnesses)))
    }
    return members
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
    case .sound(let ledger, _):
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
