import Facts
import Ledger

/// The tutorial "Recording a filing".
func recordAFiling(in path: String) throws {
  let ledger = try Ledger(path: path, access: .readWrite)

  func draft(filing: String, published: String, assets: String) throws -> [Draft] {
    guard let published = PublishedTime(published), let period = Period("2020-12-31") else {
      return []
    }
    let fact = Fact(
      entity: "example:quarry",
      concept: "us-gaap:Assets",
      dimensions: try Dimensions(""),
      unit: "USD",
      period: period
    )
    let figure = Figure(value: try Amount(assets), decimals: -3)
    return [
      .init(.entity(EntityDefinition(entity: "example:quarry", name: "Quarry Company"))),
      .init(.filing(Filing(filing: filing, entity: "example:quarry", published: published))),
      .init(.claim(Claim(kind: "statement-line", filing: filing, fact: fact, figure: figure))),
    ]
  }

  guard let now = Timestamp("2027-01-01T00:00:00Z") else { return }
  var options = Ledger.AppendOptions(by: "example", time: now)
  options.expectedHead = try ledger.read { view in view.head }
  let first = try draft(filing: "example-1", published: "2021-02-15", assets: "5600000")
  let second = try draft(filing: "example-2", published: "2022-02-15", assets: "5450000")
  guard case .appended(_, let head, _) = try ledger.append(first + second, options) else { return }
  print("the ledger holds \(head) events")

  if case .conflict = try ledger.append(first, options) {
    print("another appended in between: nothing was written")
  }

  do {
    options.expectedHead = nil
    _ = try ledger.append([.init(.claim(try orphan()))], options)
  } catch let error as LedgerError {
    print("refused: \(error.message)")
  }

  let question = Ledger.FactsRequest(entity: "quarry", words: ["us-gaap:Assets"])
  let histories = try ledger.read { view in try view.history(question) }
  for entry in histories[0].entries {
    let value = entry.listed.claim.figure.value.map { "\($0)" } ?? "-"
    print("\(entry.listed.claim.filing): \(value), \(entry.listed.status)")
  }
}

/// A claim of a filing that nobody recorded.
private func orphan() throws -> Claim {
  let day = CivilDate(dayNumber: 0)
  return Claim(
    kind: "statement-line",
    filing: "example-3",
    fact: Fact(
      entity: "example:quarry",
      concept: "us-gaap:Assets",
      dimensions: try Dimensions(""),
      unit: "USD",
      period: .instant(day)
    ),
    figure: Figure(value: try Amount("1"))
  )
}
