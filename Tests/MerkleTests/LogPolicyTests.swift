import Merkle
import TestSupport
import Testing

@Suite("Policies of logs and witnesses")
struct LogPolicyTests {
  private let log: NoteSigner
  private let witnesses: [NoteSigner]

  init() throws {
    log = try NoteSigner(name: "example.com/log")
    witnesses = try (0..<6).map { try NoteSigner(name: "example.com/w\($0)", type: .cosignature) }
  }

  /// A policy, in which L is the log's key and W0 to W5 are those of the witnesses.
  private func policy(_ text: String) throws -> LogPolicy {
    var text = text.replacing("<L>", with: log.verifier.encoded)
    for (index, witness) in witnesses.enumerated() {
      text = text.replacing("<W\(index)>", with: witness.verifier.encoded)
    }
    return try LogPolicy(encoded: Array(text.utf8))
  }

  /// A checkpoint that the log signed, and these witnesses cosigned.
  private func cosigned(_ cosigners: some Sequence<Int>, isSigned: Bool = true) throws -> SignedNote
  {
    let checkpoint = try Checkpoint(origin: "example.com/log", size: 7, root: .empty)
    var note = SignedNote(text: checkpoint.text)
    if isSigned { try log.sign(&note) }
    for index in cosigners { try witnesses[index].cosign(&note, at: UInt64(100 + index)) }
    return note
  }

  private static let twoLevels = """
    # Two organizations.
    log <L>  https://log.example.com/

    witness X1 <W0>
    \twitness X2 <W1> https://w.example.com/
    witness X3 <W2>
    group X 2 X1 X2 X3
    witness Y1 <W3>
    witness Y2 <W4>
    witness Y3 <W5>
    group Y any Y1 Y2 Y3
    group both all X Y
    quorum both
    """

  @Test("a quorum of two levels is met by every set of witnesses that has it, and no other")
  func everySet() throws {
    let policy = try policy(Self.twoLevels)
    for set in 0..<64 {
      let members = (0..<6).filter { set >> $0 & 1 == 1 }
      let judgement = try policy.judge(cosigned(members))
      let isMet = members.count { $0 < 3 } >= 2 && members.contains { $0 >= 3 }
      #expect(judgement.isQuorum == isMet, "\(members)")
      #expect(judgement.log == "example.com/log")
      #expect(judgement.cosigners.map(\.time) == members.map { UInt64(100 + $0) })
    }
  }

  @Test("no quorum, no log, one witness, names that are keywords, names that are no UTF-8")
  func shortPolicies() throws {
    #expect(try policy("quorum none\n").judge(cosigned([])).isQuorum)
    #expect(try policy("quorum none").judge(cosigned([], isSigned: false)).log == nil)
    #expect(try !policy("witness w <W0>\nquorum w").judge(cosigned([1])).isQuorum)
    #expect(try policy("witness w <W0>\n  quorum\tw  ").judge(cosigned([0])).isQuorum)
    let keywords = "witness all <W0>\nwitness any <W1>\ngroup group 2 all any\nquorum group"
    #expect(try policy(keywords).judge(cosigned([0, 1])).isQuorum)
    let key = Array(witnesses[0].verifier.encoded.utf8)
    let bytes: [UInt8] = Array("witness ".utf8) + [0x80, 0x20] + key
    let octets = bytes + Array("\nquorum ".utf8) + [0x80]
    #expect(try LogPolicy(encoded: octets).judge(cosigned([0])).isQuorum)
    #expect(throws: NoteError.self) { try LogPolicy(encoded: octets.dropLast() + [0x81]) }
  }

  @Test("a checkpoint that no log of the policy signed, or under another name, is refused")
  func demandsALog() throws {
    let policy = try policy("log <L>\nquorum none")
    #expect(throws: NoteError.self) { try policy.judge(cosigned([], isSigned: false)) }
    let other = try Checkpoint(origin: "example.com/other", size: 7, root: .empty)
    var note = SignedNote(text: other.text)
    try log.sign(&note)
    #expect(throws: NoteError.self) { try policy.judge(note) }
  }

  @Test("a cosignature that is not what it says is refused, whatever others there are")
  func falseCosignature() throws {
    let policy = try policy(Self.twoLevels)
    for place in [0, 7, 8, 71] {
      var note = try cosigned(0..<6)
      note.signatures[3].bytes[place] ^= 1
      #expect(throws: NoteError.self) { try policy.judge(note) }
    }
    var unknown = try cosigned(0..<6)
    unknown.signatures.append(SignedNote.Signature(name: "else", keyID: 1, bytes: [1, 2, 3]))
    #expect(try policy.judge(unknown).isQuorum)
  }

  @Test(
    "texts that are no policies",
    arguments: [
      ("", "which quorum"), ("witness w <W0>", "which quorum"), ("quorum none\u{1}", "control"),
      ("quorum none\r\n", "control"), ("quorum none\u{7F}", "control"),
      ("quibble w\nquorum none", "line 1: \"quibble w\" is no line"),
      ("witness w <W0> https://w/ # comment\nquorum w", "no line of a policy"),
      ("log\nquorum none", "no line"), ("log rubbish\nquorum none", "is no verifier key"),
      (
        "log <L>\nlog <L> u\nquorum none",
        "line 2: the key of the log example.com/log is there twice"
      ),
      ("log <W0>\nquorum none", "it is a witness's, and no log's"),
      ("witness w\nquorum none", "no line"),
      ("witness w <L>\nquorum w", "it is no witness's"),
      ("witness none <W0>\nquorum none", "has a meaning already"),
      ("witness w <W0>\nwitness w <W1>\nquorum w", "has a meaning already"),
      ("witness w <W0>\nwitness v <W0>\nquorum w", "is there twice"),
      ("witness w <W0>\ngroup w any w\nquorum w", "has a meaning already"),
      ("witness w <W0>\ngroup none any w\nquorum w", "has a meaning already"),
      ("witness w <W0>\ngroup g 1\nquorum w", "no line"),
      ("witness w <W0>\ngroup g 0 w\nquorum g", "0 is no number from 1 to 1"),
      ("witness w <W0>\ngroup g 2 w\nquorum g", "2 is no number from 1 to 1"),
      ("witness w <W0>\ngroup g -1 w\nquorum g", "-1 is no number"),
      ("witness w <W0>\ngroup g 01 w\nquorum g", "01 is no number"),
      ("witness w <W0>\ngroup g any v\nquorum g", "no line before it defines v"),
      ("group g any w\nwitness w <W0>\nquorum g", "no line before it defines w"),
      ("witness w <W0>\ngroup g any none w\nquorum g", "no line before it defines none"),
      ("witness w <W0>\ngroup g any g w\nquorum g", "no line before it defines g"),
      ("witness w <W0>\ngroup g all w w\nquorum g", "w is a member twice"),
      ("witness w <W0>\ngroup g any w\ngroup h any w\nquorum g", "w is a member twice"),
      ("quorum none\nquorum none", "a policy has one quorum"), ("quorum", "no line"),
      ("quorum w\nwitness w <W0>", "no line before it defines w"), ("quorum none none", "no line"),
    ]
  )
  func noPolicies(text: String, message: String) {
    let error = #expect(throws: NoteError.self) { try policy(text) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test("a chain of 50,000 groups takes no longer than its lines")
  func longChain() throws {
    let chain = (1..<50_000).map { "group g\($0) any g\($0 - 1)\n" }.joined()
    let policy = try policy("witness g0 <W0>\n\(chain)quorum g49999")
    #expect(try policy.judge(cosigned([0])).isQuorum)
    #expect(try !policy.judge(cosigned([1])).isQuorum)
  }
}
