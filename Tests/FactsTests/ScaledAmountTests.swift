import Facts
import Testing

@Suite("An amount times a power of ten")
struct ScaledAmountTests {
  @Test(
    "moves the point, and keeps every digit",
    arguments: [
      ("33718", 3, "33718000"), ("42.3", -2, "0.423"), ("36.0", -2, "0.360"), ("1.5", 3, "1500"),
      ("-0.10", 0, "-0.10"), ("0", 6, "0"), ("0.00", -2, "0.0000"), ("5.25", 2, "525"),
      ("123456789012345678", 1, nil), ("0.000000000000000001", -1, nil), ("12", 17, nil),
      ("-1", 17, "-100000000000000000"),
    ] as [(String, Int, String?)]
  )
  func movesPointAndKeepsEveryDigit(text: String, exponent: Int, expected: String?) throws {
    #expect(try Amount(text).scaled(byPowerOfTen: exponent)?.description == expected)
  }
}
