import Facts
import Testing

@Suite("A number divided by another") struct DivisionTests {
  @Test(
    "is rounded to so many decimals, halves to the even digit",
    arguments: [
      ("1", "3", "0.333333"), ("2", "3", "0.666667"), ("-2", "3", "-0.666667"),
      ("0.0000005", "1", "0.000000"), ("0.0000015", "1", "0.000002"), ("1", "-8", "-0.125000"),
      ("100", "0.5", "200.000000"), ("0", "7", "0.000000"),
      ("999999999999999999", "999999999999999999", "1.000000"),
      ("0.000000000000000001", "1000", "0.000000"),
    ]
  )
  func isRounded(number: String, divisor: String, quotient: String) throws {
    let found = try Amount(number).divided(by: Amount(divisor), fractionDigitCount: 6)
    #expect(found?.description == quotient)
  }

  @Test("has no quotient by zero, or of more than 18 digits")
  func hasNoQuotient() throws {
    #expect(try Amount("1").divided(by: Amount("0"), fractionDigitCount: 6) == nil)
    #expect(
      try Amount("999999999999999999").divided(
        by: Amount("0.000000000000000001"),
        fractionDigitCount: 6
      )
        == nil
    )
    #expect(try Amount("1000000000000").divided(by: Amount("1"), fractionDigitCount: 6) == nil)
  }

  @Test("times the divisor is the number, to within half a unit of the last decimal")
  func isInverse() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let number = Int64.random(in: -1_000_000_000...1_000_000_000, using: &generator)
      let divisor = Int64.random(in: 1...1_000_000, using: &generator)
      let quotient = try #require(
        Amount(mantissa: number, fractionDigitCount: 2)
          .divided(by: Amount(mantissa: divisor, fractionDigitCount: 3), fractionDigitCount: 6)
      )
      // In units of 10^-9, the last decimal of the quotient is 1,000 times the divisor.
      let product = Int128(quotient.mantissa) * Int128(divisor)
      let exact = Int128(number) * 10_000_000
      #expect(2 * (product - exact).magnitude <= UInt128(divisor), "\(number)/\(divisor)")
    }
  }
}
