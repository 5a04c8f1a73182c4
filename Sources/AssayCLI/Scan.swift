import EventStore
import Facts
import JSON
import LMDB
import Ledger
import Platform

/// A check of a ledger file that runs in a process of its own, so that a damaged file or disk cannot
/// end this one.
///
/// The other process is this program again. It writes one JSON object a line: how far it has come,
/// what is damaged, at the end what it found.
enum Scan {
  /// What a scan found.
  enum Finding {
    case sound(Summary)
    case damaged(Damage)

    /// The file could not be read, or is of another history.
    case refused(String)
  }

  /// A sound ledger.
  struct Summary {
    var head: Int
    var root: String
    var pageCount: Int
    var rows: [(table: String, count: Int)]
  }

  /// What is damaged, and where.
  struct Damage {
    var message: String
    var sequence: Int?
    var filing: String?
    var table: String?
    var remedy: String
  }

  /// Scans a ledger file in a process of its own.
  ///
  /// - Parameter progress: Told now and then how far it has come.
  static func run(
    path: String,
    checkpoint: Verification.TreeHead?,
    progress: (_ stage: String, _ done: Int, _ of: Int) -> Void
  ) throws -> Finding {
    var arguments = ["verify", "--scan", "--ledger", path]
    if let checkpoint { arguments += ["--scan-from", "\(checkpoint.size):\(checkpoint.root)"] }
    var child = try ChildProcess(name: "assay", arguments: arguments)
    var place = "before its first page"
    var finding: Finding?
    while let line = child.nextLine() {
      let object = try JSONParser().parse(line).root
      if let stage = object["stage"]?.string, let done = object["done"]?.integer,
        let total = object["of"]?.integer
      {
        place = "among the \(stage), at \(done) of \(total)"
        progress(stage, done, total)
      } else {
        finding = Finding(object) ?? finding
      }
    }
    let end = child.wait()
    if let finding { return finding }
    let reason =
      switch end {
      case .signal(let signal): "was ended by \(FatalSignals.name(signal))"
      case .status(let status): "ended with status \(status)"
      }
    return .damaged(
      Damage(
        message: "the scan \(reason) \(place): the disk or the memory cannot be read there",
        remedy: DamagedLedger("").remedy
      )
    )
  }

  /// Scans a ledger file in this process, and writes what it finds.
  static func serve(path: String, checkpoint: Verification.TreeHead?) throws {
    FatalSignals.restoreDefaults()
    let output = try Output(path: nil)
    func write(_ members: [(key: String, value: JSONValue)]) throws {
      try output.write(JSONValue.object(members).bytes + [UInt8(ascii: "\n")])
    }
    do {
      let found = try Ledger.verify(path: path, checkpoint: checkpoint) { stage, done, total in
        // Who reads this may have gone: then nobody needs it.
        try? write([
          ("stage", .string(stage.rawValue)), ("done", .integer(done)), ("of", .integer(total)),
        ])
      }
      try write(found.members)
    } catch var damage as DamagedLedger {
      try write(damage.members)
      if damage.filing == nil, let sequence = damage.sequence {
        // It may be the end of the process: so what is known was said before.
        damage.filing = try Ledger.filing(near: sequence, path: path)
        try write(damage.members)
      }
    } catch {
      try write([("refused", .string(Console.description(of: error)))])
    }
  }
}

extension Scan.Finding {
  fileprivate init?(_ object: JSONNode) {
    if let reason = object["refused"]?.string {
      self = .refused(reason)
    } else if let message = object["damage"]?.string, let remedy = object["remedy"]?.string {
      self = .damaged(
        Scan.Damage(
          message: message,
          sequence: object["sequence"]?.integer,
          filing: object["filing"]?.string,
          table: object["table"]?.string,
          remedy: remedy
        )
      )
    } else if let head = object["head"]?.integer, let root = object["root"]?.string,
      let pageCount = object["pages"]?.integer, let rows = object["rows"]
    {
      let counts = rows.members.map { (table: $0.key, count: $0.value.integer ?? 0) }
      self = .sound(Scan.Summary(head: head, root: root, pageCount: pageCount, rows: counts))
    } else {
      return nil
    }
  }
}

extension Verification {
  fileprivate var members: [(key: String, value: JSONValue)] {
    [
      ("head", .integer(Int(head))), ("root", .string(root)),
      ("pages", .integer(pages.pageCount)),
      ("rows", .object(rowCounts.map { ($0.table, .integer($0.count)) })),
    ]
  }
}

extension DamagedLedger {
  fileprivate var members: [(key: String, value: JSONValue)] {
    var members: [(key: String, value: JSONValue)] = [
      ("damage", .string(message)), ("remedy", .string(remedy)),
    ]
    if let sequence { members.append(("sequence", .integer(Int(clamping: sequence)))) }
    if let filing { members.append(("filing", .string(filing))) }
    if let table { members.append(("table", .string(table))) }
    return members
  }
}
