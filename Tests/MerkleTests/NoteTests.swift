import Merkle
import Testing

@Suite("Signed notes and checkpoints")
struct NoteTests {
  /// The example of the Go implementation of signed notes.
  static let privateKey =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
  static let verifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
  static let text = """
    If you think cryptography is the answer to your problem,
    then you don't know what your problem is.

    """
  static let signature = """
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE\
    6RyyBwJnAM=

    """

  @Test("the known key makes the known signature, and verifies it")
  func knownAnswer() throws {
    let signer = try NoteSigner(encoded: Self.privateKey)
    #expect(signer.encoded == Self.privateKey)
    #expect(signer.verifier.encoded == Self.verifierKey)
    var note = SignedNote(text: Self.text)
    try signer.sign(&note)
    #expect(note.encoded == Self.text + "\n" + Self.signature)
    let read = try SignedNote(encoded: note.encoded)
    #expect(read == note)
    #expect(try NoteVerifier(encoded: Self.verifierKey).hasSigned(read))
  }

  @Test("every changed bit of text or signature is refused")
  func everyBit() throws {
    let verifier = try NoteVerifier(encoded: Self.verifierKey)
    let bytes = Array((Self.text + "\n" + Self.signature).utf8)
    var refusedCount = 0
    for place in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[place] ^= 1 << bit
        guard let encoded = String(validating: changed, as: UTF8.self),
          let note = try? SignedNote(encoded: encoded)
        else { continue }
        #expect((try? verifier.hasSigned(note)) != true, "byte \(place), bit \(bit)")
        refusedCount += 1
      }
    }
    #expect(refusedCount > 1000)
  }

  @Test("no part of a key, and no key with another letter, is a key")
  func damagedKeysAreRefused() throws {
    let key = Array(Self.verifierKey.utf8)
    for start in key.indices {
      for end in (start + 1)...key.count where start > 0 || end < key.count {
        let part = String(decoding: key[start..<end], as: UTF8.self)
        #expect(throws: NoteError.self) { try NoteVerifier(encoded: part) }
      }
      var changed = key
      changed[start] += 1
      let other = String(decoding: changed, as: UTF8.self)
      #expect(throws: NoteError.self) { try NoteVerifier(encoded: other) }
    }
    let secret = Array(Self.privateKey.utf8)
    for index in secret.indices {
      var changed = secret
      changed[index] += 1
      let other = String(decoding: changed, as: UTF8.self)
      let error = #expect(throws: NoteError.self) { try NoteSigner(encoded: other) }
      // An error must not tell the secret.
      #expect(error?.description.contains("AYEKFALVFGyNhPJEMz") == false)
    }
    for name in ["", "a b", "a+b", "a\nb", "a\u{A0}b"] {
      #expect(throws: NoteError.self) { try NoteSigner(name: name) }
    }
  }

  @Test("a key of another name, or another key of the name, has not signed")
  func otherKeys() throws {
    let note = try SignedNote(encoded: Self.text + "\n" + Self.signature)
    #expect(try !NoteSigner(name: "PeterNeumann").verifier.hasSigned(note))
    #expect(try !NoteSigner(name: "EnochRoot").verifier.hasSigned(note))
    #expect(try !NoteVerifier(encoded: Self.verifierKey).hasSigned(SignedNote(text: Self.text)))
  }

  @Test("new keys differ, sign and verify beside each other")
  func newKeys() throws {
    let signers = try [NoteSigner(name: "first"), NoteSigner(name: "first")]
    #expect(signers[0].encoded != signers[1].encoded)
    var note = SignedNote(text: "text\n\nwith an empty line\n")
    for signer in signers { try signer.sign(&note) }
    let read = try SignedNote(encoded: note.encoded)
    #expect(read == note && read.signatures.count == 2)
    for signer in signers {
      #expect(try NoteSigner(encoded: signer.encoded).verifier == signer.verifier)
      #expect(try signer.verifier.hasSigned(read))
    }
    note.text += "more\n"
    #expect(throws: NoteError.self) { try signers[0].verifier.hasSigned(note) }
  }

  @Test(
    "texts that are no notes",
    arguments: [
      ("", "its last line does not end"), ("text", "its last line does not end"),
      ("text\n\n", "no signature follows"), ("text\n\nsigned\n", "is no signature line"),
      ("text\n\n— name\n", "is no signature line"), ("text\n\n— a+b AAAAAAA=\n", "is no signature"),
      ("text\n\n— name AAAA\n", "is no signature line"),
      ("text\n\n— name AAAAAAB=\n", "is no signature line"),
      ("text\r\n\r\n", "control character U+d"), ("\n— name AAAAAAA=\n", "it has no text"),
      (
        "text\n\n" + String(repeating: "— name AAAAAAA=\n", count: 65), "more than 64 signatures"
      ),
    ]
  )
  func textsThatAreNoNotesAreRefused(encoded: String, message: String) {
    let error = #expect(throws: NoteError.self) { try SignedNote(encoded: encoded) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test("a checkpoint is three lines: the example of C2SP tlog-checkpoint")
  func checkpointIsThreeLines() throws {
    let encoded = """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1\
      gGzGku9nTo+zyWE+xeMcTOAYQ8=

      """
    let note = try SignedNote(encoded: encoded)
    #expect(note.encoded == encoded && note.signatures.count == 1)
    #expect(note.signatures[0].keyID == 0x033D_E0AE)
    let checkpoint = try Checkpoint(note)
    #expect(checkpoint.origin == "example.com/behind-the-sofa" && checkpoint.size == 20_852_163)
    #expect(checkpoint.root.hexadecimal.hasPrefix("0ac5186a91863e8e1d90c808014aa89b"))
    #expect(checkpoint.text == note.text)
    #expect(try Checkpoint(encoded: checkpoint.text) == checkpoint)
    #expect(try Checkpoint(encoded: checkpoint.text + "extension\n") == checkpoint)
  }

  @Test(
    "texts that are no checkpoints",
    arguments: [
      ("log\n1\n", "three lines"), ("log\n01\nAAAA\n", "\"01\" is not a number"),
      ("log\n-1\nAAAA\n", "\"-1\" is not a number"),
      ("log\n18446744073709551616\nAAAA\n", "is not a number"),
      ("log\n1\nAAAA\n", "not 32 bytes in base 64"),
      ("log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n", "not 32 bytes in base 64"),
    ]
  )
  func noCheckpoints(encoded: String, message: String) {
    let error = #expect(throws: NoteError.self) { try Checkpoint(encoded: encoded) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test("an origin is one line")
  func originIsOneLine() throws {
    for origin in ["", "a\nb", "a\u{0}"] {
      #expect(throws: NoteError.self) { try Checkpoint(origin: origin, size: 0, root: .empty) }
    }
    #expect(
      try Checkpoint(origin: "a log", size: 0, root: .empty).text == """
        a log
        0
        47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

        """
    )
  }
}
