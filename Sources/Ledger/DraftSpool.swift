public import Facts
import JSON
public import Platform

/// Gathers drafts in any order, and gives them back in the order in which they are recorded.
///
/// That is: definitions, then each filing with its claims, the oldest filing first, then amendments;
/// within each of these, the order given. Drafts that begin with a batch event are another ledger's
/// export, and stay as they are.
///
/// What is gathered is in memory, as some sixty bytes a claim, up to a limit; beyond it, in a
/// temporary file. So memory is bounded by what the drafts name: their filings, concepts, dimensions,
/// units.
///
///     let spool = DraftSpool()
///     for … { try spool.append(draft) }
///     try ledger.append(spool.finish(), options)
public final class DraftSpool {
  private var texts = SpoolTexts()

  /// Events as given, definitions, amendments; then for each filing its events and its claims.
  private var lanes: DiskBuffer
  private var filings: [Filing] = []
  private var filingIndices: [ExactText: Int] = [:]
  private var lastFiling: (name: ExactText, index: Int)?

  /// Whether the drafts begin with a batch event.
  private var isExport = false

  /// How many drafts there are.
  public private(set) var count = 0

  /// The concepts that the definitions name.
  private var named = NamedConcepts()

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

  /// A spool with nothing in it.
  ///
  /// - Parameter memoryLimit: How many bytes of drafts are held in memory before a temporary file is
  ///   used.
  public init(memoryLimit: Int = DiskBuffer.memoryLimit) {
    lanes = DiskBuffer(laneCount: Lane.count, memoryLimit: memoryLimit)
  }

  /// Adds a draft.
  ///
  /// - Throws: ``LedgerError`` if there is no room for a temporary file.
  /// - Complexity: O(1).
  public func append(_ draft: Draft) throws {
    if count == 0, case .batch = draft.event { isExport = true }
    count += 1
    let lane = isExport ? Lane.given : lane(of: draft.event)
    if lane == Lane.definitions { named.note(draft) }
    do {
      try lanes.append(to: lane) { $0.append(draft, &texts) }
    } catch {
      throw LedgerError(error)
    }
  }

  private func lane(of event: Event) -> Int {
    switch event {
    case .batch, .entity, .concept, .statement, .check, .profile, .layout:
      return Lane.definitions
    case .amendment, .retirement, .retraction: return Lane.amendments
    case .footnote(let footnote): return Lane.claims(ofFiling: index(ofFiling: footnote.filing))
    case .coverage(let coverage): return Lane.claims(ofFiling: index(ofFiling: coverage.filing))
    case .claim(let claim): return Lane.claims(ofFiling: index(ofFiling: claim.filing))
    case .presentation(let presentation):
      return Lane.claims(ofFiling: index(ofFiling: presentation.filing))
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
      texts: texts.all,
      named: named
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
  let lanes: [DiskBuffer.Pieces]

  let texts: [String]

  /// The concepts that the definitions among them name; none of an export.
  let named: NamedConcepts

  /// Starts at the first.
  public func makeReader() -> any DraftReader { SpoolReader(self) }

  /// All of them at once.
  ///
  /// - Throws: `InvalidEvent` if an importer made an event that no line can hold; ``LedgerError`` if
  ///   the temporary file cannot be read.
  public func all() throws -> [Draft] {
    var drafts: [Draft] = []
    drafts.reserveCapacity(count)
    var reader = SpoolReader(self)
    while let draft = try reader.next() { drafts.append(draft) }
    return drafts
  }
}

extension SpooledDrafts {
  /// How many bytes of lines are handed on at a time.
  private static let chunkByteCount = 1 << 20

  /// Calls `body` with the canonical lines of the drafts, in order, each with its line feed.
  ///
  /// - Parameter body: Gets whole lines, about a MiB at a time.
  /// - Throws: `InvalidEvent` for one whose line would not read back; what ``all()`` throws; what `body`
  ///   throws.
  /// - Complexity: O(*n*).
  public func forEachLines(_ body: ([UInt8]) throws -> Void) throws {
    var bytes: [UInt8] = []
    var reader = makeReader()
    while let draft = try reader.next() {
      do {
        try draft.event.checkCanonicalLine()
      } catch {
        var refusal = error
        (refusal.file, refusal.line) = (draft.file, draft.line)
        throw refusal
      }
      draft.event.appendCanonicalLine(to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
      guard bytes.count >= Self.chunkByteCount else { continue }
      try body(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    try body(bytes)
  }
}

private struct SpoolReader: DraftReader {
  private var lanes: ArraySlice<DiskBuffer.Pieces>
  private var lane: DiskBuffer.Pieces?
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
      if let piece = try nextPiece() {
        (bytes, offset) = (piece, 0)
      } else {
        lane = lanes.popFirst()
        guard lane != nil else { return nil }
      }
    }
    return try Draft(spooled: bytes, at: &offset, texts: texts, parser)
  }

  private mutating func nextPiece() throws -> [UInt8]? {
    do {
      return try lane?.next()
    } catch {
      throw LedgerError(error)
    }
  }
}

extension LedgerError {
  /// A temporary file that cannot be made, written or read.
  fileprivate init(_ error: SystemError) { self.init(.machine, error.description) }
}
