import Facts
import Testing

@Suite("The printed digits of an amount") struct ScaledDigitsTests {
  @Test(
    "are rounded half away from zero",
    arguments: [
      // value, scale, places, printed
      ("71607000", 3, 0, "71607"), ("71607499", 3, 0, "71607"), ("71607500", 3, 0, "71608"),
      ("-71607500", 3, 0, "71608"), ("-71607499", 3, 0, "71607"),
      ("499", 3, 0, "0"), ("500", 3, 0, "1"), ("-500", 3, 0, "1"), ("-499", 3, 0, "0"),
      ("0", 3, 0, "0"), ("0", 3, 2, "0.00"),
      ("1234567", 6, 1, "1.2"), ("1250000", 6, 1, "1.3"), ("1249999", 6, 1, "1.2"),
      ("1050000", 6, 2, "1.05"), ("50000", 6, 2, "0.05"), ("5000", 6, 2, "0.01"),
      ("4999", 6, 2, "0.00"), ("999999", 6, 0, "1"), ("999500", 6, 3, "1.000"),
      ("0.05", 0, 2, "0.05"), ("0.045", 0, 2, "0.05"), ("-0.045", 0, 2, "0.05"),
      ("0.0449", 0, 2, "0.04"), ("2.5", 0, 0, "3"), ("-2.5", 0, 0, "3"), ("3.5", 0, 0, "4"),
      ("0.65", -2, 0, "65"), ("0.654", -2, 1, "65.4"), ("0.6545", -2, 1, "65.5"),
      ("0.1", -6, 0, "100000"), ("7", -6, 8, "7000000.00000000"),
      ("999999999999999999", 0, 0, "999999999999999999"),
      ("999999999999999999", -6, 8, "999999999999999999000000.00000000"),
      ("999999999999999999", 12, 0, "1000000"), ("999999999999999999", 18, 0, "1"),
      ("0.000000000000000001", 12, 8, "0.00000000"),
      ("0.000000000000000005", 0, 17, "0.00000000000000001"),
    ]
  )
  func areRoundedHalfAwayFromZero(value: String, scale: Int, places: Int, printed: String) throws {
    #expect(try Self.print(Amount(value), scale, places) == printed)
  }

  @Test("agree with whole-number division, for every small number, scale and count of places")
  func everySmallNumber() {
    for mantissa in 0...1111 as ClosedRange<Int64> {
      for fraction in 0...3 {
        for scale in -2...3 {
          for places in 0...2 {
            var (numerator, denominator) = (Int(mantissa), 1)
            for _ in 0..<(places + 2) { numerator *= 10 }
            for _ in 0..<(fraction + scale + 2) { denominator *= 10 }
            let rounded = (2 * numerator + denominator) / (2 * denominator)
            let amount = Amount(mantissa: mantissa, fractionDigitCount: UInt8(fraction))
            let digits = amount.scaledDigits(scale: scale, places: places)
            #expect(Int(digits.whole + digits.fraction) == rounded)
            #expect(digits.fraction.count == places)
          }
        }
      }
    }
  }

  @Test("are as many as asked for, at the ends of the range of scales")
  func areAsManyAsAskedFor() throws {
    #expect(try Self.print(Amount("1"), -18, 0) == "1000000000000000000")
    #expect(try Self.print(Amount("1"), -18, 2) == "1000000000000000000.00")
    #expect(try Self.print(Amount("0.25"), -2, 18) == "25.000000000000000000")
    #expect(try Self.print(Amount("1"), 18, 18) == "0.000000000000000001")
  }

  private static func print(_ amount: Amount, _ scale: Int, _ places: Int) -> String {
    let digits = amount.scaledDigits(scale: scale, places: places)
    return digits.fraction.isEmpty ? digits.whole : "\(digits.whole).\(digits.fraction)"
  }
}
