import JSON

/// Gathers drafts in any order, and gives them back in the order in which they are recorded.
///
/// That is: definitions, then each filing with its claims, the oldest filing first, then amendments;
/// within each of these, the order given. Drafts that begin with a batch event are another ledger's
/// export, and stay as they are.
///
/// What is gathered lies in memory, as some sixty bytes a claim, up to a limit; beyond it, in a
/// file. So memory is bounded by what the drafts name: their filings, concepts, dimensions, units.
///
///     let spool = DraftSpool(limit: DraftSpool.byteCountMax) { try TemporaryFile() }
///     for … { try spool.append(draft) }
///     try ledger.append(spool.finish(), options)
public final class DraftSpool {
  /// How many bytes of drafts programs hold in memory before they use a file.
  public static let byteCountMax = 1 << 20

  private var texts = SpoolTexts()

  /// Events as given, definitions, amendments; then for each filing its events and its claims.
  private var lanes: SpoolLanes
  private var filings: [Filing] = []
  private var filingIndices: [ExactText: Int] = [:]
  private var lastFiling: (name: ExactText, index: Int)?

  /// Whether the drafts begin with a batch event.
  private var isExport = false

  /// How many drafts there are.
  public private(set) var count = 0

  private struct Filing {
    let name: String

    /// `nil` until its event comes.
    var published: Timestamp?
  }

  /// Numbers of lanes: those that belong to no filing come first.
  private enum Lane {
    static let given = 0
    static let definitions = 1
    static let amendments = 2
    static let count = 3

    static func events(ofFiling index: Int) -> Int { count + 2 * index }
    static func claims(ofFiling index: Int) -> Int { count + 2 * index + 1 }
  }

  /// A spool that holds as much in memory as there is room; everything, unless told otherwise.
  public init(room: SpoolRoom = .memory) { lanes = SpoolLanes(count: Lane.count, room: room) }

  /// A spool of at most `limit` bytes in memory.
  ///
  /// - Parameter makeStorage: Called once, when the limit is reached.
  public convenience init(limit: Int, makeStorage: @escaping () throws -> any SpoolStorage) {
    self.init(room: SpoolRoom(byteCountMax: limit, makeStorage: makeStorage))
  }

  /// Adds a draft.
  ///
  /// - Throws: What keeps the storage from taking it.
  /// - Complexity: O(1).
  public func append(_ draft: Draft) throws {
    if count == 0, case .batch = draft.event { isExport = true }
    count += 1
    let lane = isExport ? Lane.given : lane(of: draft.event)
    try lanes.append(to: lane) { $0.append(draft, &texts) }
  }

  private func lane(of event: Event) -> Int {
    switch event {
    case .batch, .entity, .concept, .statement, .check, .profile: return Lane.definitions
    case .amendment: return Lane.amendments
    case .claim(let claim): return Lane.claims(ofFiling: index(ofFiling: claim.filing))
    case .filing(let filing):
      let index = index(ofFiling: filing.filing)
      filings[index].published = filing.published.timestamp
      return Lane.events(ofFiling: index)
    }
  }

  private func index(ofFiling name: String) -> Int {
    let name = ExactText(name)
    if let lastFiling, lastFiling.name == name { return lastFiling.index }
    let index: Int
    if let known = filingIndices[name] {
      index = known
    } else {
      index = filings.count
      filingIndices[name] = index
      filings.append(Filing(name: name.text))
      lanes.addLane()
      lanes.addLane()
    }
    lastFiling = (name, index)
    return index
  }

  /// The drafts so far, in the order in which they are recorded.
  ///
  /// - Complexity: O(*f* log *f*), for *f* filings.
  public func finish() -> SpooledDrafts {
    let never = Timestamp(microseconds: .min)
    let order = filings.indices.sorted { lhs, rhs in
      let left = (filings[lhs].published ?? never, filings[lhs].name, lhs)
      return left < (filings[rhs].published ?? never, filings[rhs].name, rhs)
    }
    var numbers = [Lane.given, Lane.definitions]
    for index in order {
      numbers += [Lane.events(ofFiling: index), Lane.claims(ofFiling: index)]
    }
    numbers.append(Lane.amendments)
    return SpooledDrafts(
      count: count,
      isExport: isExport,
      lanes: numbers.map { lanes.pieces(of: $0) }.filter { !$0.isEmpty },
      texts: texts.all
    )
  }
}

/// What a spool gathered, in the order in which it is recorded.
public struct SpooledDrafts: DraftSource {
  /// How many there are.
  public let count: Int

  /// Whether they begin with a batch event: another ledger's export.
  public let isExport: Bool

  /// Each piece is of whole drafts.
  let lanes: [SpooledPieces]

  let texts: [String]

  /// Starts at the first.
  public func makeReader() -> any DraftReader { SpoolReader(self) }

  /// All of them at once.
  ///
  /// - Throws: Whatever the storage throws when it cannot be read.
  public func all() throws -> [Draft] {
    var drafts: [Draft] = []
    drafts.reserveCapacity(count)
    var reader = SpoolReader(self)
    while let draft = try reader.next() { drafts.append(draft) }
    return drafts
  }
}

private struct SpoolReader: DraftReader {
  private var lanes: ArraySlice<SpooledPieces>
  private var lane: SpooledPieces?
  private let texts: [String]
  private var bytes: [UInt8] = []
  private var offset = 0
  private let parser = JSONParser()

  init(_ drafts: SpooledDrafts) {
    lanes = drafts.lanes[...]
    texts = drafts.texts
  }

  mutating func next() throws -> Draft? {
    while offset == bytes.count {
      if let piece = try lane?.next() {
        (bytes, offset) = (piece, 0)
      } else {
        lane = lanes.popFirst()
        guard lane != nil else { return nil }
      }
    }
    return try Draft(spooled: bytes, at: &offset, texts: texts, parser)
  }
}
