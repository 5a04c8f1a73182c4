import Facts
import Testing

@Suite("Amounts")
struct AmountTests {
  @Test(
    "plain decimals are read and written as they are",
    arguments: [
      "0", "1", "-1", "71607000", "-0.10", "0.423", "0.00", "6.50", "999999999999999999",
      "-999999999999999999", "0.000000000000000001", "123456789.123456789",
    ]
  )
  func fixedPoint(text: String) throws {
    #expect(try Amount(text).description == text)
  }

  @Test(
    "anything else is refused",
    arguments: [
      "", "-", "+1", "1e3", "1.", ".5", "-.5", "01", "-01", "00", "-0", "-0.00", "1,000", "(1)",
      " 1", "1 ", "--1", "1.2.3", "0x10", "١", "NaN", "1-",
    ]
  )
  func anythingElseIsRefused(text: String) {
    #expect(throws: Amount.Malformation.notDecimal) { try Amount(text) }
  }

  @Test(
    "more than 18 digits are refused",
    arguments: ["1234567890123456789", "0.1234567890123456789"]
  )
  func tooLong(text: String) {
    #expect(throws: Amount.Malformation.tooManyDigits) { try Amount(text) }
  }

  @Test("every small number of digits and places is written and read back")
  func everySmallAmount() throws {
    for mantissa in Int64(-120)...120 {
      for places in UInt8(0)...4 {
        let amount = Amount(mantissa: mantissa, fractionDigitCount: places)
        #expect(try Amount(amount.description) == amount)
      }
    }
  }

  @Test("numbers are equal whatever zeros follow the point; texts are not")
  func numbersAreEqualWhateverZerosFollowPoint() throws {
    #expect(try Amount("6.50").isEqual(to: Amount("6.5")))
    #expect(try Amount("6.50") != Amount("6.5"))
    #expect(try !Amount("0.1").isEqual(to: Amount("0.10000000000000001")))
  }

  @Test(
    "printing divides by a power of ten and rounds half away from zero",
    arguments: [
      ("71607000", 3, 0, "71607"), ("5650402", 3, 0, "5650"), ("26500", 3, 0, "27"),
      ("-26500", 3, 0, "27"), ("26499", 3, 0, "26"), ("0.423", -2, 1, "42.3"),
      ("0.2973", -2, 2, "29.73"), ("8379000", 6, 1, "8.4"), ("0", 3, 2, "0.00"),
      ("-0.04", 0, 2, "0.04"), ("999999999999999999", 0, 0, "999999999999999999"),
      ("0.05", 0, 1, "0.1"), ("123", 6, 8, "0.00012300"),
    ]
  )
  func printingRoundsHalfAwayFromZero(text: String, scale: Int, places: Int, expected: String)
    throws
  {
    let (whole, fraction) = try Amount(text).scaledDigits(scale: scale, places: places)
    #expect((fraction.isEmpty ? whole : "\(whole).\(fraction)") == expected)
  }

  @Test(
    "a difference is exact",
    arguments: [
      ("36171000000", "39572000000", "-3401000000"), ("0.10", "0.1", "0.00"),
      ("1.5", "0.25", "1.25"), ("-999999999999999999", "0", "-999999999999999999"),
    ]
  )
  func differenceIsExact(after: String, before: String, expected: String) throws {
    #expect(try Amount(after).subtracting(Amount(before))?.description == expected)
  }

  @Test("a difference that no amount can hold is none")
  func tooLargeDifference() throws {
    #expect(try Amount("999999999999999999").subtracting(Amount("-1")) == nil)
  }
}

@Suite("Rounding")
struct IntervalTests {
  private func figure(_ text: String) throws -> Figure {
    let parts = text.split(separator: " ").map(String.init)
    guard parts[0] != "nil" else { return Figure(value: nil) }
    return Figure(
      value: try Amount(parts[0]),
      decimals: parts.count > 1 ? Int8(parts[1]) : nil,
      qualifier: parts.count > 2 ? Qualifier(rawValue: parts[2]) : nil
    )
  }

  @Test(
    "figures agree if they can be reports of one number",
    arguments: [
      ("8379000 -3", "8400000 -5", true), ("8379000 -3", "8300000 -5", false),
      ("10900000 -5", "11000000 -6 approximately", true), ("71607000", "71607000 -3", true),
      ("71607499", "71607000 -3", true), ("71607500", "71607000 -3", true),
      ("71607501", "71607000 -3", false), ("nil", "nil", true), ("nil", "0", true),
      ("93000000 -6", "93000000 -6 more-than", false), ("92000000", "93000000 0 more-than", false),
      ("1955838 0", "2000000 -6 less-than", true), ("2600000 0", "2000000 -6 less-than", false),
      ("1 0", "1.4 1", true), ("1 0", "1.6 1", false), ("0.1", "0.10", true),
    ]
  )
  func figuresThatCanReportOneNumberAgree(first: String, second: String, expected: Bool) throws {
    let (first, second) = (try figure(first), try figure(second))
    #expect(first.isConsistent(with: second) == expected)
    #expect(second.isConsistent(with: first) == expected)
  }

  @Test("the more precise figure speaks")
  func morePreciseFigureIsPreferred() throws {
    let order = [
      "1 3 more-than", "nil", "1 -6 approximately", "1 -6", "1 -3 approximately", "1 -3", "1 0",
      "1 2",
      "1",
    ]
    let precisions = try order.map { try figure($0).precision }
    #expect(precisions == precisions.sorted())
    #expect(Set(precisions).count == order.count)
  }
}
