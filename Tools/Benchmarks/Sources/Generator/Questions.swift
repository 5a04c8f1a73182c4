public import Facts

/// A balance sheet to ask for.
public struct Question: Hashable, Sendable {
  /// Which entity, from 0.
  public let entity: Int

  /// The reporting date's quarter.
  public let quarter: Quarter

  /// What could be known; `nil` for everything.
  public let knownAt: Timestamp?

  /// Which balance sheets are asked for.
  public enum Kind: String, Sendable, CaseIterable {
    /// Of random entities and quarters, with all that is known.
    case head

    /// The same, as known on a random moment of the two years after the filing.
    case random

    /// As `random`, but always of the entity that files in the middle of the others.
    case fixed
  }
}

extension SyntheticFilings {
  /// Questions about what the ledger holds, the same at every run.
  public func questions(_ kind: Question.Kind, count: Int) -> [Question] {
    var random = SplitMix64(seed: 31)
    return (0..<count).map { _ in
      let quarter = Quarter(4 + random.next(below: Quarter.count - 4))
      let entity = kind == .fixed ? entityCount / 2 : random.next(below: entityCount)
      let days = 45 + random.next(below: 730)
      let knownAt = Timestamp(endOf: quarter.end.advanced(byDays: days))
      return Question(
        entity: entity,
        quarter: quarter,
        knownAt: kind == .head ? nil : knownAt
      )
    }
  }
}

extension Question {
  /// The first line of the balance sheet at the fiscal year's end: several filings claim it.
  public var lastFact: Fact { facts[1] }

  /// The cells of the balance sheet asked for: the two facts of each line.
  public var facts: [Fact] {
    Catalogue.balanceSheet.flatMap { series in
      [quarter, quarter.fiscalYearEndBefore].map { quarter in
        Fact(
          entity: SyntheticFilings.entity(entity),
          concept: series.concept,
          dimensions: series.dimensions,
          unit: series.unit,
          period: .instant(quarter.end)
        )
      }
    }
  }
}

extension SyntheticFilings {
  /// The quarter that all filings of ``draftsOfOneFact(_:runLength:)`` are about.
  public static let quarterOfOneFact = Quarter(0)

  /// A filing and its one claim, always of the same fact: the first line of the balance sheet.
  ///
  /// - Parameters:
  ///   - index: Which filing.
  ///   - runLength: How many filings one after the other say the same.
  public static func draftsOfOneFact(_ index: Int, runLength: Int) -> [Draft] {
    let start = Timestamp(startOf: Quarter(1).end).microseconds
    let filing = Filing(
      filing: "bench-\(padded(index, 7))",
      entity: entity(0),
      form: "8-K",
      published: PublishedTime(Timestamp(microseconds: start + Int64(index) * 60_000_000))
    )
    let series = Catalogue.balanceSheet[0]
    let value = Int64(SplitMix64.number(index / runLength) % 9_000_000 + 1_000_000) * 1000
    let claim = Claim(
      kind: series.kind,
      filing: filing.filing,
      fact: Fact(
        entity: entity(0),
        concept: series.concept,
        dimensions: series.dimensions,
        unit: series.unit,
        period: .instant(quarterOfOneFact.end)
      ),
      figure: Figure(value: Amount(mantissa: value, fractionDigitCount: 0), decimals: -3)
    )
    return [Draft(.filing(filing)), Draft(.claim(claim))]
  }
}
