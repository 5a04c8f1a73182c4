import Facts
import Testing

/// Reads a figure from a few signs: `~17.9`, `>6`, `<6`, `low 5`, `high 7`, `-` for a dash; then,
/// after `@`, its decimals.
func figure(_ text: String) throws -> Figure {
  let parts = text.split(separator: "@")
  guard parts[0] != "-" else { return Figure(value: nil) }
  let signs: [(prefix: String, qualifier: Qualifier)] = [
    ("~", .approximately), (">", .moreThan), ("<", .lessThan), ("low ", .low), ("high ", .high),
  ]
  let sign = signs.first { parts[0].hasPrefix($0.prefix) }
  return Figure(
    value: try Amount(parts[0].dropFirst(sign?.prefix.count ?? 0)),
    decimals: parts.count == 2 ? Int8(parts[1]) : nil,
    qualifier: sign?.qualifier
  )
}

@Suite("A rounded figure") struct FigureTests {
  @Test(
    "stands for all numbers within half of its last digit, to where its wording bounds it",
    arguments: [
      // figure, least number, greatest number; nil for no bound
      ("71607000@-3", "71606500", "71607500"), ("71607000", "71607000", "71607000"),
      ("-26000000@-6", "-26500000", "-25500000"), ("0.65@2", "0.645", "0.655"),
      ("28290@0", "28289.5", "28290.5"), ("0@-3", "-500", "500"), ("0", "0", "0"),
      ("~17@0", "16.5", "17.5"), (">6@0", "5.5", nil), ("low 6", "6", "6"),
      ("<6@0", nil, "6.5"), ("high 6@-1", "1", "11"), ("<6", nil, "6"),
      ("1@17", "0.999999999999999995", "1.000000000000000005"),
    ] as [(String, String?, String?)]
  )
  func hasIntervalOfItsRoundingAndWording(text: String, low: String?, high: String?) throws {
    let interval = try #require(Interval(figure(text)))
    #expect(try interval.low == Self.fixedPoint(low) ?? .min)
    #expect(try interval.high == Self.fixedPoint(high) ?? .max)
  }

  /// The number in units of 10^-19, of as many digits as it takes.
  private static func fixedPoint(_ text: String?) throws -> Int128? {
    guard let text else { return nil }
    let parts = text.split(separator: ".")
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    let zeros = String(repeating: "0", count: 19 - fraction.count)
    let digits = [String(parts[0]), fraction, zeros].joined()
    let number: Int128 = try #require(Int128(digits))
    return number
  }

  @Test("that is a dash stands for no number")
  func dashHasNoInterval() throws { #expect(Interval(try figure("-")) == nil) }

  @Test("has an interval for every count of decimals that an event can have, and more")
  func everyDecimals() throws {
    for decimals in -18...18 as ClosedRange<Int8> {
      let largest = Figure(value: try Amount("999999999999999999"), decimals: decimals)
      let interval = try #require(Interval(largest))
      #expect(interval.high - interval.low == Int128.powerOfTen(19 - Int(decimals)))
    }
    let finer = Figure(value: try Amount("1"), decimals: 19)
    #expect(Interval(finer) == Interval(Figure(value: try Amount("1.0"))))
  }

  @Test(
    "agrees with another where both can be reports of one number",
    arguments: [
      ("71607000@-3", "71600000@-5", true), ("71607000@-3", "71600000@-4", false),
      ("71607000@-3", "71607499", true), ("71607000@-3", "71607500", true),
      ("71607000@-3", "71607501", false), ("71607000@-3", "71606500", true),
      ("71607000@-3", "71608000@-3", false), ("71607000@-3", "71607000@-3", true),
      ("-0.10@2", "-0.11@2", false), ("0.1@2", "0.10@2", true),
      ("71607000@-3", "71600000@-2", false),
      ("6.5", "6.50", true), ("6.5", "6.51", false), ("6", "-6", false), ("0", "0@-3", true),
      ("~17.9@1", "17.9@1", true), ("~18", "18.1", false),
      (">6", "7", true), (">6", "6", false), (">6", "5", false), (">6@0", "6.1", true),
      (">6@0", "6", false), (">6@-6", "5.9@1", false), (">6", "6@0", false), (">6", "~6@0", false),
      ("<6", "5", true), ("<6", "6", false), ("<6", "7", false), ("<6@-3", "<9", true),
      ("<6", ">6", false), ("<6", ">7", false), ("<6", ">5", true), (">6@-3", ">9", true),
      ("low 5", "low 5@0", true), ("high 7", "high 5", false), ("low 5", "low 50", false),
      ("-", "-", true), ("-", "0", true), ("-", "0@-3", true), ("-", "71000@-3", false),
      ("-", "400@-3", true), ("-", "501@-3", false), ("-", "0.1", false), ("-", "<6", true),
      ("-", ">6", false), ("-", "<0", false), ("-", ">-6", true), ("-", "~0@2", true),
    ]
  )
  func agreesWithAnotherWhereBothCanReportOneNumber(
    first: String,
    second: String,
    isConsistent: Bool
  ) throws {
    let (first, second) = (try figure(first), try figure(second))
    #expect(first.isConsistent(with: second) == isConsistent)
    #expect(second.isConsistent(with: first) == isConsistent)
    #expect(first.isConsistent(with: first))
  }

  @Test("is the more precise the further down this table")
  func isMorePreciseFurtherDownThisTable() throws {
    let ranks = [
      [">5@-6", "<5@-6", ">5@0", ">5", "<5"], ["-"],
      ["~5@-6"], ["5@-6", "low 5@-6", "high 5@-6"], ["~5@-5"], ["5@-5"], ["~5@0"], ["5@0"],
      ["~5@18"], ["5@18"],
      ["~5"], ["5", "6"],
    ]
    for (rank, texts) in ranks.enumerated() {
      for (otherRank, others) in ranks.enumerated() {
        for text in texts {
          for other in others {
            let (mine, theirs) = (try figure(text).precision, try figure(other).precision)
            #expect((mine < theirs) == (rank < otherRank), "\(text) and \(other)")
            #expect((mine == theirs) == (rank == otherRank), "\(text) and \(other)")
          }
        }
      }
    }
  }

  @Test("is an end of a range by its wording")
  func isEndOfRangeByItsWording() {
    let ends = Qualifier.allCases.map { ($0.rawValue, RangeEnd($0)) }
    let expected: [(String, RangeEnd)] = [
      ("approximately", .figure), ("more-than", .figure), ("less-than", .figure), ("low", .low),
      ("high", .high),
    ]
    #expect(ends.elementsEqual(expected) { $0 == $1 })
    #expect(RangeEnd(nil) == .figure)
    #expect([RangeEnd.high, .figure, .low].sorted() == [.figure, .low, .high])
  }
}
