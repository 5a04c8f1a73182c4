import JSON
import Ledger
import Merkle

/// A proof as a file that needs nothing else: `assay.proof/1`.
struct ProofFile {
  let proof: LedgerProof

  /// The checkpoint that the proof leads to, as it is signed.
  let checkpoint: SignedNote?

  var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("schema", .string("assay.proof/1")), ("size", .integer(Int(proof.size))),
      ("root", .string(proof.root.hexadecimal)),
    ]
    if let event = proof.event {
      members.append(("sequence", .integer(Int(event.inclusion.index))))
      members.append(("event", .string(String(decoding: event.line, as: UTF8.self))))
      members.append(("inclusion", path(event.inclusion.path)))
    }
    if let growth = proof.growth {
      members.append(
        (
          "since",
          .object([
            ("size", .integer(Int(growth.earlier.size))),
            ("root", .string(growth.earlier.root.hexadecimal)),
            ("consistency", path(growth.consistency.path)),
          ])
        )
      )
    }
    if let checkpoint { members.append(("checkpoint", .string(checkpoint.encoded))) }
    return .object(members)
  }

  private func path(_ hashes: [MerkleHash]) -> JSONValue {
    .array(hashes.map { .string($0.hexadecimal) })
  }
}
