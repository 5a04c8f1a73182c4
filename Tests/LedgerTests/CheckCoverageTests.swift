import EventStore
import Facts
import Projections
import TestSupport
import Testing

@testable import Ledger

@Suite("What checks notice")
struct CheckCoverageTests {
  /// The ledger's log in memory, to be changed one figure at a time.
  private struct Log {
    var texts: [String] = []
    var records: [LogRecord] = []
    /// The table cells: claims with a place within the tables, by their index in the log.
    var cells: [(index: Int, label: String, claim: Claim)] = []

    init(_ ledger: Ledger) throws {
      (texts, records) = try ledger.store.read { snapshot in
        var (texts, records): ([String], [LogRecord]) = ([], [])
        try snapshot.forEachSymbol { texts.append($1) }
        try snapshot.forEachRecord(before: .max) { _, record in
          // One at a time, to be changed one at a time.
          if case .claims(let rows) = record {
            records += rows.map { .claims([$0]) }
          } else {
            records.append(record)
          }
        }
        return (texts, records)
      }
      let tables = [
        297...373, 403...412, 432...505, 523...533, 551...616, 619...682, 685...768, 801...924,
      ]
      for (index, record) in records.enumerated() {
        guard case .claims = record else { continue }
        let claim = try ledger.store.read { snapshot in try snapshot.event(at: UInt64(index)) }
        guard case .claim(let claim)? = claim, claim.filing == "0001157523-04-010335",
          let line = claim.source?.place?.line, claim.kind != "ownership",
          tables.contains(where: { $0.contains(Int(line)) }), claim.figure.value != nil
        else { continue }
        cells.append((index, "\(line) \(claim.fact.concept) \(claim.fact.dimensions.text)", claim))
      }
    }

    func facts(changing index: Int? = nil, by change: (Amount) -> Amount = { $0 }) throws
      -> MemoryFacts
    {
      var fold = LogFold(texts: texts)
      for (sequence, record) in records.enumerated() {
        var record = record
        if sequence == index, case .claims(var rows) = record, let value = rows[0].figure.value {
          rows[0].figure.value = change(value)
          record = .claims(rows)
        }
        try fold.fold(record, at: UInt64(sequence))
      }
      return fold.finish()
    }
  }

  private func results(_ facts: MemoryFacts, named name: String? = nil) throws -> [CheckResult] {
    let query = CheckRun.Query(
      entity: "cik:0000719413",
      name: name,
      vantage: Vantage(head: facts.head)
    )
    return try CheckRun(query).results(in: facts)
  }

  @Test("a changed figure takes a check out of agreement, and a badly wrong one makes an exception")
  func changedFigureBreaksCheck() throws {
    let folder = try TemporaryFolder()
    let ledger = try folder.ledger()
    _ = try ledger.append(Package.drafts(), options())
    let log = try Log(ledger)
    #expect(log.cells.count == 744 - 19)
    var checksOfRow: [UInt64: Set<String>] = [:]
    var before: [String: [CheckStatus]] = [:]
    for result in try results(log.facts()) {
      let parts = [result.total] + result.parts + result.parts.flatMap(\.factors)
      for row in parts.compactMap(\.row) {
        checksOfRow[row.sequence, default: []].insert(result.check.check)
      }
      before[result.check.check, default: []].append(result.status)
    }
    var (noticed, excepted, vouched) = (0, 0, 0)
    let vouch = CheckDefinition(check: "v", kind: .vouch, title: "T", comparison: .source)
    var unseen: [String] = []
    for cell in log.cells {
      // The fact's other claims in the filing are compared with this one, too.
      let names = (checksOfRow[UInt64(cell.index)] ?? []).union(["claims/same-figure"])
      guard case .claims(let rows) = log.records[cell.index], let row = rows.first else { continue }
      let unit = Amount.unit(ofDecimals: row.figure.decimals ?? 0)
      let small = try log.facts(changing: cell.index) { $0.adding(unit) }
      let large = try log.facts(changing: cell.index) { $0.adding($0.tenth(atLeast: unit)) }
      var (isNoticed, isExcepted) = (false, false)
      for name in names {
        let (now, then) = (try results(small, named: name), before[name] ?? [])
        let agreed = then.filter { $0 == .agrees }.count
        if now.filter({ $0.status == .agrees }).count < agreed { isNoticed = true }
        let exceptions = then.filter { $0 == .exception }.count
        let wrong = try results(large, named: name).filter { $0.status == .exception }
        if wrong.count > exceptions { isExcepted = true }
      }
      // A figure copied wrongly into the ledger no longer is what its document prints.
      let results = [unit, row.figure.value?.tenth(atLeast: unit) ?? unit].compactMap { step in
        var claim = cell.claim
        claim.figure.value = claim.figure.value?.adding(step)
        return CheckResult(vouching: row, of: claim, vouch)
      }
      vouched += results.count == 2 && results.allSatisfy { $0.status == .exception } ? 1 : 0
      noticed += isNoticed ? 1 : 0
      excepted += isExcepted ? 1 : 0
      if !isNoticed || !isExcepted { unseen.append(cell.label) }
    }
    let shares = [noticed, excepted].map { $0 * 1000 / log.cells.count }
    print("of 1,000 changed figures \(shares[0]) leave agreement, \(shares[1]) make an exception")
    let unseenRows = Set(unseen).sorted { (Int($0.prefix(3)) ?? 0) < (Int($1.prefix(3)) ?? 0) }
    print("rows with figures that no check holds: \(unseenRows.joined(separator: ", "))")
    print("of 1,000 changed figures \(vouched * 1000 / log.cells.count) are not as printed")
    #expect(shares[0] >= 730 && shares[1] >= 800)
    #expect(vouched * 1000 / log.cells.count >= 850)
  }
}

extension Amount {
  fileprivate static func unit(ofDecimals decimals: Int8) -> Amount {
    decimals >= 0
      ? Amount(mantissa: 1, fractionDigitCount: UInt8(decimals))
      : Amount(
        mantissa: (0..<(-decimals)).reduce(1) { power, _ in power * 10 },
        fractionDigitCount: 0
      )
  }

  fileprivate func adding(_ other: Amount) -> Amount { subtracting(other.negated) ?? self }

  /// A tenth of the amount, to its own digits, but no less than `unit`.
  fileprivate func tenth(atLeast unit: Amount) -> Amount {
    let tenth = Amount(mantissa: mantissa / 10, fractionDigitCount: fractionDigitCount)
    return tenth.fixedPoint.magnitude < unit.fixedPoint.magnitude ? unit : tenth
  }
}
