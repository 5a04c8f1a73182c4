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
  public static let byteCountMax = 4 << 20

  private let limit: Int
  private let makeStorage: () throws -> any SpoolStorage
  private var storage: (any SpoolStorage)?
  private var storedByteCount = 0

  private var texts = SpoolTexts()

  /// Events as given, definitions, amendments; then for each filing its events and its claims.
  private var runs = [SpoolRun](repeating: SpoolRun(), count: Lane.count)
  private var filings: [Filing] = []
  private var filingIndices: [ExactText: Int] = [:]
  private var lastFiling: (name: ExactText, index: Int)?
  private var heldByteCount = 0

  /// Whether the drafts begin with a batch event.
  private var isExport = false

  /// How many drafts there are.
  public private(set) var count = 0

  private struct Filing {
    let name: String

    /// `nil` until its event comes.
    var published: Timestamp?
  }

  /// Indices of runs that belong to no filing.
  private enum Lane {
    static let given = 0
    static let definitions = 1
    static let amendments = 2
    static let count = 3

    static func events(ofFiling index: Int) -> Int { count + 2 * index }
    static func claims(ofFiling index: Int) -> Int { count + 2 * index + 1 }
  }

  /// A spool of at most `limit` bytes in memory.
  ///
  /// - Parameter makeStorage: Called once, when the limit is reached.
  public init(limit: Int, makeStorage: @escaping () throws -> any SpoolStorage) {
    (self.limit, self.makeStorage) = (limit, makeStorage)
  }

  /// A spool that holds everything in memory.
  public convenience init() {
    self.init(limit: .max) { preconditionFailure("there is no limit to reach") }
  }

  /// Adds a draft.
  ///
  /// - Throws: What keeps the storage from taking it.
  /// - Complexity: O(1).
  public func append(_ draft: Draft) throws {
    if count == 0, case .batch = draft.event { isExport = true }
    count += 1
    let lane = isExport ? Lane.given : lane(of: draft.event)
    let before = runs[lane].held.count
    runs[lane].held.append(draft, &texts)
    heldByteCount += runs[lane].held.count - before
    if heldByteCount >= limit { try store() }
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
      runs.append(SpoolRun())
      runs.append(SpoolRun())
    }
    lastFiling = (name, index)
    return index
  }

  /// Moves what is held to the storage.
  private func store() throws {
    let storage = try storage ?? makeStorage()
    self.storage = storage
    var bytes: [UInt8] = []
    bytes.reserveCapacity(heldByteCount)
    for index in runs.indices where !runs[index].held.isEmpty {
      let start = storedByteCount + bytes.count
      bytes += runs[index].held
      runs[index].stored.append(start..<storedByteCount + bytes.count)
      runs[index].held = []
    }
    try storage.append(bytes)
    storedByteCount += bytes.count
    heldByteCount = 0
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
    var lanes = [Lane.given, Lane.definitions]
    for index in order {
      lanes += [Lane.events(ofFiling: index), Lane.claims(ofFiling: index)]
    }
    lanes.append(Lane.amendments)
    return SpooledDrafts(
      count: count,
      isExport: isExport,
      runs: lanes.map { runs[$0] }.filter { !$0.isEmpty },
      texts: texts.all,
      storage: storage
    )
  }
}

/// Where a spool puts what it does not hold: bytes that are written once, at the end, and read by
/// their place.
public protocol SpoolStorage: AnyObject, Sendable {
  /// Adds bytes at the end.
  func append(_ bytes: [UInt8]) throws

  /// The bytes at `range`, all of which were appended.
  func bytes(at range: Range<Int>) throws -> [UInt8]
}

/// Drafts of one kind in the order given: what is stored of them, then what is held.
struct SpoolRun {
  /// Places in the storage, each of whole drafts.
  var stored: [Range<Int>] = []

  var held: [UInt8] = []

  var isEmpty: Bool { stored.isEmpty && held.isEmpty }
}

/// What a spool gathered, in the order in which it is recorded.
public struct SpooledDrafts: DraftSource {
  /// How many there are.
  public let count: Int

  /// Whether they begin with a batch event: another ledger's export.
  public let isExport: Bool

  let runs: [SpoolRun]
  let texts: [String]
  let storage: (any SpoolStorage)?

  /// Starts at the first.
  public func makeReader() -> any DraftReader { SpoolReader(self) }

  /// All of them at once.
  public func all() throws -> [Draft] {
    var drafts: [Draft] = []
    drafts.reserveCapacity(count)
    var reader = SpoolReader(self)
    while let draft = try reader.next() { drafts.append(draft) }
    return drafts
  }
}

private struct SpoolReader: DraftReader {
  private let drafts: SpooledDrafts
  private var run = 0

  /// The next of the run's stored pieces; their count stands for the piece that is held.
  private var piece = 0

  private var bytes: [UInt8] = []
  private var offset = 0
  private let parser = JSONParser()

  init(_ drafts: SpooledDrafts) { self.drafts = drafts }

  mutating func next() throws -> Draft? {
    while offset == bytes.count {
      guard run < drafts.runs.count else { return nil }
      let pieces = drafts.runs[run].stored
      if piece < pieces.count, let storage = drafts.storage {
        bytes = try storage.bytes(at: pieces[piece])
        piece += 1
      } else {
        bytes = drafts.runs[run].held
        (run, piece) = (run + 1, 0)
      }
      offset = 0
    }
    return try Draft(spooled: bytes, at: &offset, texts: drafts.texts, parser)
  }
}
