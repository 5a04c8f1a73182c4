import Foundation
import TestSupport
import Testing

@Suite("What evidence is believed")
struct TrustTests {
  let assay: Assay

  init() throws {
    assay = try Assay.withEvents()
    try FileManager.default.createSymbolicLink(
      atPath: assay.folder + "/verify-proof",
      withDestinationPath: Package.folder.path() + "Tools/verify-proof"
    )
    let made = try assay.shell(
      """
      set -e
      assay keygen -o k --name example.com/log >k.pub
      assay checkpoint --key k --origin example.com/log -o signed; assay checkpoint -o plain
      assay checkpoint --recorded-at 900 -o old
      assay prove 7 -o p; assay prove 7 --since old -o grown; assay prove 7 --checkpoint signed -o q
      """
    )
    try #require(made.status == 0, "\(made.output)")
  }

  /// The last line that `verify-proof` prints, and how it ends.
  private func verify(_ arguments: String) throws -> String {
    let outcome = try assay.shell("./verify-proof \(arguments); echo \" $?\"")
    return outcome.output.lines.suffix(2).joined()
  }

  @Test("a checkpoint that comes with the proof is none that was kept, unless a key vouches for it")
  func embeddedCheckpoint() throws {
    #expect(try verify("p plain") == "OK 0")
    #expect(try verify("p").hasPrefix("OK in itself, but compared with no checkpoint"))
    #expect(try verify("q").hasPrefix("OK in itself, but compared with no checkpoint"))
    #expect(try verify("q --key k.pub") == "OK 0")
    // What was to hold a key and is empty is no leave to check none.
    try assay.write("", to: "empty")
    for options in ["--key empty", "--key ''", "--policy empty", "--policy ''"] {
      #expect(try verify("q signed \(options)").hasSuffix(" 1"), "\(options)")
    }
    #expect(try verify("q signed") == "OK 0")
  }

  @Test("checkpoints of two ledgers are not mixed, and the name can be asked for")
  func comparesNames() throws {
    #expect(try verify("q plain").contains("the checkpoint in it is of the ledger example.com/log"))
    #expect(try verify("p plain signed").hasSuffix(" 1"))
    #expect(try verify("p plain --origin example.com/log").hasSuffix(" 1"))
    #expect(try verify("q signed --origin example.com/log") == "OK 0")
  }

  @Test("a proof that proves nothing is no proof; every ledger begins with nothing")
  func provesSomething() throws {
    try assay.write("x\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", to: "empty")
    let shell = try assay.shell(
      """
      sed 's/,"sequence":7.*$/}/; s/{"event.*"schema"/{"schema"/' p >none; cat none
      assay prove --since empty -o all
      sed -i 1s/.*/$(sed -n 1p plain | sed 's,/,\\\\/,g')/ empty
      """
    )
    #expect(shell.status == 0, "\(shell.output)")
    try assay.write(
      #"{"schema":"assay.proof/1","size":1,"root":"\#(String(repeating: "0", count: 64))"}"#,
      to: "none"
    )
    #expect(try verify("none").contains("proves nothing"))
    #expect(try verify("all empty plain") == "OK 0")
    let shell2 = try assay.shell("sed 's/e3b0c44298fc/e3b0c44298fd/' all >wrong; cmp all wrong")
    #expect(shell2.status == 1)
    #expect(try verify("wrong plain").hasSuffix(" 1"))
  }

  @Test(
    "a note that C2SP signed-note or tlog-checkpoint forbids is refused by both programs",
    arguments: [
      "s/^/\\t/", "2s/^/0/", "2s/^/+/", "2s/^/ /", "2s/$/_0/", "3s/=$//", "3s/$/=/", "3s/^/ /",
      "1s/.*//", "2d", "5s/^— /- /", "5s/^— /—  /", "5s/$/ /", "5s/log /log+x /", "5s/.$/!/", "5d",
      "4d", "s/$/\\r/", "5s/ [^ ]*$/ AAAA/",
    ]
  )
  func strictNotes(change: String) throws {
    let shell = try assay.shell(
      """
      sed '\(change)' signed >changed; cmp -s signed changed && echo same
      ./verify-proof p changed --key k.pub >/dev/null; echo $?
      assay verify --checkpoint changed --key k.pub >/dev/null 2>&1; echo $?
      """
    )
    #expect(shell.output.lines == ["1", "1"], "\(change): \(shell.output)")
  }
}
