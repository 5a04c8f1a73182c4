import Foundation
import JSON
import TestSupport
import Testing

@Suite("Evidence that leaves the ledger")
struct EvidenceTests {
  let assay: Assay

  init() throws {
    assay = try Assay.withEvents()
    try FileManager.default.createSymbolicLink(
      atPath: assay.folder + "/scripts",
      withDestinationPath: Package.folder.path() + "Tests/CommandTests/Scripts"
    )
    try FileManager.default.createSymbolicLink(
      atPath: assay.folder + "/verify-proof",
      withDestinationPath: Package.folder.path() + "Tools/verify-proof"
    )
  }

  /// Runs lines of a shell, which must all succeed, and gives what they printed.
  @discardableResult
  private func shell(_ lines: String) throws -> String {
    let outcome = try assay.shell("set -e\n" + lines)
    #expect(outcome.status == 0, "\(lines): \(outcome.output)")
    return outcome.output
  }

  private let addOne =
    #"echo '{"type":"entity","entity":"x:9","name":"N"}' | assay append - >/dev/null"#

  @Test("the root over an export by another program is the ledger's")
  func rootOverExportIsTheLedgers() throws {
    let printed = try shell("assay export >e.jsonl; python3 scripts/merkle.py root e.jsonl")
    let root = try assay.run("stats", "-O", "csv").output.csv.first { $0[0] == "root" }?[1]
    #expect(printed == "\(try assay.head()) \(root ?? "")\n")
  }

  @Test("a checkpoint is name, events and root; the name stays when the ledger grows")
  func checkpointIsNameEventsAndRoot() throws {
    let head = try assay.head()
    let first = try assay.run("checkpoint").output.lines
    #expect(first.count == 3 && first[0].hasPrefix("assay/") && first[1] == "\(head)")
    try shell(addOne)
    let second = try assay.run("checkpoint").output.lines
    #expect(second[0] == first[0] && second[1] == "\(head + 2)" && second[2] != first[2])
    #expect(try assay.run("checkpoint", "--recorded-at", "\(head)").output.lines == first)
    let named = try assay.run("checkpoint", "--origin", "example.com/log").output.lines
    #expect(named[0] == "example.com/log" && named.dropFirst() == second.dropFirst())
    #expect(try assay.run("checkpoint", "--origin", "a\nb").errors.contains("not a line of text"))
    #expect(try assay.run("checkpoint", "--recorded-at", "99999").status == 1)
  }

  @Test("a key: its file is for nobody else and never overwritten, its signature verifies")
  func keyIsPrivateAndItsSignatureVerifies() throws {
    let verifier = try shell("umask 0; assay keygen --name example.com/k -o k")
    #expect(verifier.hasPrefix("example.com/k+") && verifier.lines.count == 1)
    #expect(try shell("stat -c %a k") == "600\n")
    let before = try shell("cat k")
    #expect(before.hasPrefix("PRIVATE+KEY+example.com/k+"))
    let again = try assay.run("keygen", "-o", "k")
    #expect(again.status == 1 && again.errors.contains("is not overwritten"))
    #expect(try shell("cat k") == before)
    #expect(try assay.run("keygen", "-o", "k2", "--name", "a b").status == 64)
    #expect(try assay.run("keygen").status == 64)
    #expect(!FileManager.default.fileExists(atPath: assay.folder + "/k2"))
    try assay.write(verifier, to: "k.public")
    #expect(
      try shell(
        "assay checkpoint --key k -o c; assay prove 0 -o p; ./verify-proof p c --key k.public"
      )
      .contains("signed by example.com/k")
    )
    // Another key, and a changed name of the ledger.
    let other = try shell("assay keygen --name example.com/k -o other").lines[0]
    #expect(try assay.shell("./verify-proof p c --key \(other)").status == 1)
    let forged = try assay.shell("sed 's/^assay/issay/' c >d; ./verify-proof p d --key k.public")
    #expect(forged.status == 1 && forged.output.contains("is not signed by example.com/k"))
    #expect(try assay.shell("./verify-proof p c").output.contains("signature not checked"))
  }

  @Test("an event is proven by sequence, by leaf hash or by words; another program agrees")
  func eventIsProvenBySequenceHashOrWords() throws {
    let claim = try #require(
      try assay.run("history", "us-gaap:Assets", "2004-09-30", "-O", "csv").output.csv.last
    )
    let printed = try shell(
      """
      assay checkpoint -o c
      assay prove \(claim[18]) >a; assay prove \(claim[20]) >b
      assay prove us-gaap:Assets 2004-09-30 --entity hecla >d; cmp a b; cmp a d
      ./verify-proof a c
      """
    )
    #expect(printed.contains("event \(claim[18]) is among") && printed.contains("283228000"))
    let json = try JSONParser().parse(shell("cat a")).root
    #expect(json["schema"]?.string == "assay.proof/1")
    #expect(json["sequence"]?.integer == Int(claim[18]))
    let line = try assay.run("export").output.lines[Int(claim[18]) ?? 0]
    #expect(json["event"]?.string == line)
    // At an earlier moment of the ledger, and leading to its checkpoint.
    let earlier = try shell(
      """
      assay checkpoint --recorded-at 900 -o old; assay prove 500 --recorded-at 900 -o p
      ./verify-proof p old; assay prove 500 --checkpoint old -o q; ./verify-proof q
      """
    )
    #expect(earlier.contains("event 500 is among the 900 events"))
    #expect(try assay.shell("./verify-proof a old").status == 1)
    #expect(try shell("./verify-proof p").contains("compared with no checkpoint"))
  }

  @Test("every changed byte of a proof is refused, or changes nothing that it says")
  func changedProof() throws {
    let printed = try shell(
      """
      assay keygen -o k >v; assay checkpoint --key k --recorded-at 1000 -o old
      assay checkpoint --key k -o c; assay prove 700 --since old --checkpoint c -o p
      python3 scripts/flip.py proof verify-proof p old c --key v
      """
    )
    let counts = printed.matches(of: /\d+/).compactMap { Int($0.0) }
    #expect(counts.count == 2 && counts[0] > 1500 && counts[1] < 200, "\(printed)")
  }

  @Test("every changed digit of an export is refused, with its line")
  func changedExport() throws {
    let printed = try shell(
      """
      assay export -o e --tiles t; assay checkpoint -o c
      python3 scripts/flip.py export verify-proof e c --tiles t
      """
    )
    #expect(printed == "200 refused, 0 without meaning\n")
    let cut = try assay.shell("head -n 700 e >cut; ./verify-proof cut c --tiles t")
    #expect(cut.status == 1 && cut.output.contains("WRONG: cut:701: event 700 is missing"))
    let unnamed = try assay.shell("./verify-proof cut c")
    #expect(unnamed.status == 1 && unnamed.output.contains("--tiles DIR names the line"))
    let foreign = try assay.shell("sed -i 2s/1/2/ c; ./verify-proof e c --tiles t")
    #expect(foreign.status == 1)
    #expect(try assay.shell("./verify-proof e").status == 2)
    #expect(try assay.shell("echo rubbish >c; ./verify-proof e c").status == 1)
    #expect(try assay.shell("./verify-proof nothing c").status == 1)
  }

  @Test("growth by the next quarter is proven; over an edited past it is not")
  func growthIsProvenAndEditedPastIsNot() throws {
    let events = Package.folder.path() + "Events/hecla"
    let next = "\(events)/2005-02-22_0001157523-05-001696.jsonl"
    let other = try Assay()
    for (name, target) in [("verify-proof", "Tools/verify-proof"), ("next", "")] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(other.folder)/\(name)",
        withDestinationPath: target.isEmpty ? next : Package.folder.path() + target
      )
    }
    let outcome = try other.shell(
      """
      set -e
      assay append \(events)/definitions.json \(events)/2004*_text.jsonl \(events)/2004*_tables.jsonl
      assay checkpoint -o before; assay export -o before.jsonl
      assay append next; assay checkpoint -o after; assay export -o after.jsonl --tiles t
      assay prove --since before -o growth; ./verify-proof growth before after
      ./verify-proof after.jsonl before after; ./verify-proof before.jsonl before --tiles t
      """
    )
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.lines.filter { $0 == "OK" }.count == 3)
    // The same ledger with one digit of the past changed, and everything after it appended again.
    let edited = try other.shell(
      """
      export ASSAY_LEDGER=edited.assay
      sed 's/"value":"283228000"/"value":"283229000"/' before.jsonl >edited.jsonl
      cmp -s before.jsonl edited.jsonl && exit 9
      assay append edited.jsonl && assay append next && assay checkpoint -o forged-after || exit 9
      assay prove --since before; echo "prove ended with $?"
      assay checkpoint --recorded-at $(sed -n 2p before) -o forged-before
      assay prove --since forged-before -o forged-growth
      ./verify-proof forged-growth forged-before forged-after || exit 9
      ./verify-proof forged-growth before forged-after
      """
    )
    #expect(edited.status == 1, "\(edited.output)")
    #expect(edited.output.contains("prove ended with 1"))
    #expect(edited.output.contains("are not those of the checkpoint: their root is"))
    #expect(edited.output.contains("WRONG: forged-growth is not about the"))
  }

  @Test("questions that cannot be proven end with 1 and say what could be asked")
  func unprovableQuestionsAreRefused() throws {
    let head = try assay.head()
    try shell("assay checkpoint -o c; sed 2s/.*/999999/ c >larger; sed 3s/A/B/ c | sed 1s/a/b/ >x")
    try shell(
      "sed '3{s/^A/B/;t;s/^./A/}' c >changed; assay checkpoint --recorded-at 5 -o five"
    )
    for (arguments, message) in [
      (["prove", "99999"], "event 99999 is not among the first \(head) events"),
      (["prove", String(repeating: "0", count: 64)], "there is no event"),
      (["prove", "Assets"], "facts match; add a period"),
      (["prove", "Asets"], "did you mean"),
      (["prove", "0", "--since", "nothing"], "nothing: No such file"),
      (["prove", "0", "--since", "larger"], "of 999999 events, and the ledger holds \(head)"),
      (["prove", "0", "--checkpoint", "changed"], "are not those of the checkpoint"),
      (
        ["prove", "--since", "c", "--checkpoint", "five"], "give the older checkpoint with --since"
      ),
      (["prove", "7", "--checkpoint", "five"], "event 7 is not among the first 5"),
      (
        ["prove", "us-gaap:Assets", "2004-09-30", "--known-at", "2004-11-03"],
        "no claim of the fact"
      ),
      (["checkpoint", "--key", "c"], "c: the text is no private key"),
      (["prove", "0", "--since", "test.assay"], "test.assay: the file is no text of a key"),
      (["export", "--tiles", "c/t"], "c/t"),
    ] {
      let outcome = try assay.run(arguments)
      #expect(outcome.status == 1 && outcome.output.isEmpty, "\(arguments)")
      #expect(outcome.errors.contains(message), "\(arguments): \(outcome.errors)")
    }
    for arguments in [
      ["prove"], ["prove", "0", "--checkpoint", "c", "--recorded-at", "7"],
      ["export", "--key", "k"], ["export", "--origin", "o"],
    ] {
      #expect(try assay.run(arguments).status == 64, "\(arguments)")
    }
    #expect(try Assay().run("checkpoint").errors.contains("there is no such ledger"))
  }

  @Test("a fact whose filing contradicts itself: the claims are named")
  func conflictNamesTheClaims() throws {
    let ledger = try Assay()
    try ledger.write(
      """
      {"type":"entity","entity":"x:1","name":"Example"}
      {"type":"concept","concept":"x:Cash","kind":"statement-line","periodType":"instant"}
      {"type":"filing","filing":"f1","entity":"x:1","published":"2020-02-01"}
      """
        + [1, 2].map { number in
          """

          {"type":"statement-line","filing":"f1","entity":"x:1","concept":"x:Cash",\
          "period":"2019-12-31","unit":"USD","value":"\(number)",\
          "source":{"line":\(number),"column":1}}
          """
        }.joined(),
      to: "e.jsonl"
    )
    #expect(try ledger.run("append", "e.jsonl").status == 0)
    let outcome = try ledger.run("prove", "x:Cash")
    #expect(outcome.status == 1 && outcome.errors.contains("name one of the events"))
    let sequences = outcome.errors.matches(of: /\d+/).map { String($0.0) }
    #expect(try sequences.allSatisfy { try ledger.run("prove", $0).status == 0 })
  }

  @Test("a tile tree holds every event and hash, and grows with the ledger")
  func tileTreeHoldsEveryEventAndGrows() throws {
    try shell(
      """
      assay keygen -o k >v
      assay export --to 600 --tiles t --key k -o part; python3 scripts/merkle.py tiles t | cmp - part
      assay export --tiles t -o e; python3 scripts/merkle.py tiles t | cmp - e
      \(addOne); assay export --tiles t -o e; python3 scripts/merkle.py tiles t | cmp - e
      assay checkpoint | cmp - t/checkpoint
      """
    )
    let shrunk = try assay.run("export", "--to", "600", "--tiles", "t")
    #expect(shrunk.status == 1 && shrunk.errors.contains("t/checkpoint: the tree that is there"))
    let other = try Assay.withEvents()
    let foreign = try other.run("export", "--tiles", assay.folder + "/t")
    #expect(foreign.status == 1 && foreign.errors.contains("does not grow into this one"))
    try shell("python3 scripts/merkle.py tiles t | cmp - e")
    #expect(try assay.run("export", "--tiles", "u").output.isEmpty)
  }

  @Test("a line that is too long for a bundle is refused before it is in the ledger")
  func longLine() throws {
    let lines = (0..<900).map {
      #"{"label":"\#(String(repeating: "x", count: 60))\#($0)","concept":"us-gaap:Assets"}"#
    }
    try assay.write(
      #"{"type":"statement","statement":"long","title":"L","columns":[{"span":"instant"}],"lines":["#
        + lines.joined(separator: ",") + "]}",
      to: "long.jsonl"
    )
    let head = try assay.head()
    let outcome = try assay.run("append", "long.jsonl")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains("long.jsonl:1: the event's line has")
        && outcome.errors.contains("65535"),
      "\(outcome.errors)"
    )
    #expect(try assay.head() == head)
    #expect(try assay.run("export", "--tiles", "t").status == 0)
    try shell("assay export -o e; assay checkpoint -o c; ./verify-proof e c")
  }
}
