import EventStore
import Facts
import Merkle
import Projections

extension Ledger.View {
  /// The name that the first event gives the ledger: no other ledger has it, and every replica does.
  ///
  /// - Throws: ``LedgerError`` if the ledger is empty.
  /// - Complexity: O(log *n*).
  public var origin: String {
    get throws { try ledger.translating { try snapshot.origin } }
  }

  /// What the ledger holds, in three lines.
  ///
  /// - Parameters:
  ///   - origin: The name of the ledger; `nil` for the one that its first event gives it.
  ///   - key: Signs the checkpoint; `nil` for no signature.
  /// - Throws: ``LedgerError`` if the ledger is empty, or for an origin that is not a line of text.
  /// - Complexity: O(log *n*).
  public func checkpoint(
    origin: String? = nil,
    signedWith key: SigningKey? = nil
  ) throws -> KeptCheckpoint {
    try ledger.translating {
      let size = try vantage().head
      let checkpoint = try Checkpoint(
        origin: origin ?? snapshot.origin,
        size: size,
        root: MerkleHash.root(size: size, tiles: snapshot)
      )
      return try KeptCheckpoint(checkpoint, signedWith: key)
    }
  }

  /// Checks that the ledger begins with what a checkpoint says, whatever counts of it.
  ///
  /// - Throws: ``LedgerError`` of the code `conflict` if it does not: then it is another ledger, or its
  ///   past was changed.
  /// - Complexity: O(log *n*).
  public func requireGrowth(from checkpoint: KeptCheckpoint) throws {
    try ledger.translating { try snapshot.check(checkpoint.checkpoint) }
  }

  /// The event that a person names: by its sequence, by its leaf hash, or by words that name one fact,
  /// of which it is the claim that holds.
  ///
  /// - Throws: ``LedgerError`` if there is no such event; if no fact matches or several do, or if no
  ///   claim holds.
  /// - Complexity: O(1) for a sequence, else O(*n*).
  public func sequence(named words: [String], entity: String? = nil) throws -> UInt64 {
    if let word = words.first, words.count == 1 {
      if MerkleHash(hexadecimal: word) != nil { return try sequence(ofLeaf: word) }
      if let sequence = UInt64(word) { return sequence }
    }
    return try sequenceOfClaim(Ledger.FactsRequest(entity: entity, words: words, isAll: true))
  }

  /// Proves that an event is in the ledger, that the ledger only grew, or both.
  ///
  /// - Parameters:
  ///   - sequence: Which event; `nil` for none.
  ///   - earlier: A checkpoint that the ledger must begin with; `nil` for none.
  ///   - checkpoint: The checkpoint that the proof leads to; `nil` for the events that count.
  /// - Throws: ``LedgerError`` if there is no such event, or a checkpoint is not of this
  ///   ledger: then it is another one, or its past was changed.
  /// - Complexity: O(log *n*).
  public func proof(
    of sequence: UInt64?,
    since earlier: KeptCheckpoint? = nil,
    at checkpoint: KeptCheckpoint? = nil
  ) throws -> LedgerProof {
    try ledger.translating {
      let (earlier, later) = (earlier?.checkpoint, checkpoint?.checkpoint)
      if let later { try snapshot.check(later) }
      let size =
        try later.map { try snapshot.head(recordedAt: .head($0.size)) } ?? vantage().head
      if let earlier { try snapshot.check(earlier) }
      guard earlier.map({ $0.size <= size }) ?? true else {
        throw LedgerError(
          .notAnswerable,
          "the earlier checkpoint is of \(earlier?.size ?? 0) events, the later of \(size)",
          remedy: .exchangeCheckpoints
        )
      }
      guard sequence.map({ $0 < size }) ?? true else {
        throw LedgerError(
          .notFound,
          "event \(sequence ?? 0) is not among the first \(size) events",
          remedy: .boundSequence(0...(size - 1))
        )
      }
      return LedgerProof(
        treeHead: TreeHead(size: size, root: try snapshot.root(at: size)),
        event: try sequence.map { sequence in
          let (line, proof) = try snapshot.inclusion(of: sequence, size: size)
          return LedgerProof.Event(line: line, inclusion: proof)
        },
        growth: try earlier.map { earlier in
          LedgerProof.Growth(
            earlier: earlier,
            consistency: try snapshot.growth(from: earlier.size, to: size)
          )
        },
        checkpoint: checkpoint
      )
    }
  }

  /// The sequence of the one claim that holds for the one fact that `request` names.
  ///
  /// - Throws: ``LedgerError`` if no fact matches or several do, or if no claim holds.
  /// - Complexity: O(*n*), for *n* claims of the entity.
  public func sequenceOfClaim(_ request: Ledger.FactsRequest) throws -> UInt64 {
    try ledger.translating {
      let found = try history(request)
      guard let only = found.first, found.count == 1 else {
        let names = found.prefix(8).map { history in
          let fact = history.fact
          let dimensions = fact.dimensions.isEmpty ? "" : " [\(fact.dimensions.text)]"
          return "\(fact.concept)\(dimensions) \(fact.period) of \(fact.entity)"
        }
        throw LedgerError(
          .ambiguous,
          "\(found.count) facts match",
          remedy: .narrow(facts: names, isCut: found.count > 8)
        )
      }
      switch only.answer {
      case .holds(let claim): return claim.sequence
      case .range(let low, let high):
        throw LedgerError(
          .ambiguous,
          "two claims hold together, as a range",
          remedy: .nameEvents([low.sequence, high.sequence])
        )
      case .conflict(let claims):
        throw LedgerError(
          .ambiguous,
          "claims of one filing contradict each other",
          remedy: .nameEvents(claims.map(\.sequence))
        )
      case .retracted(let claims, let filing, _):
        throw LedgerError(
          .ambiguous,
          "no claim holds: filing \(filing) retracted the figure",
          remedy: .nameEvents(claims.map(\.sequence))
        )
      case .derived(let derived):
        throw LedgerError(
          .notAnswerable,
          "nobody reported the figure: it is derived",
          remedy: .proveOperands(derived.operands.map(\.claim.sequence))
        )
      case .notReported, .notYetKnown, .notDerivable:
        var code = LedgerError.Code.notFound
        if case .notYetKnown = only.answer { code = .notKnownYet }
        throw LedgerError(
          code,
          "no claim of the fact holds on these three times",
          remedy: .seeHistory(words: request.words.joined(separator: " "))
        )
      }
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
      throw LedgerError(
        .conflict,
        "the checkpoint is of \(checkpoint.size) events, and the ledger holds \(head)",
        remedy: .findLostEvents
      )
    }
    let root = try MerkleHash.root(size: checkpoint.size, tiles: self)
    guard root == checkpoint.root else {
      throw LedgerError(
        .conflict,
        "the first \(checkpoint.size) events of the ledger are not those of the checkpoint: "
          + "their root is \(root), there it is \(checkpoint.root)",
        remedy: .findChangedEvents
      )
    }
  }
}
