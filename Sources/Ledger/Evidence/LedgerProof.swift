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

  /// The proof as a file that needs nothing else: one line of JSON, `assay.proof/1`.
  public var fileBytes: [UInt8] { json.bytes + [UInt8(ascii: "\n")] }

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
