/// An exact decimal number: a figure as it was printed, never a binary fraction.
///
/// The value is `mantissa × 10^-fractionDigits`. Digits after the point are kept as written, so
/// `6.50` and `6.5` are equal as numbers (see ``isEqual(to:)``) and different as texts.
public struct Amount: Hashable, Sendable {
  /// All digits, without the point; at most ``digitCountMax`` of them.
  public let mantissa: Int64

  /// How many of the digits are after the point, 0 to ``digitCountMax``.
  public let fractionDigitCount: UInt8

  /// The most significant digits a figure can have: what every 64-bit integer can hold.
  public static let digitCountMax = 18

  /// The number `mantissa × 10^-fractionDigitCount`.
  ///
  /// - Precondition: Both are within their bounds.
  public init(mantissa: Int64, fractionDigitCount: UInt8) {
    precondition(fractionDigitCount <= Self.digitCountMax, "at most 18 digits after the point")
    precondition(mantissa.magnitude < 1_000_000_000_000_000_000, "at most 18 digits")
    self.mantissa = mantissa
    self.fractionDigitCount = fractionDigitCount
  }

  /// Why a text is no amount.
  public enum Malformation: Error, Hashable, Sendable {
    /// Not of the form `-?digits(.digits)?`, or with leading zeros, or a negative zero.
    case notDecimal

    /// More than ``Amount/digitCountMax`` significant digits.
    case tooManyDigits
  }

  /// Reads a plain decimal: `71607000`, `-0.10`, `0.423`.
  ///
  /// - Throws: ``Malformation`` for anything else: a plus sign, an exponent, leading zeros, `-0`,
  ///   more than 18 digits.
  public init(_ text: some StringProtocol) throws(Malformation) {
    var mantissa: Int64 = 0
    var digitCount = 0
    var fractionDigitCount: UInt8?
    var isNegative = false
    var isFirst = true
    var hasLeadingZero = false
    for byte in text.utf8 {
      defer { isFirst = false }
      switch byte {
      case UInt8(ascii: "-") where isFirst:
        isNegative = true
      case UInt8(ascii: "."):
        guard digitCount > 0, fractionDigitCount == nil else { throw .notDecimal }
        fractionDigitCount = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if fractionDigitCount == nil {
          guard !hasLeadingZero else { throw .notDecimal }
          hasLeadingZero = digitCount == 0 && byte == UInt8(ascii: "0")
        } else {
          fractionDigitCount? += 1
        }
        digitCount += 1
        guard digitCount - (hasLeadingZero ? 1 : 0) <= Self.digitCountMax else {
          throw .tooManyDigits
        }
        mantissa = mantissa * 10 + Int64(byte - UInt8(ascii: "0"))
      default:
        throw .notDecimal
      }
    }
    guard digitCount > 0, fractionDigitCount != 0, !(isNegative && mantissa == 0) else {
      throw .notDecimal
    }
    self.mantissa = isNegative ? -mantissa : mantissa
    self.fractionDigitCount = fractionDigitCount ?? 0
  }

  /// Whether both are the same number, however many zeros follow the point.
  public func isEqual(to other: Amount) -> Bool { fixedPoint == other.fixedPoint }

  /// The number in units of 10^-19: a scale that every amount and half of its last digit fit.
  public var fixedPoint: Int128 {
    Int128(mantissa) * Int128.powerOfTen(19 - Int(fractionDigitCount))
  }

  /// The number of so many units of 10^-19 (see ``fixedPoint``).
  ///
  /// - Parameters:
  ///   - fixedPoint: How many of those units.
  ///   - fractionDigitCount: How many digits to write after the point; fewer, if the number has
  ///     zeros there and would have more than 18 digits with them.
  /// - Returns: `nil` if the number has more than 18 digits, or digits after those.
  public init?(fixedPoint: Int128, fractionDigitCount: UInt8) {
    let unit = Int128.powerOfTen(19 - Int(fractionDigitCount))
    var (mantissa, rest) = fixedPoint.quotientAndRemainder(dividingBy: unit)
    guard rest == 0 else { return nil }
    var count = fractionDigitCount
    let limit = UInt128(Int128.powerOfTen(Self.digitCountMax))
    while mantissa.magnitude >= limit {
      guard count > 0, mantissa % 10 == 0 else { return nil }
      (mantissa, count) = (mantissa / 10, count - 1)
    }
    self.init(mantissa: Int64(mantissa), fractionDigitCount: count)
  }

  /// The number with the other sign.
  public var negated: Amount {
    Amount(mantissa: -mantissa, fractionDigitCount: fractionDigitCount)
  }

  /// Whether the number is zero.
  public var isZero: Bool { mantissa == 0 }
}

extension Amount: CustomStringConvertible {
  /// The plain decimal ``init(_:)`` reads.
  public var description: String {
    var bytes: [UInt8] = []
    appendText(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends ``description`` as ASCII.
  public func appendText(to bytes: inout [UInt8]) { bytes.append(self) }
}

extension Amount {
  /// The number divided by 10^`scale` and rounded, half away from zero, to `places` digits after
  /// the point: how an issuer prints dollars in thousands.
  ///
  /// - Parameters:
  ///   - scale: −18 to 18; 3 prints thousands, −2 prints cents or percent.
  ///   - places: Digits after the point, 0 to 18.
  /// - Returns: The digits before and after the point, without sign.
  public func scaledDigits(scale: Int, places: Int) -> (whole: String, fraction: String) {
    let exponent = 19 + scale - places
    let unit = UInt128(Int128.powerOfTen(exponent))
    let magnitude = fixedPoint.magnitude * UInt128(Int128.powerOfTen(-exponent))
    let rounded = (magnitude + unit / 2) / unit
    guard places > 0 else { return (String(rounded), "") }
    let base = UInt128(Int128.powerOfTen(places))
    let fraction = String(rounded % base)
    let zeros = String(repeating: "0", count: places - fraction.utf8.count)
    return (String(rounded / base), zeros + fraction)
  }
}

extension Amount {
  /// The number times 10^`exponent`, exactly: 33,718 in thousands is 33718000, 42.3 cents is 0.423;
  /// `nil` if that has more than 18 digits before or after the point.
  ///
  /// - Parameter exponent: −18 to 18.
  public func scaled(byPowerOfTen exponent: Int) -> Amount? {
    let fractionCount = Int(fractionDigitCount) - exponent
    guard fractionCount <= Self.digitCountMax else { return nil }
    guard fractionCount < 0 else {
      return Amount(mantissa: mantissa, fractionDigitCount: UInt8(fractionCount))
    }
    let product = Int128(mantissa) * Int128.powerOfTen(-fractionCount)
    guard product.magnitude < UInt128(Int128.powerOfTen(Self.digitCountMax)) else { return nil }
    return Amount(mantissa: Int64(product), fractionDigitCount: 0)
  }

  /// This number less `other`, exactly; `nil` if the difference has more than 18 digits.
  public func subtracting(_ other: Amount) -> Amount? {
    Amount(
      fixedPoint: fixedPoint - other.fixedPoint,
      fractionDigitCount: max(fractionDigitCount, other.fractionDigitCount)
    )
  }
}

extension Int128 {
  /// 10 to the `exponent`, 0 to 38; lower exponents give 1.
  public static func powerOfTen(_ exponent: Int) -> Int128 { powersOfTen[Swift.max(0, exponent)] }

  /// The powers of ten from 1: many figures are scaled when they are compared.
  private static let powersOfTen: [Int128] = {
    var powers: [Int128] = [1]
    for index in 0..<38 { powers.append(powers[index] * 10) }
    return powers
  }()
}
