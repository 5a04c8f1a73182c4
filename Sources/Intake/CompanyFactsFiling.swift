import Facts

/// A filing, gathered from the particulars that a companyfacts file repeats with each of its facts.
///
/// The facts themselves are not kept.
struct CompanyFactsFiling {
  private(set) var filing: Filing

  /// The end of its newest year-long fact.
  private var latestYearEnd: CivilDate?

  private var fiscalYears: Agreement<Int> = .none
  private var fiscalPeriods: Agreement<String> = .none

  init(_ filing: Filing) { self.filing = filing }

  /// Whether all facts of a filing give one value for a particular of it.
  private enum Agreement<Value: Equatable> {
    case none
    case one(Value)
    case several

    mutating func add(_ value: Value?) {
      switch (self, value) {
      case (.none, let value?): self = .one(value)
      case (.one(let first), let value?) where first != value: self = .several
      default: break
      }
    }

    var value: Value? {
      if case .one(let value) = self { value } else { nil }
    }
  }

  mutating func note(_ claim: Claim) {
    if 350...380 ~= claim.fact.period.dayCount {
      latestYearEnd = max(latestYearEnd ?? claim.fact.period.end, claim.fact.period.end)
    }
  }

  /// Notes the fiscal year and period given with one fact; they hold if no other fact disagrees.
  mutating func addFiscal(year: Int?, period: String?) {
    fiscalYears.add(year.flatMap { 1...9999 ~= $0 ? $0 : nil })
    fiscalPeriods.add(period)
    filing.fiscalYear = fiscalYears.value
    filing.fiscalPeriod = fiscalPeriods.value
  }

  /// The month and day on which most annual reports' years end, the newest of those that tie.
  ///
  /// Years of 52 or 53 weeks end on several days; each is near enough to find the others by.
  static func fiscalYearEnd(of filings: [CompanyFactsFiling]) -> FiscalYearEnd? {
    var votes: [FiscalYearEnd: (count: Int, newest: CivilDate)] = [:]
    for filing in filings where filing.filing.fiscalPeriod == "FY" {
      guard let end = filing.latestYearEnd, let yearEnd = FiscalYearEnd(endOfYear: end) else {
        continue
      }
      let vote = votes[yearEnd] ?? (0, end)
      votes[yearEnd] = (vote.count + 1, max(vote.newest, end))
    }
    return votes.max { ($0.value.count, $0.value.newest) < ($1.value.count, $1.value.newest) }?.key
  }
}

extension FiscalYearEnd {
  /// The month and day of `date`; the last of February is the 29th, which stands for both.
  fileprivate init?(endOfYear date: CivilDate) {
    let (year, month, day) = date.components
    let isEndOfFebruary = month == 2 && day == CivilDate.dayCount(year: year, month: month)
    self.init(isEndOfFebruary ? "02-29" : String(date.description.suffix(5)))
  }
}
