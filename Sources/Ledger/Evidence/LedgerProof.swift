import JSON
import Merkle

/// What proves to anybody, without the ledger, that an event is in it and that it only grew.
public struct LedgerProof: Hashable, Sendable {
  /// One event and its place in the tree.
  struct Event: Hashable, Sendable {
    /// The canonical line: what is hashed.
    var line: [UInt8]

    /// That the line is at its place.
    var inclusion: InclusionProof
  }

  /// How far the ledger had come when somebody kept a checkpoint.
  struct Growth: Hashable, Sendable {
    /// The checkpoint that was kept.
    var earlier: Checkpoint

    /// That the tree begins with the one of then.
    var consistency: ConsistencyProof
  }

  /// How many events the tree has that is proven about, and its root.
  public let treeHead: TreeHead

  /// The event that is proven to be in it, if one was asked for.
  let event: Event?

  /// The earlier tree that it is proven to begin with, if one was asked for.
  let growth: Growth?

  /// The checkpoint that the proof leads to, if one was given.
  let checkpoint: KeptCheckpoint?

  /// How a proof is written.
  public enum Format: String, Hashable, Sendable, CaseIterable {
    /// One line of JSON, `assay.proof/1`: an event, growth, or both.
    case json

    /// C2SP tlog-proof, version 1: an event, and the checkpoint with all of its signatures. What it has as
    /// `extra` is the event's line.
    case tlogProof = "tlog-proof"

    /// The body of C2SP tlog-witness's `add-checkpoint`: growth, and the checkpoint to be cosigned.
    case addCheckpoint = "add-checkpoint"
  }

  /// The proof as a file that needs nothing else.
  ///
  /// - Throws: ``LedgerError`` of the code `notAnswerable` if the format needs what the proof has not: a
  ///   checkpoint; an event, for `tlogProof`.
  public func fileBytes(as format: Format) throws -> [UInt8] {
    if format == .json { return json.bytes + [UInt8(ascii: "\n")] }
    guard let checkpoint else {
      throw LedgerError(
        .notAnswerable,
        "a \(format.rawValue) needs the checkpoint that it leads to"
      )
    }
    guard format == .tlogProof else {
      let growth =
        growth?.consistency ?? ConsistencyProof(earlierSize: 0, size: treeHead.size, path: [])
      return Array(CosigningRequest(growth: growth, note: checkpoint.note).encoded.utf8)
    }
    guard let event else {
      throw LedgerError(.notAnswerable, "a \(format.rawValue) needs the event that it proves")
    }
    let proof = TransparencyProof(
      extra: event.line,
      inclusion: event.inclusion,
      note: checkpoint.note
    )
    return Array(proof.encoded.utf8)
  }

  private var json: JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("schema", .string("assay.proof/1")), ("size", .integer(Int(treeHead.size))),
      ("root", .string(treeHead.root)),
    ]
    if let event {
      members.append(("sequence", .integer(Int(event.inclusion.index))))
      members.append(("event", .string(String(decoding: event.line, as: UTF8.self))))
      members.append(("inclusion", path(event.inclusion.path)))
    }
    if let growth {
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
    if let checkpoint { members.append(("checkpoint", .string(checkpoint.text))) }
    return .object(members)
  }

  private func path(_ hashes: [MerkleHash]) -> JSONValue {
    .array(hashes.map { .string($0.hexadecimal) })
  }
}
