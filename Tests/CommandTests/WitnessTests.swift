import Foundation
import TestSupport
import Testing

@Suite("Witnesses")
struct WitnessTests {
  let assay: Assay

  /// A ledger of which 900 events are in `old`, and all in `new`, and the keys of it and of two witnesses.
  init() throws {
    assay = try Assay.withEvents()
    try FileManager.default.createSymbolicLink(
      atPath: assay.folder + "/verify-proof",
      withDestinationPath: Package.folder.path() + "Tools/verify-proof"
    )
    try shell(
      """
      assay keygen -o log.key --name example.com/log >log.pub
      assay keygen --witness -o w1.key --name example.com/w1 >w1.pub
      assay keygen --witness -o w2.key --name example.com/w2 >w2.pub
      assay checkpoint --key log.key --origin example.com/log --recorded-at 900 -o old
      assay checkpoint --key log.key --origin example.com/log -o new
      assay prove --checkpoint old -O add-checkpoint -o first
      assay prove --since old --checkpoint new -O add-checkpoint -o next
      """
    )
  }

  @discardableResult
  private func shell(_ lines: String) throws -> String {
    let outcome = try assay.shell("set -e\n" + lines)
    #expect(outcome.status == 0, "\(lines): \(outcome.output)")
    return outcome.output
  }

  private static let byW1 = "--key w1.key --state s --log-key log.pub"

  /// What a refusal prints; it must leave the state as it was.
  private func refusal(_ arguments: String) throws -> String {
    let before = try assay.shell("cat s").output
    let outcome = try assay.shell("assay witness \(arguments)")
    #expect(outcome.status == 1, "\(arguments): \(outcome.output)")
    #expect(try assay.shell("cat s").output == before)
    return outcome.output
  }

  @Test("requests are cosigned without the ledger, and the state is what was cosigned")
  func cosignsRequests() throws {
    try shell(
      """
      mv test.assay away; assay witness first \(Self.byW1) --first -o one; cmp one s
      assay witness next \(Self.byW1) >two; cmp two s; cat two
      head -n 5 new | cmp - <(head -n 5 two); mv away test.assay
      assay prove 7 --checkpoint two -o p
      ./verify-proof p two --key w1.pub; ./verify-proof p two --key log.pub
      assay verify --checkpoint two --key w1.pub --origin example.com/log
      """
    )
    #expect(try shell("cat two").lines.filter { $0.hasPrefix("— example.com/w1 ") }.count == 1)
    #expect(try !shell("cat two").contains("— example.com/w2"))
  }

  @Test("a ledger at hand needs nobody's signature, and asking again gives the same again")
  func cosignsLedgers() throws {
    let printed = try shell(
      """
      assay witness --key w1.key --state s --first; assay witness --key w1.key --state s
      echo '{"type":"entity","entity":"x:9","name":"N"}' | assay append - >/dev/null
      assay witness --key w1.key --state s; assay verify --checkpoint s --key w1.pub
      assay witness new \(Self.byW1) --first --state t -f test.assay >/dev/null
      assay checkpoint --key log.key --origin example.com/log -o newest
      assay witness newest --key w1.key --log-key log.pub --state t -f test.assay
      """
    )
    #expect(printed.contains("signed by example.com/w1"), "\(printed)")
    #expect(printed.lines.filter { $0.hasPrefix("— example.com/w1 ") }.count == 4)
  }

  @Test("what is not proven to have grown is refused, and the state never goes back")
  func refusesOtherPasts() throws {
    try shell(
      """
      ! assay witness next \(Self.byW1) --first >/dev/null 2>&1
      assay witness new \(Self.byW1) --first >/dev/null
      echo '{"type":"entity","entity":"x:8","name":"N"}' | assay append - -f other.assay >/dev/null
      assay checkpoint -f other.assay --key log.key --origin example.com/log -o forged
      echo '{"type":"entity","entity":"x:9","name":"N"}' | assay append - >/dev/null
      assay checkpoint --key log.key --origin example.com/log -o newest
      assay prove --since new --checkpoint newest -O add-checkpoint -o growth
      assay prove --since old --checkpoint newest -O add-checkpoint -o older
      sed "2s|.*|$(sed -n 2p growth | tr 'B-Yb-y' 'C-ZBc-zb')|" growth >changed; ! cmp -s growth changed
      assay checkpoint --key log.key --origin example.com/else -o renamed
      """
    )
    for (arguments, message) in [
      ("old \(Self.byW1)", "it is of 900 events, and one of"),
      ("first \(Self.byW1)", "it is of 900"),
      ("newest \(Self.byW1)", "nothing shows that it has grown"),
      ("newest \(Self.byW1) -f other.assay", "and the ledger holds"),
      ("older \(Self.byW1)", "it shows growth from 900 events, and"),
      ("changed \(Self.byW1)", "its hashes do not show that"),
      ("renamed \(Self.byW1)", "it is of the ledger example.com/else, and not of example.com/log"),
      ("renamed \(Self.byW1) --origin example.com/else", "and the last one of example.com/log"),
      ("growth --key w2.key --state s --log-key log.pub", "example.com/w2 has not cosigned"),
      ("growth --key w1.key --state s --log-key $(cat w2.pub)", "is a witness's, and no ledger's"),
      ("growth --key log.key --state s --log-key log.pub", "is no witness's"),
      ("growth \(Self.byW1) --state none", "none: there is no such file; name the last checkpoint"),
      ("growth \(Self.byW1) --first", "s: something is there"),
      ("growth \(Self.byW1) -o new", "new: something is there"),
    ] {
      let printed = try refusal(arguments)
      #expect(printed.contains(message), "\(arguments): \(printed)")
    }
    try shell("assay keygen -o z.key --name example.com/log >z.pub")
    #expect(
      try refusal("growth --key w1.key --state s --log-key z.pub").contains("is not signed by")
    )
    #expect(try shell("assay witness growth \(Self.byW1); cat s").contains("— example.com/w1"))
    #expect(try refusal("forged \(Self.byW1)").contains("events, and one of"))
  }

  @Test("two pasts of as many events: the two checkpoints are the proof, and are named so")
  func twoPasts() throws {
    try shell(
      """
      assay witness new \(Self.byW1) --first >/dev/null
      assay export | sed 's/"by":"assay[^"]*"/"by":"x"/' >e; assay append e -f other.assay >/dev/null
      assay checkpoint -f other.assay --key log.key --origin example.com/log -o forged
      cmp -s <(sed -n 2p new) <(sed -n 2p forged); cmp -s new forged && exit 9; true
      """
    )
    let printed = try refusal("forged \(Self.byW1)")
    #expect(printed.contains("prove that the ledger has two pasts"), "\(printed)")
  }

  @Test("a state that somebody changed is refused: its text, its cosignature, its time")
  func changedState() throws {
    try shell("assay witness old \(Self.byW1) --first >/dev/null; cp s kept")
    for change in [
      "2s/900/899/", "3s/^./A/;3s/^A/B/", "s/^— example.com.w1 .*/— example.com\\/w1 AAAAAAA=/",
      "/w1/d", "/log A/d;/^— example.com.log/d", "1s/log/lug/",
    ] {
      try shell("sed '\(change)' kept >s; cmp -s kept s && exit 9; true")
      _ = try refusal("next \(Self.byW1)")
    }
    try shell("cp kept s; assay witness next \(Self.byW1) >/dev/null")
  }

  @Test("a clock that went back is refused")
  func clockWentBack() throws {
    try shell("assay witness old \(Self.byW1) --first >/dev/null")
    let script = """
      import base64, sys
      sys.path.insert(0, '.')
      from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
      seed = base64.b64decode(open('w1.key').read().strip().split('+', 4)[4])[1:]
      text, _, lines = open('s').read().rpartition('\\n\\n')
      line = [line for line in lines.split('\\n') if ' example.com/w1 ' in line][0]
      key_id = base64.b64decode(line.split(' ')[2])[:4]
      time = 4102444800
      made = Ed25519PrivateKey.from_private_bytes(seed).sign(f'cosignature/v1\\ntime {time}\\n{text}\\n'.encode())
      new = base64.b64encode(key_id + time.to_bytes(8, 'big') + made).decode()
      open('s', 'w').write(text + '\\n\\n' + lines.replace(line, f'\\u2014 example.com/w1 {new}'))
      """
    try assay.write(script, to: "later.py")
    try shell("python3 later.py")
    let printed = try refusal("next \(Self.byW1)")
    #expect(printed.contains("and the last cosignature 4102444800; set the clock"), "\(printed)")
  }

  @Test("eight at once: each state is grown from the one before, and none is lost")
  func manyAtOnce() throws {
    let sizes = Array(stride(from: 910, to: 990, by: 10))
    for size in sizes {
      try shell(
        "assay checkpoint --key log.key --origin example.com/log --recorded-at \(size) -o c\(size)"
      )
    }
    try shell(
      """
      assay witness old \(Self.byW1) --first >/dev/null
      for size in \(sizes.map(String.init).joined(separator: " ")); do
        (assay witness c$size \(Self.byW1) -f test.assay >o$size 2>/dev/null || true) &
      done
      wait
      sed -n 2p s | grep -qx 980
      """
    )
    #expect(try shell("ls -A | grep -c tmp || true").lines == ["0"])
  }

  @Test("a policy: verify and verify-proof demand the quorum, and name who cosigned")
  func policyDemandsItsQuorum() throws {
    try shell(
      """
      assay witness new --key w1.key --state a --log-key log.pub --first >one
      assay witness one --key w2.key --state b --log-key log.pub --first >two
      printf 'log %s\\nwitness A %s\\nwitness B %s\\ngroup both all A B\\nquorum both\\n' \
        $(cat log.pub) $(cat w1.pub) $(cat w2.pub) >policy
      assay prove 7 --checkpoint one -o one.tlog-proof; assay prove 7 --checkpoint two -o two.tlog-proof
      """
    )
    let verified = try shell("assay verify --checkpoint two --policy policy")
    #expect(verified.contains("signed by example.com/log, cosigned by example.com/w1 at 2"))
    #expect(verified.contains("and example.com/w2 at 2"), "\(verified)")
    let json = try shell("assay verify --checkpoint two --policy policy -O json")
    #expect(json.contains(#""witnesses":[{"name":"example.com/w1","time":"2"#), "\(json)")
    let lacking = try assay.shell("assay verify --checkpoint one --policy policy")
    #expect(lacking.status == 1)
    #expect(
      lacking.output.contains("it lacks cosignatures that the policy demands; it has example")
    )
    #expect(
      try assay.shell("assay verify --checkpoint new --policy policy").output.contains("has none")
    )
    #expect(try assay.shell("assay verify --policy policy").status == 64)
    let proven = try shell("./verify-proof two.tlog-proof --policy policy")
    #expect(proven.lines.last == "OK" && proven.contains("cosigned by example.com/w2 at 2"))
    let unproven = try assay.shell("./verify-proof one.tlog-proof --policy policy")
    #expect(unproven.status == 1 && unproven.output.contains("the quorum both is not there"))
    #expect(try shell("./verify-proof two.tlog-proof").contains("compared with no checkpoint"))
    #expect(try shell("./verify-proof two.tlog-proof new --key log.pub").hasSuffix("OK\n"))
    #expect(try shell("./verify-proof two.tlog-proof --key w2.pub").hasSuffix("OK\n"))
    for change in [
      "s/^quorum.*/quorum C/", "/^quorum/d", "s/^group both all/group both 3/", "1s/+/-/",
    ] {
      try shell("sed '\(change)' policy >bad")
      #expect(
        try assay.shell("assay verify --checkpoint two --policy bad").status == 1,
        "\(change)"
      )
      #expect(
        try assay.shell("./verify-proof two.tlog-proof --policy bad").status == 1,
        "\(change)"
      )
    }
  }

  @Test("a tlog-proof: every changed byte is refused, or changes nothing that it says")
  func changedProof() throws {
    let printed = try shell(
      """
      assay witness new --key w1.key --state a --log-key log.pub --first >one
      printf 'log %s\\nwitness A %s\\nquorum A\\n' $(cat log.pub) $(cat w1.pub) >policy
      assay prove 700 --checkpoint one -o p.tlog-proof
      ln -s \(Package.folder.path())Tests/CommandTests/Scripts scripts
      python3 scripts/flip.py proof verify-proof p.tlog-proof --policy policy 2>/dev/null
      """
    )
    let counts = printed.matches(of: /\d+/).compactMap { Int($0.0) }
    #expect(counts.count == 2 && counts[0] > 900 && counts[1] == 0, "\(printed)")
  }

  @Test("an event that a tlog-proof leaves out is given, and another event is not proven")
  func eventBesideTheProof() throws {
    try shell(
      """
      assay prove 7 --checkpoint new -o p.tlog-proof; sed 2d p.tlog-proof >bare
      assay export | sed -n 8p >event; assay export | sed -n 9p >other
      ./verify-proof bare new --event event
      """
    )
    #expect(
      try assay.shell("./verify-proof bare new").output.contains("name its line with --event")
    )
    #expect(try assay.shell("./verify-proof bare new --event other").status == 1)
    for arguments in [
      "7 -O tlog-proof", "7 --since old --checkpoint new -O tlog-proof", "7 -o x.tlog-proof",
      "7 --checkpoint new -O add-checkpoint", "--since old -O add-checkpoint", "7 -O rubbish",
      "--checkpoint new -O tlog-proof",
    ] {
      #expect(try assay.shell("assay prove \(arguments)").status == 64, "\(arguments)")
    }
    for arguments in ["new --key w1.key --state s", "--log-key log.pub --key w1.key --state s"] {
      #expect(try assay.shell("assay witness \(arguments) --first").status == 64, "\(arguments)")
    }
  }
}
