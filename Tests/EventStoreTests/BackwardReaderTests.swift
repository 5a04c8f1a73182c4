import Facts
import TestSupport
import Testing

@testable import EventStore

@Suite("The rows of a fact, read back")
struct BackwardReaderTests {
  let folder: TemporaryFolder
  let store: EventStore

  init() throws {
    folder = try TemporaryFolder()
    store = try folder.store()
    try store.append(definitions)
  }

  /// Appends claims of one fact: runs of equal figures, several on one day, and changes.
  private func append(using generator: inout SeededGenerator) throws {
    for batch in 0..<3 {
      var lines = ""
      for number in 0..<60 {
        let filing = "b\(batch).\(number)"
        let day = 10 + generator.below(80)
        let time = ["", "", "T09:00:00Z", "T17:00:00Z"][generator.below(4)]
        lines += """
          {"type":"filing","filing":"\(filing)","entity":"x:1",\
          "published":"20\(day)-01-01\(time)"}

          """
        for line in 0..<[1, 1, 1, 1, 1, 2, 0][generator.below(7)] {
          lines += cash("\(generator.below(12) / 9)", filing: filing, line: line + 1)
        }
      }
      try store.append(lines, seconds: Int64(batch * 10))
      var named: Set<Int> = []
      lines = ""
      for _ in 0..<4 {
        let sequence = Int(try store.head) - 1 - generator.below(60)
        guard named.insert(sequence).inserted,
          case .claim = try store.read({ try $0.event(at: UInt64(sequence)) })
        else { continue }
        let hash = try store.leafHash(at: UInt64(sequence))
        lines += """
          {"type":"withdrawal","event":"\(hash)","reason":"?"}

          """
      }
      if !lines.isEmpty { try store.append(lines, seconds: Int64(batch * 10 + 5)) }
    }
  }

  /// Whether two rows are of one time, or of a day of which some row has the day alone.
  private func together(_ row: FactRow, _ other: FactRow, _ rows: [FactRow]) -> Bool {
    let day = Timestamp(endOf: row.published.day)
    return row.published == other.published
      || row.published.day == other.published.day && rows.contains { $0.published == day }
  }

  /// The rows that do not repeat the one before, by the words of the rule.
  private func withoutRepeats(_ rows: [FactRow]) -> [FactRow] {
    rows.enumerated().filter { index, row in
      guard index > 0 else { return true }
      let before = rows[index - 1]
      let areAlone = [row, before].allSatisfy { one in rows.count { together($0, one, rows) } == 1 }
      return !(areAlone && row.isClaim && before.isClaim && row.figure == before.figure)
    }.map(\.element)
  }

  @Test("are those of the fact, the last first, with and without repeats", arguments: 0..<5)
  func areThoseOfFactInReverse(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    try append(using: &generator)
    try store.read { snapshot in
      let symbols = try ["x:1", "x:Cash", "", "USD"].map { try #require(try snapshot.symbol($0)) }
      let fact = FactID(
        entity: symbols[0],
        concept: symbols[1],
        dimensions: symbols[2],
        unit: symbols[3],
        period: .instant(try #require(CivilDate("2019-12-31")))
      )
      let all = try snapshot.rows(of: fact)
      #expect(all.count > 120)
      var leftOutCount = 0
      for round in 0..<120 {
        let head = generator.below(3) == 0 ? UInt64(generator.below(Int(snapshot.head))) : .max
        let end =
          generator.below(3) == 0
          ? FactRow.Place(after: fact)
          : FactRow.Place(after: fact, publishedBy: all[generator.below(all.count)].published)
        let counted = all.filter { $0.sequence < head && end.isAfter($0) }
        // What is left out depends on where the reading stops; read at once, it is the rule's.
        for limit in [1, 7, 1000] {
          for repeats in [true, false] {
            let found = try read(snapshot, end, head, repeats, limit, of: counted)
            if repeats {
              #expect(found == counted.reversed(), "\(round)")
            } else if limit == 1000 {
              #expect(found == withoutRepeats(counted).reversed(), "\(round)")
              leftOutCount += counted.count - found.count
            } else {
              #expect(Set(found).isSuperset(of: withoutRepeats(counted)), "\(round)")
              #expect(Set(found).isSubset(of: counted), "\(round)")
            }
          }
        }
      }
      #expect(leftOutCount > 100, "\(leftOutCount)")
    }
  }

  private func read(
    _ snapshot: borrowing Snapshot,
    _ end: FactRow.Place,
    _ head: UInt64,
    _ repeats: Bool,
    _ limit: Int,
    of all: [FactRow]
  ) throws -> [FactRow] {
    var (rows, end) = ([FactRow](), end)
    while true {
      let count = rows.count
      let isMore = try snapshot.appendRows(
        backwardFrom: end,
        head: head,
        repeats: repeats,
        limit: limit,
        to: &rows
      )
      guard isMore, let last = rows.last else { return rows }
      try #require(rows.count >= count + limit)
      // What comes together comes whole.
      try #require(count == 0 || !together(rows[count], rows[count - 1], all))
      end = last.place
    }
  }
}
