public import Facts
import JSON
public import Platform

/// Gathers drafts in any order, and gives them back in the order in which they are recorded.
///
/// That is: definitions, then each filing with its claims, the oldest filing first, then amendments;
/// within each of these, the order given. Drafts that begin with a batch event are another ledger's
/// export, and stay as they are.
///
/// What is gathered are canonical lines: in memory up to a limit, beyond it in a temporary file. So
/// memory is bounded by the number of files and filings that the drafts name.
///
///     let spool = DraftSpool()
///     for … { try spool.append(draft) }
///     try ledger.append(spool.finish(), options)
public final class DraftSpool {
  private var files: [String] = []

  /// Events as given, definitions, amendments; then for each filing its events and its claims.
  private var lanes: DiskBuffer
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

  /// A spool with nothing in it.
  ///
  /// - Parameter memoryLimit: How many bytes of lines are held in memory before a temporary
  ///   file is used.
  public init(memoryLimit: Int = DiskBuffer.memoryLimit) {
    lanes = DiskBuffer(laneCount: Lane.count, memoryLimit: memoryLimit)
  }

  /// Adds a draft.
  ///
  /// - Throws: ``LedgerError`` if there is no room for a temporary file.
  /// - Complexity: O(*b*), for a line of *b* bytes.
  public func append(_ draft: Draft) throws {
    if count == 0, case .batch = draft.event { isExport = true }
    count += 1
    let lane = isExport ? Lane.given : lane(of: draft.event)
    let file = number(ofFile: draft.file)
    do {
      try lanes.append(to: lane) { bytes in
        let line = draft.event.canonicalLine
        bytes.append(littleEndian: file)
        bytes.append(littleEndian: UInt64(draft.line.map { $0 + 1 } ?? 0))
        bytes.append(littleEndian: UInt64(line.count))
        bytes += line
      }
    } catch {
      throw LedgerError(error)
    }
  }

  /// The place of a file among `files`, plus 1; 0 for none.
  private func number(ofFile file: String?) -> UInt64 {
    guard let file else { return 0 }
    // Drafts of one file come one after the other.
    let index = files.lastIndex(of: file) ?? files.count
    if index == files.count { files.append(file) }
    return UInt64(index) + 1
  }

  private func lane(of event: Event) -> Int {
    switch event {
    case .batch, .entity, .concept, .statement, .check, .profile, .layout:
      return Lane.definitions
    case .amendment, .retirement, .retraction: return Lane.amendments
    case .footnote(let footnote): return Lane.claims(ofFiling: index(ofFiling: footnote.filing))
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
      files: files,
      definitionLane: lanes.pieces(of: Lane.definitions)
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

  let files: [String]

  let definitionLane: DiskBuffer.Pieces

  /// The definitions among them; none of an export.
  ///
  /// - Throws: As ``all()``.
  func definitions() throws -> [Draft] {
    var definitions: [Draft] = []
    var reader = SpoolReader([definitionLane], files)
    while let draft = try reader.next() { definitions.append(draft) }
    return definitions
  }

  /// Starts at the first.
  public func makeReader() -> any DraftReader { SpoolReader(lanes, files) }

  /// All of them at once.
  ///
  /// - Throws: ``InvalidEvent`` if an importer made an event that no line can hold; ``LedgerError`` if
  ///   the temporary file cannot be read.
  public func all() throws -> [Draft] {
    var drafts: [Draft] = []
    drafts.reserveCapacity(count)
    var reader = SpoolReader(lanes, files)
    while let draft = try reader.next() { drafts.append(draft) }
    return drafts
  }
}

private struct SpoolReader: DraftReader {
  private var lanes: ArraySlice<DiskBuffer.Pieces>
  private var lane: DiskBuffer.Pieces?
  private let files: [String]
  private var bytes: ArraySlice<UInt8> = []
  private let parser = JSONParser()

  init(_ lanes: [DiskBuffer.Pieces], _ files: [String]) {
    (self.lanes, self.files) = (lanes[...], files)
  }

  mutating func next() throws -> Draft? {
    while bytes.isEmpty {
      if let piece = try nextPiece() {
        bytes = piece[...]
      } else {
        lane = lanes.popFirst()
        guard lane != nil else { return nil }
      }
    }
    let fileNumber = Int(bytes.popLittleEndian(UInt64.self))
    let lineNumber = Int(bytes.popLittleEndian(UInt64.self))
    let byteCount = Int(bytes.popLittleEndian(UInt64.self))
    let canonicalLine = Array(bytes.prefix(byteCount))
    bytes.removeFirst(byteCount)
    let file = fileNumber > 0 ? files[fileNumber - 1] : nil
    let line = lineNumber > 0 ? lineNumber - 1 : nil
    do {
      return Draft(try Event(parser.parse(canonicalLine).root), file: file, line: line)
    } catch var refusal as InvalidEvent {
      (refusal.file, refusal.line) = (file, line)
      throw refusal
    }
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
