import Facts
import TestSupport
import Testing

@Suite("An amount") struct AmountTextTests {
  @Test(
    "is read from a plain decimal, digit for digit",
    arguments: [
      ("0", 0, 0), ("7", 7, 0), ("71607000", 71_607_000, 0), ("-1", -1, 0),
      ("0.0", 0, 1), ("0.00", 0, 2), ("-0.10", -10, 2), ("0.423", 423, 3), ("6.50", 650, 2),
      ("-0.001", -1, 3), ("10.01", 1001, 2), ("100", 100, 0),
      ("999999999999999999", 999_999_999_999_999_999, 0),
      ("-999999999999999999", -999_999_999_999_999_999, 0),
      ("1.00000000000000000", 100_000_000_000_000_000, 17),
      ("0.999999999999999999", 999_999_999_999_999_999, 18),
      ("-0.000000000000000001", -1, 18), ("0.000000000000000000", 0, 18),
    ] as [(String, Int64, UInt8)]
  )
  func isReadFromPlainDecimalDigitForDigit(text: String, mantissa: Int64, fractionDigitCount: UInt8)
    throws
  {
    let amount = try Amount(text)
    #expect(amount == Amount(mantissa: mantissa, fractionDigitCount: fractionDigitCount))
    #expect(amount.description == text)
    #expect(amount.isZero == (mantissa == 0))
  }

  @Test(
    "is not read from what is no plain decimal",
    arguments: [
      "", "-", "+1", "+", ".", ".5", "-.5", "5.", "-5.", "1..2", "1.2.3", "--1", "1-", "-0", "-0.0",
      "-0.000", "00", "01", "-01", "00.5", "007", "1e3", "1E3", "1e-3", "0x10", "1,000", "1 000",
      " 1", "1 ", "\n1", "1\n", "(1)", "$1", "½", "١٢", "−1", "１", "nan", "inf", "1\u{301}", "1\0",
    ]
  )
  func isNotReadFromWhatIsNoPlainDecimal(text: String) {
    #expect(throws: Amount.Malformation.notDecimal) { try Amount(text) }
  }

  @Test(
    "has at most 18 digits, not counting a zero before the point",
    arguments: [
      "1000000000000000000", "-1000000000000000000", "9223372036854775807", "1.000000000000000000",
      "123456789012345678.9", "0.0000000000000000000", "0.1234567890123456789",
      "99999999999999999999999999999999999999999999",
    ]
  )
  func tooLong(text: String) {
    #expect(throws: Amount.Malformation.tooManyDigits) { try Amount(text) }
  }

  @Test("prints what it reads: every number of four digits, with every place of the point")
  func everySmallNumber() throws {
    for mantissa in -1500...1500 as ClosedRange<Int64> {
      for fraction in 0...5 {
        let amount = Amount(mantissa: mantissa, fractionDigitCount: UInt8(fraction))
        let text = amount.description
        #expect(text == Self.text(mantissa, fraction))
        #expect(try Amount(text) == amount)
      }
    }
  }

  @Test("prints what it reads: 20,000 numbers of any length")
  func anyNumber() throws {
    var generator = SeededGenerator(seed: 18)
    for _ in 0..<20_000 {
      var bound: Int64 = 1
      for _ in 0..<Int.random(in: 1...18, using: &generator) { bound *= 10 }
      let mantissa = Int64.random(in: (1 - bound)...(bound - 1), using: &generator)
      let fraction = Int.random(in: 0...18, using: &generator)
      let amount = Amount(mantissa: mantissa, fractionDigitCount: UInt8(fraction))
      #expect(amount.description == Self.text(mantissa, fraction))
      #expect(try Amount(amount.description) == amount)
      #expect(amount.negated.negated == amount)
    }
  }

  /// The number by padding its digits and putting in the point.
  private static func text(_ mantissa: Int64, _ fraction: Int) -> String {
    var digits = String(mantissa.magnitude)
    while digits.count <= fraction { digits = "0" + digits }
    let point = fraction == 0 ? "" : "."
    return (mantissa < 0 ? "-" : "") + digits.dropLast(fraction) + point + digits.suffix(fraction)
  }

  @Test(
    "equals another number however many zeros follow the point",
    arguments: [
      ("6.5", "6.50", true), ("6.5", "6.500000000000000", true), ("0", "0.000", true),
      ("-1", "-1.0", true), ("1", "-1", false), ("6.5", "6.51", false), ("65", "6.5", false),
      ("999999999999999999", "999999999999999999", true),
      ("999999999999999999", "999999999999999998", false),
      ("0.999999999999999999", "1", false), ("0.000000000000000001", "0", false),
    ]
  )
  func equalsAnotherNumberHoweverManyZerosFollowPoint(first: String, second: String, isEqual: Bool)
    throws
  {
    let (first, second) = (try Amount(first), try Amount(second))
    #expect(first.isEqual(to: second) == isEqual)
    #expect(second.isEqual(to: first) == isEqual)
    #expect(first.isEqual(to: first))
  }

  @Test(
    "is subtracted exactly, or not at all",
    arguments: [
      ("3", "1", "2"), ("1", "3", "-2"), ("6.50", "6.5", "0.00"), ("1", "0.001", "0.999"),
      ("-5", "-5", "0"), ("0.1", "0.3", "-0.2"),
      ("999999999999999999", "-1", nil), ("-999999999999999999", "1", nil),
      ("999999999999999999", "0.1", nil), ("999999999999999999", "1", "999999999999999998"),
    ] as [(String, String, String?)]
  )
  func isSubtractedExactlyOrNotAtAll(first: String, second: String, expected: String?) throws {
    #expect(try Amount(first).subtracting(Amount(second))?.description == expected)
  }

  @Test(
    "of more than 18 digits, or digits after the point, is a mistake of the program",
    .tags(.trap)
  )
  func tooManyDigitsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = Amount(mantissa: 1_000_000_000_000_000_000, fractionDigitCount: 0)
    }
    await #expect(processExitsWith: .failure) { _ = Amount(mantissa: 1, fractionDigitCount: 19) }
    await #expect(processExitsWith: .success) {
      _ = Amount(mantissa: -999_999_999_999_999_999, fractionDigitCount: 18)
    }
  }
}

extension Tag {
  /// A mistake of the program that stops it.
  @Tag static var trap: Self
}
