import EventStore
import Facts
import Foundation
import JSON
import LMDB
import Platform
import TestSupport

extension TemporaryFolder {
  func store(_ name: String = "test.assay", _ access: Access = .create) throws -> EventStore {
    try EventStore(path: self(name), access: access)
  }
}

func readBytes(_ path: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: URL(filePath: path)))
}

/// The lines of every file of `Events/`, in the order of the files' names.
func linesOfEvents() throws -> [[UInt8]] { try Package.eventLines().map { Array($0.utf8) } }

func event(_ line: some Sequence<UInt8>) throws -> Event {
  try Event(JSONParser().parse(Array(line)).root)
}

/// Drafts of event lines, one a line.
func drafts(_ lines: String) throws -> [Draft] {
  try lines.utf8.split(separator: UInt8(ascii: "\n")).enumerated().map { index, line in
    Draft(try event(line), file: "test.jsonl", line: index + 1)
  }
}

/// A company, a concept of each period type and two filings.
let definitions = """
  {"type":"entity","entity":"x:1","name":"Example"}
  {"type":"concept","concept":"x:Cash","kind":"statement-line","periodType":"instant"}
  {"type":"concept","concept":"x:Sales","kind":"statement-line","periodType":"duration"}
  {"type":"filing","filing":"f1","entity":"x:1","published":"2020-02-01"}
  {"type":"filing","filing":"f2","entity":"x:1","published":"2021-02-01"}

  """

/// One line: a claim of cash, with `more` members.
func cash(_ value: String, filing: String = "f1", line: Int? = nil, more: String = "") -> String {
  let place = line.map { #","source":{"line":\#($0),"column":9,"text":"?"}"# } ?? ""
  return """
    {"type":"statement-line","filing":"\(filing)","entity":"x:1","concept":"x:Cash",\
    "period":"2019-12-31","unit":"USD","value":"\(value)"\(place)\(more)}

    """
}

/// The first second of 2026, and `seconds` more.
func time(_ seconds: Int64 = 0) -> Timestamp {
  Timestamp(microseconds: 1_767_225_600_000_000 + seconds * 1_000_000)
}

extension EventStore {
  @discardableResult
  func append(_ drafts: [Draft], seconds: Int64 = 0, head: UInt64? = nil) throws -> AppendResult {
    var append = Append(drafts, time: time(seconds), by: "test")
    append.expectedHead = head
    return try self.append(append)
  }

  @discardableResult
  func append(_ lines: String, seconds: Int64 = 0) throws -> AppendResult {
    try append(drafts(lines), seconds: seconds)
  }

  @discardableResult
  func replicate(_ lines: [[UInt8]]) throws -> AppendResult {
    let drafts = try lines.enumerated().map { index, line in
      Draft(try event(line), file: "export.jsonl", line: index + 1)
    }
    return try replicate(Append(drafts, time: time(9999), by: "replica"))
  }

  var head: UInt64 { get throws { try read { $0.head } } }

  /// The canonical lines of all events.
  var lines: [[UInt8]] {
    get throws {
      var lines: [[UInt8]] = []
      try read { snapshot in
        try snapshot.forEachLine(before: snapshot.head) { lines.append($0.copied()) }
      }
      return lines
    }
  }

  /// The canonical lines of all events, for reading.
  var texts: [String] { get throws { try lines.map { String(decoding: $0, as: UTF8.self) } } }

  /// What the ledger holds, proven: its head and root.
  var checkpoint: String {
    get throws { try read { "\($0.head) \(try $0.root(at: $0.head))" } }
  }

  func leafHash(at sequence: UInt64) throws -> String {
    try read { try $0.leafHash(at: sequence) }
  }
}
