import JSON

/// What a process that checks a ledger file writes: one JSON object a line, about how far it has come
/// and what it found.
///
/// A damaged file or disk can end a process that maps the file, so a check runs in a process of its
/// own; the process that started it reads these lines with a ``VerificationReader``.
enum VerificationMessage {
  case progress(stage: String, done: Int, total: Int)
  case finding(VerificationFinding)

  /// The remedies that a message can carry, by the names they have in it.
  private static let remedies: [(name: String, remedy: LedgerError.Remedy)] = [
    ("rebuild-tables", .rebuildTables), ("export-to-new-ledger", .exportToNewLedger),
    ("restore-from-backup", .restoreFromBackup), ("name-another-file", .nameAnotherFile),
    ("create-ledger", .createLedger), ("use-its-program", .useItsProgram),
  ]

  /// The line, with its line feed.
  var line: [UInt8] {
    let members: [(key: String, value: JSONValue)] =
      switch self {
      case .progress(let stage, let done, let total):
        [("stage", .string(stage)), ("done", .integer(done)), ("of", .integer(total))]
      case .finding(.sound(let ledger)):
        [
          ("head", .integer(Int(ledger.treeHead.size))), ("root", .string(ledger.treeHead.root)),
          ("pages", .integer(ledger.pageCount)),
          ("tables", .object(ledger.tables.map { ($0.name, .integer($0.rowCount)) })),
          ("origin", ledger.origin.map { .string($0) } ?? .null),
        ]
      case .finding(.damaged(let error)), .finding(.refused(let error)): Self.members(of: error)
      }
    return JSONValue.object(members).bytes + [UInt8(ascii: "\n")]
  }

  private static func members(of error: LedgerError) -> [(key: String, value: JSONValue)] {
    var members: [(key: String, value: JSONValue)] = [
      ("code", .string(error.code.rawValue)), ("message", .string(error.message)),
    ]
    let texts = [
      ("file", error.place.file), ("filing", error.place.filing), ("table", error.place.table),
      ("remedy", remedies.first { $0.remedy == error.remedy }?.name),
    ]
    for case (let key, let text?) in texts { members.append((key, .string(text))) }
    if let event = error.place.event {
      members.append(("event", .integer(Int(clamping: event))))
    }
    if case .upgradeFile(let path)? = error.remedy { members.append(("upgrade", .string(path))) }
    return members
  }

  /// Reads a line; `nil` for one that is no message.
  init?(line: [UInt8]) {
    guard let object = try? JSONParser().parse(line).root else { return nil }
    if let stage = object["stage"]?.string, let done = object["done"]?.integer,
      let total = object["of"]?.integer
    {
      self = .progress(stage: stage, done: done, total: total)
    } else if let head = object["head"]?.integer, let root = object["root"]?.string,
      let pageCount = object["pages"]?.integer, let tables = object["tables"]
    {
      self = .finding(
        .sound(
          SoundLedger(
            origin: object["origin"]?.string,
            treeHead: TreeHead(size: UInt64(head), root: root),
            pageCount: pageCount,
            tables: tables.members.map { .init(name: $0.key, rowCount: $0.value.integer ?? 0) }
          )
        )
      )
    } else if let error = Self.error(object) {
      self = .finding(VerificationFinding(error))
    } else {
      return nil
    }
  }

  private static func error(_ object: JSONNode) -> LedgerError? {
    guard let code = object["code"]?.string.flatMap(LedgerError.Code.init),
      let message = object["message"]?.string
    else { return nil }
    let place = LedgerError.Place(
      file: object["file"]?.string,
      event: object["event"]?.integer.map(UInt64.init),
      filing: object["filing"]?.string,
      table: object["table"]?.string
    )
    let name = object["remedy"]?.string
    let remedy: LedgerError.Remedy? =
      object["upgrade"]?.string.map { .upgradeFile(path: $0) }
      ?? remedies.first { $0.name == name }?.remedy
    return LedgerError(code, message, at: place, remedy: remedy)
  }
}

/// Reads what a process that checks a ledger file writes.
public struct VerificationReader {
  private var place = "before its first page"
  private var finding: VerificationFinding?

  /// Has read nothing.
  public init() {}

  /// Reads the next line.
  ///
  /// - Parameters:
  ///   - line: A line without its line feed.
  ///   - progress: Called if the line says how far the check has come.
  public mutating func read(
    _ line: [UInt8],
    progress: (_ stage: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
  ) {
    switch VerificationMessage(line: line) {
    case .progress(let stage, let done, let total):
      place = "among the \(stage), at \(done) of \(total)"
      progress(stage, done, total)
    case .finding(let found): finding = found
    case nil: break
    }
  }

  /// What the check found.
  ///
  /// - Parameter end: How the process ended, as in `was ended by SIGBUS`: of a process that ended
  ///   before it found anything, the file or its disk cannot be read.
  public func finish(_ end: String) -> VerificationFinding {
    finding
      ?? .damaged(
        LedgerError(
          .damaged,
          "the scan \(end) \(place): the disk or the memory cannot be read there",
          remedy: .restoreFromBackup
        )
      )
  }
}
