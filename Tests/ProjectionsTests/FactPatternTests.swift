import Facts
import Projections
import Testing

@Suite("A pattern of words") struct FactPatternTests {
  @Test(
    "names facts by parts of the concept and of the dimensions, in any case",
    arguments: [
      // words, concept, dimensions, whether it matches
      ("Assets", "us-gaap:Assets", "", true), ("assets", "us-gaap:Assets", "", true),
      ("ASSETS", "us-gaap:AssetsCurrent", "", true), ("us-gaap", "us-gaap:Assets", "", true),
      ("us-gaap:Assets", "us-gaap:Assets", "", true), ("Liabilities", "us-gaap:Assets", "", false),
      ("assets current", "us-gaap:AssetsCurrent", "", true),
      ("current assets", "us-gaap:AssetsCurrent", "", true),
      ("assets current", "us-gaap:Assets", "", false),
      ("metal=gold", "mine:MetalProduced", "metal=gold;operating-unit=La Camorra", true),
      ("metal=silver", "mine:MetalProduced", "metal=gold", false),
      ("Metal=Gold", "mine:MetalProduced", "metal=gold", true),
      ("MetalProduced camorra", "mine:MetalProduced", "operating-unit=La Camorra", true),
      ("La Camorra", "mine:MetalProduced", "operating-unit=La Camorra", true),
      ("gold", "mine:MetalProduced", "", false), ("", "us-gaap:Assets", "", true),
      ("2004Q3", "us-gaap:Assets", "", true), ("2004", "us-gaap:Assets", "", false),
    ]
  )
  func namesFactsByPartsOfConceptAndOfDimensions(
    words: String,
    concept: String,
    dimensions: String,
    matches: Bool
  ) {
    #expect(FactPattern([words]).matches(concept: concept, dimensions: dimensions) == matches)
    let single = FactPattern(words.split(separator: " ").map(String.init))
    #expect(single == FactPattern([words]))
  }

  @Test("names a unit by a currency in capitals, alone or a share")
  func namesUnit() {
    #expect(FactPattern(["Assets CHF"]).unit == "CHF")
    #expect(FactPattern(["Assets", "CHF"]) == FactPattern(["CHF Assets"]))
    #expect(FactPattern(["EarningsPerShareBasic USD/shares FY2003"]).unit == "USD/shares")
    #expect(FactPattern(["chf"]).unit == nil)
    #expect(FactPattern(["Assets CHF"]).text == "assets")
    #expect(!FactPattern(["CHF"]).isEmpty)
  }

  @Test(
    "names a period, and with a shorthand the balance at its end",
    arguments: [
      ("2004-09-30", "2004-09-30", true), ("2004-09-30", "2004-07-01/2004-09-30", false),
      ("2004-07-01/2004-09-30", "2004-07-01/2004-09-30", true),
      ("2004-07-01/2004-09-30", "2004-09-30", false),
      ("2004Q3", "2004-07-01/2004-09-30", true), ("2004Q3", "2004-09-30", true),
      ("2004q3", "2004-01-01/2004-09-30", false), ("2004-9M", "2004-01-01/2004-09-30", true),
      ("2004-9M", "2004-09-30", true), ("FY2003", "2003-12-31", true),
      ("FY2003", "2003-01-01/2003-12-31", true), ("FY2003", "2004-12-31", false),
      ("Assets", "2004-09-30", true), ("", "2004-07-01/2004-09-30", true),
    ]
  )
  func namesPeriodAndWithShorthandBalanceAtItsEnd(word: String, period: String, matches: Bool)
    throws
  {
    let choice = FactPattern([word]).label.flatMap {
      PeriodChoice($0, in: FiscalCalendar(yearEnd: nil))
    }
    let fit = try choice.map { $0.fit(try #require(Period(period))) }
    #expect(fit.map { $0 == .exact } ?? true == matches)
  }

  @Test(
    "counts quarters in fiscal years, and finds those that are some days off",
    arguments: [
      ("2004Q1", "2003-10-01/2003-12-31", .exact), ("2004Q1", "2004-01-01/2004-03-31", nil),
      ("2004Q1", "2003-09-28/2003-12-27", .near), ("2004Q1", "2003-12-27", nil),
      ("CY2004Q1", "2004-01-01/2004-03-31", .exact), ("CY2004Q1", "2003-12-28/2004-03-27", .near),
      ("FY2004", "2004-09-30", .exact), ("FY2004", "2004-10-05", nil),
      ("2003-10-01/2003-12-31", "2003-09-28/2003-12-27", nil),
    ] as [(String, String, PeriodChoice.Fit?)]
  )
  func fiscalYears(word: String, period: String, fit: PeriodChoice.Fit?) throws {
    let calendar = FiscalCalendar(yearEnd: FiscalYearEnd("09-30"))
    let label = try #require(FactPattern([word]).label)
    let choice = try #require(PeriodChoice(label, in: calendar))
    #expect(choice.fit(try #require(Period(period))) == fit)
  }

  @Test("reads a label of several words, and leaves the others")
  func labelsOfSeveralWords() {
    for words in ["Assets Q3 2004", "Assets 2004 Q3", "assets Q3 FY 2004", "2004-Q3 assets"] {
      #expect(FactPattern([words]) == FactPattern(["assets", "2004Q3"]))
    }
    #expect(FactPattern(["Assets 2004"]).label == nil)
    #expect(FactPattern(["FY 2004"]).text == "")
  }

  @Test(
    "tells a whole name from a part of one",
    arguments: [
      ("Assets", "us-gaap:Assets", true, true), ("us-gaap:assets", "us-gaap:Assets", true, true),
      ("Assets", "us-gaap:AssetsCurrent", false, true), ("Debt", "us-gaap:Assets", false, false),
      ("Debt Assets", "us-gaap:Assets", true, true), ("a", "a", true, true),
    ]
  )
  func tellsWholeNameFromPartOfOne(words: String, concept: String, isNamed: Bool, isNear: Bool) {
    #expect(FactPattern([words]).names(concept: concept) == isNamed)
    #expect(FactPattern([words]).isNear(concept: concept) == isNear)
  }

  @Test("of nothing is every fact")
  func ofNothingIsEveryFact() {
    for words in [[], [""], ["  "]] { #expect(FactPattern(words).isEmpty) }
    #expect(!FactPattern(["2004Q3"]).isEmpty)
    #expect(!FactPattern(["Assets"]).isEmpty)
    #expect(FactPattern(["Assets 2004Q3", "Gold"]).text == "assets gold")
  }
}
