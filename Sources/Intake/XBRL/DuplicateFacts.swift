import Facts
import Platform

/// Facts that one report states more than once, sorted as "Handling Duplicate Facts in XBRL and
/// Inline XBRL" (XBRL International, 2025) and the Open Information Model define them.
public struct DuplicateFacts: Sendable {
  /// Copies that say the same number with the same decimals: they add nothing and are left out.
  public internal(set) var completeCount = 0

  /// Facts stated with different decimals, whose rounding intervals meet.
  public internal(set) var consistentCount = 0

  /// How many facts there are of which the report contradicts itself.
  public internal(set) var inconsistentCount = 0

  /// The first of them, at most ``shownCountMax``: each with its first figures and their lines.
  public internal(set) var inconsistent: [String] = []

  /// The most facts that are described, and the most figures of one of them: memory is bounded, however
  /// many a report has.
  public static let shownCountMax = 100
}

/// Finds facts that a report states more than once, in memory for a few of them.
///
/// Of each figure it notes 48 bytes: its fact, as numbers of texts; what it says; its line. Figures of
/// one fact are in one lane; one lane after the other is looked at. So memory is for one lane of many,
/// for one bit a figure, and for the texts that the facts share.
struct DuplicateFinder {
  private static let laneCount = 256

  private var lanes: DiskBuffer
  private var texts = NumberedTexts()
  private var figureCount = 0

  /// The entity of the first figure.
  private(set) var firstEntity = ""

  /// The duplicates, once found.
  private(set) var duplicates = DuplicateFacts()

  /// One bit for each figure: whether it is a complete duplicate.
  private var isLeftOut: [UInt64] = []

  /// - Throws: What keeps the figures from being read.
  init(_ figures: ReportedFigures, memoryLimit: Int) throws {
    lanes = DiskBuffer(laneCount: Self.laneCount, memoryLimit: memoryLimit)
    try figures.walk { try note($0) }
    isLeftOut = [UInt64](repeating: 0, count: figureCount / 64 + 1)
    var conflicts: [(first: UInt64, description: String)] = []
    for lane in 0..<lanes.laneCount { try look(at: lane, &conflicts) }
    Self.keepFirst(of: &conflicts)
    duplicates.inconsistent = conflicts.map(\.description)
    texts = NumberedTexts()
  }

  /// Whether the figure numbered `index`, from 0, is said before, with the same decimals.
  func isComplete(_ index: Int) -> Bool { isLeftOut[index / 64] >> UInt64(index % 64) & 1 == 1 }

  private mutating func number(of text: String) -> UInt64 { UInt64(texts.number(of: text)) }

  private mutating func note(_ claim: UnfiledClaim) throws {
    let (fact, code) = (claim.fact, claim.figure.code)
    if figureCount == 0 { firstEntity = fact.entity }
    let key = FactKey(
      names: number(of: fact.entity) << 32 | number(of: fact.concept),
      aspects: number(of: fact.dimensions.text) << 32 | number(of: fact.unit),
      period: fact.period
    )
    let lane = Int(UInt(bitPattern: key.hashValue) % UInt(Self.laneCount))
    let index = UInt64(figureCount)
    try lanes.append(to: lane) { bytes in
      bytes.append(littleEndian: key.names)
      bytes.append(littleEndian: key.aspects)
      bytes.append(littleEndian: key.days)
      bytes.append(littleEndian: index)
      bytes.append(littleEndian: UInt64(bitPattern: code.mantissa))
      bytes.append(littleEndian: UInt64(code.word) << 32 | UInt64(claim.source?.place?.line ?? 0))
    }
    figureCount += 1
  }

  /// A fact, its texts as numbers.
  private struct FactKey: Hashable {
    let names: UInt64
    let aspects: UInt64
    let days: UInt64

    /// No day that a period can start on.
    private static let noStart = Int32.min

    init(names: UInt64, aspects: UInt64, period: Period) {
      (self.names, self.aspects) = (names, aspects)
      let start = period.start?.dayNumber ?? Self.noStart
      days =
        UInt64(UInt32(bitPattern: start)) << 32
        | UInt64(UInt32(bitPattern: period.end.dayNumber))
    }

    init(from bytes: inout ArraySlice<UInt8>) {
      names = bytes.popLittleEndian(UInt64.self)
      aspects = bytes.popLittleEndian(UInt64.self)
      days = bytes.popLittleEndian(UInt64.self)
    }

    var period: Period {
      let start = Int32(truncatingIfNeeded: Int64(bitPattern: days) >> 32)
      let end = CivilDate(dayNumber: Int32(truncatingIfNeeded: days))
      guard start != Self.noStart else { return .instant(end) }
      return .duration(start: CivilDate(dayNumber: start), end: end)
    }
  }

  /// What figures that are complete duplicates have in common: the same number, however many zeros
  /// follow its point, with the same decimals.
  private struct Statement: Hashable {
    let fact: FactKey
    let number: Int128?
    let decimals: Int8?

    init(_ fact: FactKey, _ figure: Figure) {
      self.fact = fact
      (number, decimals) = (figure.value?.fixedPoint, figure.decimals)
    }
  }

  private struct Stated {
    let index: UInt64
    let figure: Figure
    let line: UInt32
  }

  private mutating func look(
    at lane: Int,
    _ conflicts: inout [(first: UInt64, description: String)]
  ) throws {
    var statements: Set<Statement> = []
    var figures: [FactKey: [Stated]] = [:]
    var pieces = lanes.pieces(of: lane)
    while let bytes = try pieces.next() {
      var rest = bytes[...]
      while !rest.isEmpty {
        let fact = FactKey(from: &rest)
        let index = rest.popLittleEndian(UInt64.self)
        let mantissa = Int64(bitPattern: rest.popLittleEndian(UInt64.self))
        let last = rest.popLittleEndian(UInt64.self)
        let code = Figure.Code(word: UInt32(last >> 32), mantissa: mantissa)
        guard let figure = Figure(code) else { preconditionFailure("the code is of a figure") }
        guard statements.insert(Statement(fact, figure)).inserted else {
          isLeftOut[Int(index / 64)] |= 1 << (index % 64)
          duplicates.completeCount += 1
          continue
        }
        let line = UInt32(truncatingIfNeeded: last)
        figures[fact, default: []].append(Stated(index: index, figure: figure, line: line))
      }
    }
    for (fact, stated) in figures where stated.count > 1 {
      if Self.isConsistent(stated) {
        duplicates.consistentCount += 1
      } else {
        duplicates.inconsistentCount += 1
        conflicts.append((stated[0].index, describe(fact, stated)))
        if conflicts.count == 2 * DuplicateFacts.shownCountMax { Self.keepFirst(of: &conflicts) }
      }
    }
  }

  /// Sorts conflicts in the order of the report, and keeps those that are shown.
  private static func keepFirst(of conflicts: inout [(first: UInt64, description: String)]) {
    conflicts.sort { $0.first < $1.first }
    conflicts.removeSubrange(min(conflicts.count, DuplicateFacts.shownCountMax)...)
  }

  /// Whether all can be reports of one number, by the rules of ``Figure/isConsistent(with:)``.
  ///
  /// Those of the same decimals are equal, and the intervals of all meet: two each do where all do.
  private static func isConsistent(_ stated: [Stated]) -> Bool {
    var values: [Int8?: Amount] = [:]
    for case (let figure, let value?) in stated.map({ ($0.figure, $0.figure.value) }) {
      if let other = values[figure.decimals], !other.isEqual(to: value) { return false }
      values[figure.decimals] = value
    }
    let intervals = stated.map { Interval(termOf: $0.figure) }
    guard let low = intervals.map(\.low).max(), let high = intervals.map(\.high).min() else {
      return true
    }
    return low <= high
  }

  private func describe(_ fact: FactKey, _ stated: [Stated]) -> String {
    func text(_ number: UInt64) -> String { texts[UInt32(truncatingIfNeeded: number)] }
    let dimensions = text(fact.aspects >> 32)
    var figures = stated.prefix(DuplicateFacts.shownCountMax).map { figure in
      "\(figure.figure.value?.description ?? "nil") (line \(figure.line))"
    }
    if stated.count > figures.count { figures.append("and \(stated.count - figures.count) more") }
    return text(fact.names) + (dimensions.isEmpty ? "" : " [\(dimensions)]")
      + " \(fact.period) \(text(fact.aspects)): " + figures.joined(separator: ", ")
  }
}
