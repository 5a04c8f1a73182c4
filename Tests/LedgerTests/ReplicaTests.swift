import EventStore
import Facts
import Merkle
import TestSupport
import Testing

@testable import Ledger

@Suite("Exports and replicas")
struct ReplicaTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try folder.ledger()
    _ = try ledger.append(Package.drafts(), options())
    try ledger.append(Sample.definitions + Sample.cash("1", line: 4), seconds: 1)
    let claim = try ledger.lastClaim
    let hash = try ledger.store.read { try $0.leafHash(at: claim) }
    try ledger.append(
      #"{"type":"correction","event":"\#(hash)","reason":"misread","value":"2"}"#,
      seconds: 2
    )
  }

  private func export(_ ledger: Ledger, to end: UInt64? = nil) throws -> [Draft] {
    var bytes: [UInt8] = []
    try ledger.export(to: end) { bytes += $0 }
    return try drafts(String(decoding: bytes, as: UTF8.self))
  }

  @Test("an export appended to an empty ledger gives the same bytes and the same root")
  func exportMakesTheSameBytes() throws {
    let replica = try folder.ledger("replica.assay")
    _ = try replica.append(export(ledger), options(seconds: 1000))
    #expect(try replica.lines() == ledger.lines())
    let roots = try [ledger, replica].map { try $0.read { try $0.root } }
    #expect(roots[0] == roots[1])
    #expect(try replica.claims("x:Cash") == ["1 corrected", "2 holds"])
  }

  @Test("an export that continues a ledger is appended, batch by batch")
  func continuingExportIsAppended() throws {
    let replica = try folder.ledger("replica.assay")
    let head = try ledger.head
    for end in [head - 9, head - 2, head] {
      _ = try replica.append(export(ledger, to: end), options())
      #expect(try replica.head == end)
    }
    #expect(try replica.lines() == ledger.lines())
  }

  @Test("an export that contradicts the ledger, or lacks part of a batch, is refused")
  func contradictingExportIsRefused() throws {
    let other = try folder.ledger("other.assay")
    try other.append(Sample.definitions, seconds: 5)
    let lines = try other.lines()
    #expect(throws: LedgerError.self) { try other.append(export(ledger), options()) }
    #expect(try other.lines() == lines)
    let replica = try folder.ledger("replica.assay")
    #expect(throws: LedgerError.self) {
      try replica.append(export(ledger, to: 60), options())
    }
    #expect(try replica.head == 0)
  }

  @Test("the root is that of RFC 6962 over the exported lines, for every size")
  func rootIsThatOfRFC6962() throws {
    let leaves = try ledger.lines().map { MerkleHash.leaf($0.span) }
    for size in [0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 1000, leaves.count] {
      let root = try ledger.store.read { try $0.root(at: UInt64(size)) }
      #expect(root == naiveRoot(leaves[..<size]).hexadecimal, "\(size)")
    }
  }

  /// RFC 6962 §2.1, as it is written there.
  private func naiveRoot(_ leaves: ArraySlice<MerkleHash>) -> MerkleHash {
    guard let first = leaves.first else { return .empty }
    guard leaves.count > 1 else { return first }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let middle = leaves.startIndex + split
    return .node(naiveRoot(leaves[..<middle]), naiveRoot(leaves[middle...]))
  }

  @Test("each line of Events is its event's canonical line, and is exported as it is")
  func linesOfEventsAreCanonical() throws {
    let exported = Set(try ledger.lines())
    for draft in try Package.drafts() {
      #expect(exported.contains(draft.event.canonicalLine))
    }
  }

  @Test("claims with every shape of figure and source come back as they were")
  func claimsComeBackAsTheyWere() throws {
    let values = ["0", "-1", "999999999999999999", "-999999999999999999", "0.000000000000000001"]
    let extras = [
      "", #","decimals":-18"#, #","decimals":18"#, #","decimals":0"#,
      #","qualifier":"approximately""#, #","qualifier":"more-than","decimals":-6"#,
      #","qualifier":"less-than""#, #","qualifier":"low""#, #","qualifier":"high""#,
    ]
    let sources = [
      "", #","source":{"text":"ü – 1"}"#, #","source":{"column":4294967295,"line":1}"#,
      #","source":{"column":1,"line":4294967295,"text":"(1)"}"#,
    ]
    var lines = Sample.definitions
    var day = 0
    for value in values.map({ #""\#($0)""# }) + ["null"] {
      for extra in extras where value != "null" || extra.isEmpty {
        for source in sources {
          day += 1
          let period = CivilDate(dayNumber: Int32(day * 37 - 700)).description
          lines += """
            {"type":"statement-line","filing":"f1","entity":"x:1","concept":"x:Cash",\
            "period":"\(period)","unit":"USD","value":\(value)\(extra)\(source)}

            """
        }
      }
    }
    let other = try folder.ledger("records.assay")
    try other.append(lines)
    let exported = Set(try other.lines())
    for draft in try drafts(lines) { #expect(exported.contains(draft.event.canonicalLine)) }
  }
}
