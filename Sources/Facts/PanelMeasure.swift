/// A column of a panel: a concept, one of several that mean the same, or a ratio of two of these.
public struct PanelMeasure: Hashable, Sendable {
  /// The name of the column.
  public var name: String

  /// The names of concepts, with or without prefix, in the order in which they are tried.
  public var concepts: [String]

  /// What the concept is divided by; `nil` if it is not.
  public var divisors: [String]?

  /// What is wrong with the text of a measure.
  public struct Malformation: Error, Hashable, Sendable, CustomStringConvertible {
    /// The text.
    public let text: String

    /// What is wrong, and how a measure is written.
    public var description: String {
      "\"\(text)\" is no measure: write CONCEPT, FIRST,SECOND for the first of several that is reported, "
        + "CONCEPT/CONCEPT for a ratio, and NAME= before it to name the column"
    }
  }

  /// Reads `[NAME=]CONCEPT[,CONCEPT...][/CONCEPT[,CONCEPT...]]`.
  ///
  /// - Throws: ``Malformation`` if a name is empty, or if there is more than one ratio.
  public init(_ text: String) throws(Malformation) {
    let named = text.split(separator: "=", omittingEmptySubsequences: false)
    let parts = (named.last ?? "").split(separator: "/", omittingEmptySubsequences: false).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard named.count <= 2, (1...2).contains(parts.count), !named.contains(where: \.isEmpty),
      parts.allSatisfy({ !$0.isEmpty && !$0.contains(where: \.isEmpty) })
    else { throw Malformation(text: text) }
    concepts = parts[0]
    divisors = parts.count == 2 ? parts[1] : nil
    name = named.count == 2 ? String(named[0]) : parts.map { $0[0] }.joined(separator: "/")
  }
}

extension PanelMeasure: CustomStringConvertible {
  /// The measure as a text that ``init(_:)`` reads.
  public var description: String {
    "\(name)=\(concepts.joined(separator: ","))"
      + (divisors.map { "/" + $0.joined(separator: ",") } ?? "")
  }
}

extension Amount {
  /// This number divided by another, rounded to so many decimals, halves to the even digit.
  ///
  /// - Parameters:
  ///   - divisor: The other number.
  ///   - fractionDigitCount: From 0 to 18.
  /// - Returns: `nil` if the other is zero, or if the quotient has more than 18 digits.
  /// - Complexity: O(*d*), for *d* digits.
  public func divided(by divisor: Amount, fractionDigitCount: UInt8) -> Amount? {
    guard !divisor.isZero else { return nil }
    var shift =
      Int(fractionDigitCount) + Int(divisor.fractionDigitCount) - Int(self.fractionDigitCount)
    let isNegative = (mantissa < 0) != (divisor.mantissa < 0)
    var denominator = Int128(divisor.mantissa.magnitude)
    if shift < 0 { denominator *= Int128.powerOfTen(-shift) }
    var (quotient, rest) = Int128(mantissa.magnitude).quotientAndRemainder(dividingBy: denominator)
    while shift > 0 {
      let next = (rest * 10).quotientAndRemainder(dividingBy: denominator)
      let (tens, isTooLong) = quotient.multipliedReportingOverflow(by: 10)
      guard !isTooLong else { return nil }
      (quotient, rest) = (tens + next.quotient, next.remainder)
      shift -= 1
    }
    if rest * 2 > denominator || (rest * 2 == denominator && !quotient.isMultiple(of: 2)) {
      quotient += 1
    }
    guard quotient < Int128.powerOfTen(Amount.digitCountMax) else { return nil }
    return Amount(
      mantissa: Int64(isNegative ? -quotient : quotient),
      fractionDigitCount: fractionDigitCount
    )
  }
}
