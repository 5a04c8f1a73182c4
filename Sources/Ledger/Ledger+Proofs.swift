import EventStore
import Facts
public import Merkle
import Projections

/// What proves to anybody, without the ledger, that an event is in it and that it only grew.
public struct LedgerProof: Hashable, Sendable {
  /// One event and its place in the tree.
  public struct Event: Hashable, Sendable {
    /// The canonical line: what is hashed.
    public var line: [UInt8]

    /// That the line stands at its place.
    public var inclusion: InclusionProof
  }

  /// How far the ledger had come when somebody kept a checkpoint.
  public struct Growth: Hashable, Sendable {
    /// The checkpoint that was kept.
    public var earlier: Checkpoint

    /// That the tree begins with the one of then.
    public var consistency: ConsistencyProof
  }

  /// How many events the tree has that is proven about.
  public var size: UInt64

  /// Its root.
  public var root: MerkleHash

  /// The event that is proven to be in it, if one was asked for.
  public var event: Event?

  /// The earlier tree that it is proven to begin with, if one was asked for.
  public var growth: Growth?
}

extension Ledger {
  /// What the ledger holds, in three lines.
  ///
  /// - Parameters:
  ///   - origin: The name of the ledger; `nil` for the one that its first event gives it.
  ///   - recordedAt: How much of the log counts; `nil` for all.
  /// - Throws: ``UnanswerableQuery`` if the ledger did not hold so much; `NoteError` for an origin
  ///   that is not a line of text.
  public func checkpoint(
    origin: String? = nil,
    recordedAt: Times.Recorded? = nil
  ) throws -> Checkpoint {
    try read { snapshot in
      let size = try snapshot.vantage(Times(recordedAt: recordedAt)).head
      return try Checkpoint(
        origin: origin ?? snapshot.origin,
        size: size,
        root: MerkleHash.root(size: size, tiles: snapshot)
      )
    }
  }

  /// Proves that an event is in the ledger, that the ledger only grew, or both.
  ///
  /// - Parameters:
  ///   - sequence: Which event; `nil` for none.
  ///   - earlier: A checkpoint that the ledger must begin with; `nil` for none.
  ///   - checkpoint: The checkpoint that the proof leads to; `nil` for what `recordedAt` says.
  ///   - recordedAt: How much of the log counts; `nil` for all.
  /// - Throws: ``UnanswerableQuery`` if there is no such event, or a checkpoint is not of this
  ///   ledger: then it is another one, or its past was changed.
  /// - Complexity: O(log *n*).
  public func proof(
    of sequence: UInt64?,
    since earlier: Checkpoint? = nil,
    at checkpoint: Checkpoint? = nil,
    recordedAt: Times.Recorded? = nil
  ) throws -> LedgerProof {
    try read { snapshot in
      let times = Times(recordedAt: checkpoint.map { .head($0.size) } ?? recordedAt)
      if let checkpoint { try snapshot.check(checkpoint) }
      let size = try snapshot.vantage(times).head
      if let earlier { try snapshot.check(earlier) }
      guard earlier.map({ $0.size <= size }) ?? true else {
        throw UnanswerableQuery(
          "the earlier checkpoint is of \(earlier?.size ?? 0) events, the later of \(size)",
          remedy: "give the older checkpoint with --since"
        )
      }
      guard sequence.map({ $0 < size }) ?? true else {
        throw UnanswerableQuery(
          "event \(sequence ?? 0) is not among the first \(size) events",
          remedy: "give a sequence from 0 to \(size - 1)"
        )
      }
      return LedgerProof(
        size: size,
        root: try MerkleHash.root(size: size, tiles: snapshot),
        event: try sequence.map { sequence in
          let (line, proof) = try snapshot.inclusion(of: sequence, size: size)
          return LedgerProof.Event(line: line, inclusion: proof)
        },
        growth: try earlier.map { earlier in
          LedgerProof.Growth(
            earlier: earlier,
            consistency: try snapshot.growth(from: earlier.size, to: size)
          )
        }
      )
    }
  }

  /// The sequence of the one claim that holds for the one fact that `request` names.
  ///
  /// - Throws: ``UnanswerableQuery`` if no fact matches or several do, or if no claim holds.
  /// - Complexity: O(*n*), for *n* claims of the entity.
  public func sequenceOfClaim(_ request: FactsRequest) throws -> UInt64 {
    let found = try history(request)
    guard let only = found.first, found.count == 1 else {
      let names = found.prefix(8).map { history in
        let fact = history.fact
        let dimensions = fact.dimensions.isEmpty ? "" : " [\(fact.dimensions.text)]"
        return "\n  \(fact.concept)\(dimensions) \(fact.period) of \(fact.entity)"
      }
      throw UnanswerableQuery(
        "\(found.count) facts match",
        remedy: "add a period, a dimension or the whole name:" + names.joined()
          + (found.count > 8 ? "\n  …" : "")
      )
    }
    switch only.answer {
    case .holds(let row): return row.sequence
    case .conflict(let rows):
      let sequences = rows.map { String($0.sequence) }.joined(separator: ", ")
      throw UnanswerableQuery(
        "claims of one filing contradict each other",
        remedy: "name one of the events \(sequences)"
      )
    case .derived(let derivation):
      let sequences = derivation.operands.map { String($0.row.sequence) }.joined(separator: ", ")
      throw UnanswerableQuery(
        "nobody reported the figure: it is derived",
        remedy: "prove the events that it is derived from: \(sequences)"
      )
    case .notReported, .notYetKnown, .notDerivable:
      throw UnanswerableQuery(
        "no claim of the fact holds on these three times",
        remedy: "see: assay history \(request.words.joined(separator: " "))"
      )
    }
  }
}

extension Snapshot {
  /// The name of the ledger, from its first event: no other ledger has it, and every replica does.
  fileprivate var origin: String {
    get throws { "assay/\(try leafHash(at: 0).prefix(16))" }
  }

  /// Checks that the ledger begins with what a checkpoint says.
  fileprivate func check(_ checkpoint: Checkpoint) throws {
    guard checkpoint.size <= head else {
      throw UnanswerableQuery(
        "the checkpoint is of \(checkpoint.size) events, and the ledger holds \(head)",
        remedy: "it is another ledger's, or this one lost events: compare with a backup"
      )
    }
    let root = try MerkleHash.root(size: checkpoint.size, tiles: self)
    guard root == checkpoint.root else {
      throw UnanswerableQuery(
        "the first \(checkpoint.size) events of the ledger are not those of the checkpoint: "
          + "their root is \(root), there it is \(checkpoint.root)",
        remedy: "it is another ledger's, or the past of this one was changed: compare with a backup"
      )
    }
  }
}
