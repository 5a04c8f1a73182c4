import Facts

/// Makes the claims of one filing.
struct ClaimMaker {
  private let plan: FilingPlan
  private let entity: String
  let filing: Filing

  /// Whether figures say where they are printed.
  private let hasPlaces: Bool

  init(_ plan: FilingPlan) {
    self.plan = plan
    entity = SyntheticFilings.entity(plan.entity)
    hasPlaces = plan.entity % 3 == 0
    let (year, part) = (plan.quarter.year, plan.quarter.quarterInYear + 1)
    let name = "bench-\(padded(plan.entity, 7))-\(year)Q\(part)"
    let hash = (0..<8).map { SplitMix64.number(plan.entity, plan.quarter.index, 2, $0) }
    filing = Filing(
      filing: name,
      entity: entity,
      form: plan.quarter.isFiscalYearEnd ? "10-K" : "10-Q",
      published: PublishedTime(plan.published),
      fiscalYear: year,
      fiscalPeriod: plan.quarter.isFiscalYearEnd ? "FY" : "Q\(part)",
      document: Filing.Document(
        name: "\(name).txt",
        byteCount: plan.claimCount * 75,
        sha256: hash.map { Self.hexadecimal(UInt32(truncatingIfNeeded: $0)) }.joined()
      )
    )
  }

  private static func hexadecimal(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// One claim.
  ///
  /// - Parameters:
  ///   - number: The number of the series, which figures depend on.
  ///   - line: The line of the table that the figure is printed in.
  ///   - claimIndex: How many earlier filings claim the same fact.
  func claim(
    _ series: Catalogue.Series,
    _ number: Int,
    at quarter: Quarter,
    line: Int,
    claimIndex: Int
  ) -> Claim {
    let seed = Int(
      truncatingIfNeeded: SplitMix64.number(plan.entity, number, quarter.index, 3)
    )
    // Every tenth claim that is not the first restates the one before.
    var version = 0
    for index in stride(from: 1, through: claimIndex, by: 1)
    where SplitMix64.number(seed, index) % 10 == 0 {
      version += 1
    }
    let figure = figure(series, SplitMix64.number(seed, -1 - version), version)
    return Claim(
      kind: series.kind,
      filing: filing.filing,
      fact: Fact(
        entity: entity,
        concept: series.concept,
        dimensions: series.dimensions,
        unit: series.unit,
        period: series.isInstant ? .instant(quarter.end) : quarter.duration
      ),
      figure: figure,
      source: hasPlaces ? source(figure, series, line: line, isFirst: claimIndex == 0) : nil
    )
  }

  private func figure(_ series: Catalogue.Series, _ random: UInt64, _ version: Int) -> Figure {
    let isNegative = random >> 50 % 16 == 0
    switch series.fractionDigitCount {
    case nil:
      // Thousands: up to seven digits are printed, as many as of one length as of another.
      let size = Int64(1) << Int64(2 + random >> 40 % 19)
      let printed = Self.distinct(size + Int64(random >> 4) % size, version)
      return Figure(
        value: Amount(mantissa: printed * (isNegative ? -1000 : 1000), fractionDigitCount: 0),
        decimals: -3
      )
    case let digits?:
      let printed = Self.distinct(Int64(random >> 4 % 225) + 25, version)
      return Figure(
        value: Amount(
          mantissa: digits == 0 ? printed * 1_000_003 : (isNegative ? -printed : printed),
          fractionDigitCount: digits
        ),
        decimals: digits == 0 ? nil : Int8(digits)
      )
    }
  }

  /// A number that no rounding makes equal to those of the versions before and after.
  private static func distinct(_ number: Int64, _ version: Int) -> Int64 {
    number * 4 + Int64(version % 2) * 2
  }

  private func source(
    _ figure: Figure,
    _ series: Catalogue.Series,
    line: Int,
    isFirst: Bool
  ) -> Source {
    let place = Source.Place(line: UInt32(120 + line), column: isFirst ? 57 : 71)
    guard let value = figure.value else { return Source(place: place, text: "- -") }
    guard series.fractionDigitCount != 2 else {
      return Source(place: place, text: "\(value)")
    }
    let printed = series.fractionDigitCount == nil ? value.mantissa / 1000 : value.mantissa
    let text = Self.grouped(printed.magnitude)
    return Source(place: place, text: printed < 0 ? "(\(text))" : text)
  }

  private static func grouped(_ number: UInt64) -> String {
    guard number >= 1000 else { return String(number) }
    return grouped(number / 1000) + "," + padded(Int(number % 1000), 3)
  }
}
