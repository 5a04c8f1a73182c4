import EventStore
import Facts
import TestSupport
import Testing

@testable import Ledger

@Suite("Footnotes of a statement")
struct FootnoteTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  private static let statement = #"""
    {"type":"statement","statement":"s","title":"S","columns":[{"span":"instant"}],"lines":[{"label":"Cash","concept":"x:Cash"}]}

    """#

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    try ledger.append(Sample.definitions + Self.statement + Sample.cash("100"))
  }

  private func footnote(_ filing: String, _ text: String, mark: String? = nil, line: Int? = nil)
    -> String
  {
    let mark = mark.map { #","mark":"\#($0)""# } ?? ""
    let source = line.map { #","source":{"line":\#($0),"column":1}"# } ?? ""
    return """
      {"type":"footnote","filing":"\(filing)","statement":"s","text":"\(text)"\(mark)\(source)}

      """
  }

  private func footnotes(head: UInt64? = nil) throws -> [String] {
    let times = Times(recordedAt: head.map { .head($0) })
    let request = StatementRequest("s")
    let answer = try ledger.statement(request, at: times)
    let replay = try ledger.read { try $0.replay(to: head) }
    #expect(try ledger.statement(request, from: replay, at: times).footnotes == answer.footnotes)
    return answer.footnotes.map(\.text)
  }

  @Test("are those of the latest filing used, in the order of its document")
  func areThoseOfTheLatestFiling() throws {
    #expect(try footnotes().isEmpty)
    try ledger.append(
      footnote("f1", "second", mark: "1", line: 9) + footnote("f1", "first", line: 2)
        + footnote("f2", "of another filing") + footnote("f1", "without a place", mark: "2")
    )
    #expect(try footnotes() == ["first", "second", "without a place"])
    try ledger.append(Sample.cash("200", filing: "f2"))
    #expect(try footnotes() == ["of another filing"])
  }

  @Test("are replaced by a later one with the same mark; before, the older one stays")
  func areReplaced() throws {
    try ledger.append(footnote("f1", "a slip", mark: "1"))
    let head = try ledger.head
    try ledger.append(footnote("f1", "put right", mark: "1"))
    #expect(try footnotes() == ["put right"])
    #expect(try footnotes(head: head) == ["a slip"])
    #expect(try ledger.append(footnote("f1", "put right", mark: "1")).contains("nothingNew"))
    try ledger.copy(to: folder("copy.assay"))
    _ = try EventStore.verify(path: folder("copy.assay"))
    _ = try ledger.rebuild()
    #expect(try footnotes() == ["put right"])
  }

  @Test("of a filing that is withdrawn and recorded anew are those that are recorded anew")
  func areRecordedAnew() throws {
    try ledger.append(footnote("f1", "first", mark: "1") + footnote("f1", "second", mark: "2"))
    let head = try ledger.head
    let filing = #"{"type":"filing","filing":"f1","entity":"x:1","published":"2020-02-01"}"# + "\n"
    try ledger.append(
      #"{"type":"withdrawal","filing":"f1","reason":"another document"}"#,
      seconds: 1
    )
    try ledger.append(filing + Sample.cash("101"), seconds: 2)
    #expect(try footnotes().isEmpty)
    try ledger.append(footnote("f1", "first", mark: "1"), seconds: 3)
    #expect(try footnotes() == ["first"])
    #expect(try footnotes(head: head) == ["first", "second"])
    #expect(
      try ledger.append(footnote("f1", "first", mark: "1"), seconds: 4).contains("nothingNew")
    )
    try ledger.copy(to: folder("copy.assay"))
    _ = try EventStore.verify(path: folder("copy.assay"))
    _ = try ledger.rebuild()
    #expect(try footnotes() == ["first"])
  }

  @Test("come with their filing in any order, and need one")
  func needTheirFiling() throws {
    let filing = #"{"type":"filing","filing":"f9","entity":"x:1","published":"2020-03-01"}"#
    try ledger.append(footnote("f9", "before its filing") + filing)
    #expect(throws: LedgerError.self) { try ledger.append(footnote("f10", "of none")) }
  }
}
