import Merkle
import Testing

@Suite("Proofs and requests as C2SP writes them")
struct TransparencyProofTests {
  private static let root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
  private static let note = "example.com/log\n9\n\(root)\n\n— example.com/log AAAAAAA=\n"

  @Test("are read as they are written, with and without extra and hashes")
  func roundTrip() throws {
    let one = Self.root + "\n"
    for (extra, hashes) in [("", ""), ("extra eA==\n", one), ("extra \n", one + one)] {
      let text = "c2sp.org/tlog-proof@v1\n\(extra)index 5\n\(hashes)\n\(Self.note)"
      let proof = try TransparencyProof(encoded: text)
      #expect(proof.encoded == text)
      #expect(proof.inclusion.index == 5 && proof.inclusion.size == 9)
      #expect(proof.inclusion.path == Array(repeating: .empty, count: hashes.utf8.count / 45))
    }
    for hashes in ["", "\(Self.root)\n"] {
      let text = "old 4\n\(hashes)\n\(Self.note)"
      let request = try CosigningRequest(encoded: text)
      #expect(request.encoded == text)
      #expect(request.growth.earlierSize == 4 && request.growth.size == 9)
    }
  }

  @Test(
    "texts that are no proofs",
    arguments: [
      ("c2sp.org/tlog-proof@v2\nindex 0\n\n", "a proof begins with"),
      ("c2sp.org/tlog-proof@v1\n\n", "no line of index"),
      ("c2sp.org/tlog-proof@v1\nindex 05\n\n", "no line of index"),
      ("c2sp.org/tlog-proof@v1\nindex -5\n\n", "no line of index"),
      ("c2sp.org/tlog-proof@v1\nindex  5\n\n", "no line of index"),
      ("c2sp.org/tlog-proof@v1\nindex 9\n\n", "9 events have no event 9"),
      ("c2sp.org/tlog-proof@v1\nextra !\nindex 0\n\n", "not in base 64"),
      ("c2sp.org/tlog-proof@v1\nindex 0\nextra eA==\n\n", "not 32 bytes in base 64"),
      ("c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n", "not 32 bytes in base 64"),
      ("c2sp.org/tlog-proof@v1\nindex 0\n", "not 32 bytes in base 64"),
      ("c2sp.org/tlog-proof@v1\r\nindex 0\n\n", "a proof begins with"), ("", "a proof begins with"),
    ]
  )
  func noProofs(text: String, message: String) {
    let error = #expect(throws: NoteError.self) {
      try TransparencyProof(encoded: text.isEmpty ? "" : text + Self.note)
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    #expect(throws: NoteError.self) { try CosigningRequest(encoded: text + Self.note) }
  }

  @Test("hashes end, and so does what is read of them")
  func endlessHashes() throws {
    let hashes = String(repeating: Self.root + "\n", count: 66)
    let head = "c2sp.org/tlog-proof@v1\nindex 5\n"
    var error = #expect(throws: NoteError.self) {
      try TransparencyProof(encoded: head + hashes + "\n" + Self.note)
    }
    #expect(error?.description.contains("more than 65 hashes") == true)
    error = #expect(throws: NoteError.self) {
      try TransparencyProof(encoded: head + Self.root + "\n")
    }
    #expect(error?.description.contains("no empty line") == true)
  }
}
