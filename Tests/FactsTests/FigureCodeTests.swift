import Facts
import Testing

@Suite("A figure as two integers")
struct FigureCodeTests {
  private static let values: [Amount?] = [
    nil, Amount(mantissa: 0, fractionDigitCount: 0), Amount(mantissa: -5, fractionDigitCount: 1),
    Amount(mantissa: 999_999_999_999_999_999, fractionDigitCount: 18),
  ]
  private static let decimals: [Int8?] = [nil, -18, -3, 0, 18]
  private static let qualifiers = Qualifier.allCases + [nil] as [Qualifier?]

  private static var figures: [Figure] {
    values.flatMap { value in
      decimals.flatMap { decimals in
        qualifiers.map { Figure(value: value, decimals: decimals, qualifier: $0) }
      }
    }
  }

  @Test("has its own code, and is made again from it")
  func hasItsOwnCode() {
    let figures = Self.figures
    #expect(Set(figures.map(\.code)).count == figures.count)
    for figure in figures { #expect(Figure(figure.code) == figure) }
  }

  @Test("has the three aspects that it was given, whichever is set when")
  func hasThreeAspectsThatItWasGiven() {
    for value in Self.values {
      for decimals in Self.decimals {
        for qualifier in Self.qualifiers {
          let figure = Figure(value: value, decimals: decimals, qualifier: qualifier)
          #expect(figure.value == value && figure.decimals == decimals)
          #expect(figure.qualifier == qualifier)
          for var other in [Self.figures[0], Self.figures[Self.figures.count - 1]] {
            (other.qualifier, other.decimals, other.value) = (qualifier, decimals, value)
            #expect(other == figure)
          }
        }
      }
    }
  }

  @Test(
    "is none of integers that say what no figure says",
    arguments: [
      (1 << 24, 0),  // a bit beyond
      (6 << 2, 0), (7 << 2, 0),  // no such qualifier
      (19 << 8, 1),  // more digits after the point than there can be
      (0, 1_000_000_000_000_000_000), (0, -1_000_000_000_000_000_000), (0, .min),
      (1, 5), (1 | 1 << 8, 0),  // digits of a dash
      (3 << 16, 5),  // decimals that the figure has not
    ] as [(UInt32, Int64)]
  )
  func impossibleCodesAreNoFigure(word: UInt32, mantissa: Int64) {
    #expect(Figure(Figure.Code(word: word, mantissa: mantissa)) == nil)
  }

  @Test("is consistent with another of its form exactly if both are equal, or bounds of one side")
  func isConsistentIfEqual() throws {
    var pairs = 0
    for decimals in [nil, -18, -3, -1, 0, 1, 2, 5] as [Int8?] {
      for qualifier in Self.qualifiers {
        for digits in [0, 1, 3] as [UInt8] {
          for difference in [0, 1, 2, 9, 10, 11, 99, 100, 101, 9999, 10_000, 10_001] as [Int64] {
            let figures = [7, 7 + difference].map {
              Figure(
                value: Amount(mantissa: $0, fractionDigitCount: digits),
                decimals: decimals,
                qualifier: qualifier
              )
            }
            let isConsistent =
              difference == 0 || qualifier == .moreThan || qualifier == .lessThan
            #expect(figures[0].isConsistent(with: figures[1]) == isConsistent)
            #expect(figures[1].isConsistent(with: figures[0]) == isConsistent)
            pairs += 1
          }
        }
      }
    }
    #expect(pairs == 8 * 6 * 3 * 12)
  }
}
