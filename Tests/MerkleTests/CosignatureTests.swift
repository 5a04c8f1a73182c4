import Merkle
import Testing

@Suite("Cosignatures of witnesses")
struct CosignatureTests {
  /// A checkpoint of a log of certificates, as a public witness cosigned it.
  static let checkpoint = """
    arche2025h1.staging.ct.transparency.dev
    1432088532
    U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

    — arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3Nyg\
    NI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
    — remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTyn\
    k5XeU/zZ0WBxtqB0DrAWfBw==

    """
  static let log =
    "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
  static let witness = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"

  /// A key of the tests of the Go implementation, as that of a witness.
  static let privateKey = "PRIVATE+KEY+Wit1+9b3fb2d5+BOadRiG7XM4XiieCHzD8lxysXMwcViy5nYsoXURWGrlE"

  @Test("those of a public witness verify, with their time")
  func publicWitness() throws {
    let note = try SignedNote(encoded: Self.checkpoint)
    #expect(note.encoded == Self.checkpoint)
    #expect(try NoteVerifier(encoded: Self.log).hasSigned(note))
    let witness = try NoteVerifier(encoded: Self.witness)
    #expect(witness.type == .cosignature && witness.encoded == Self.witness)
    #expect(try witness.hasSigned(note))
    #expect(try witness.cosigningTime(of: note) == 1_779_573_024)
    #expect(try NoteVerifier(encoded: Self.log).cosigningTime(of: note) == nil)
  }

  @Test("a known key makes the cosignature that another program makes")
  func knownAnswer() throws {
    let signer = try NoteSigner(encoded: Self.privateKey)
    #expect(signer.verifier.encoded == "Wit1+9b3fb2d5+BFhZSmQj9+SoL+p/nN0Hh76xXmF7QcHfytUrI1XfSClk")
    var note = SignedNote(
      text: "example.com/log\n42\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    )
    try signer.cosign(&note, at: 1_679_315_147)
    // Made with Python's cryptography.
    #expect(
      note.encoded == note.text + """

        — Wit1 mz+y1QAAAABkGFDLj0tKY/14tNxYamG3RP6V0BdccaauDg5MLIju8uCcXRIechCL4smP2VUJC22T41//h79j+7k\
        QGDhAWQ+pzSSMBQ==

        """
    )
  }

  @Test("every changed bit of the time, the text or the signature is refused")
  func everyBit() throws {
    let witness = try NoteVerifier(encoded: Self.witness)
    let note = try SignedNote(encoded: Self.checkpoint)
    let index = 1
    for place in note.signatures[index].bytes.indices {
      for bit in 0..<8 {
        var changed = note
        changed.signatures[index].bytes[place] ^= 1 << bit
        #expect(throws: NoteError.self) { try witness.hasSigned(changed) }
      }
    }
    for text in [note.text + "extension\n", note.text.replacing("1432088532", with: "1432088533")] {
      var changed = note
      changed.text = text
      #expect(throws: NoteError.self) { try witness.cosigningTime(of: changed) }
    }
    for count in [0, 8, 64, 71, 73] {
      var changed = note
      changed.signatures[index].bytes = Array(repeating: 0, count: count)
      #expect(throws: NoteError.self) { try witness.hasSigned(changed) }
    }
  }

  @Test("a time of 2^63 is none")
  func timeIsBounded() throws {
    var note = try SignedNote(encoded: Self.checkpoint)
    let signer = try NoteSigner(name: "w", type: .cosignature)
    try signer.cosign(&note, at: UInt64(Int64.max))
    #expect(try signer.verifier.cosigningTime(of: note) == UInt64(Int64.max))
    note.signatures[2].bytes[0] = 0x80
    #expect(throws: NoteError.self) { try signer.verifier.hasSigned(note) }
  }

  @Test("a key either signs or cosigns, and its id says which")
  func keysDoOne() throws {
    var note = try SignedNote(encoded: Self.checkpoint)
    let cosigner = try NoteSigner(name: "w", type: .cosignature)
    let signer = try NoteSigner(name: "w")
    #expect(throws: NoteError.self) { try cosigner.sign(&note) }
    #expect(throws: NoteError.self) { try signer.cosign(&note, at: 1) }
    #expect(note.signatures.count == 2)
    #expect(try NoteSigner(encoded: cosigner.encoded).verifier == cosigner.verifier)
    // The same 32 bytes with the other type, and the id as it was: damaged.
    let parts = cosigner.verifier.encoded.split(separator: "+", maxSplits: 2)
    let other = "\(parts[0])+\(parts[1])+AQ" + parts[2].dropFirst(2)
    #expect(throws: NoteError.self) { try NoteVerifier(encoded: other) }
    for type in ["Ag", "Aw", "BQ", "Bg", "AA", "/w"] {
      let unknown = "\(parts[0])+\(parts[1])+\(type)" + parts[2].dropFirst(2)
      #expect(throws: NoteError.self) { try NoteVerifier(encoded: unknown) }
    }
  }

  @Test("a later cosignature takes the place of an earlier one, and no other's")
  func replacesItsOwn() throws {
    var note = try SignedNote(encoded: Self.checkpoint)
    let first = try NoteSigner(name: "w1", type: .cosignature)
    let second = try NoteSigner(name: "w1", type: .cosignature)
    try first.cosign(&note, at: 5)
    try second.cosign(&note, at: 6)
    try first.cosign(&note, at: 7)
    #expect(note.signatures.count == 4)
    #expect(try first.verifier.cosigningTime(of: note) == 7)
    #expect(try second.verifier.cosigningTime(of: note) == 6)
    #expect(try NoteVerifier(encoded: Self.witness).hasSigned(note))
    var text = SignedNote(text: "no checkpoint\n")
    #expect(throws: NoteError.self) { try first.cosign(&text, at: 8) }
    note.signatures += Array(repeating: note.signatures[0], count: 60)
    #expect(throws: NoteError.self) {
      try NoteSigner(name: "w2", type: .cosignature).cosign(&note, at: 9)
    }
  }
}
