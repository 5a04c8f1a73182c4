/// A figure: its number, how far it is rounded, and how it was worded.
///
/// It is kept as it is stored, in 12 bytes, so that reading millions of them converts nothing and
/// equal figures are equal words.
public struct Figure: Hashable, Sendable {
  /// All digits of the value; 0 for a dash.
  private var mantissa: Int64

  /// ``Code/word``.
  private var word: UInt32

  /// A figure with these three aspects.
  public init(value: Amount?, decimals: Int8? = nil, qualifier: Qualifier? = nil) {
    (mantissa, word) = (0, Code.isNil)
    self.value = value
    self.decimals = decimals
    self.qualifier = qualifier
  }

  /// The number in full units; `nil` where the document prints a dash.
  public var value: Amount? {
    get {
      guard word & Code.isNil == 0 else { return nil }
      return Amount(mantissa: mantissa, fractionDigitCount: UInt8(truncatingIfNeeded: word >> 8))
    }
    set {
      word &= ~(Code.isNil | Code.fractionDigitCount)
      mantissa = newValue?.mantissa ?? 0
      word |= newValue.map { UInt32($0.fractionDigitCount) << 8 } ?? Code.isNil
    }
  }

  /// How far the value is rounded, as in XBRL 2.1 §4.6.6: -3 is thousands; `nil` is exact.
  public var decimals: Int8? {
    get {
      guard word & Code.hasDecimals != 0 else { return nil }
      return Int8(truncatingIfNeeded: word >> 16)
    }
    set {
      word &= ~(Code.hasDecimals | Code.decimals)
      guard let newValue else { return }
      word |= Code.hasDecimals | UInt32(UInt8(bitPattern: newValue)) << 16
    }
  }

  /// The wording; `nil` is as printed.
  public var qualifier: Qualifier? {
    get { Code.qualifiers[Int(word >> 2 & 7)] }
    set {
      let number = Code.qualifiers.firstIndex(of: newValue) ?? 0
      word = word & ~Code.qualifier | UInt32(number) << 2
    }
  }
}

extension Figure {
  /// A figure as two integers, as ledger files hold it.
  public struct Code: Hashable, Sendable {
    /// All but the digits.
    ///
    /// From the lowest byte: whether it is a dash (bit 0), whether it has decimals (bit 1) and its
    /// qualifier (bits 2 to 4); the digits after the point; the decimals. The highest byte is 0.
    public var word: UInt32

    /// All digits of the value.
    public var mantissa: Int64

    /// The figure of these integers, which may be none.
    public init(word: UInt32, mantissa: Int64) {
      self.word = word
      self.mantissa = mantissa
    }

    /// The digits after the point.
    var fractionDigitCount: Int { Int(word >> 8 & 0xFF) }

    /// Whether the figure is bounded on one side alone.
    var isBound: Bool { Self.bounds & (1 << (word >> 2 & 7)) != 0 }

    /// The numbers of the qualifiers `more-than` and `less-than`, as bits.
    private static let bounds: UInt32 = 1 << 2 | 1 << 3

    fileprivate static let isNil: UInt32 = 1 << 0
    fileprivate static let hasDecimals: UInt32 = 1 << 1
    fileprivate static let qualifier: UInt32 = 7 << 2
    fileprivate static let fractionDigitCount: UInt32 = 0xFF << 8
    fileprivate static let decimals: UInt32 = 0xFF << 16
    fileprivate static let all =
      isNil | hasDecimals | qualifier | fractionDigitCount | decimals

    fileprivate static let qualifiers: [Qualifier?] = [
      nil, .approximately, .moreThan, .lessThan, .low, .high,
    ]
    fileprivate static let qualifierCount: UInt32 = 6
    fileprivate static let mantissaEnd: UInt64 = 1_000_000_000_000_000_000
  }

  /// The figure as two integers: equal for equal figures, and the word equal for figures that differ
  /// in the digits alone.
  public var code: Code { Code(word: word, mantissa: mantissa) }

  /// The figure of two integers; `nil` if no figure has them.
  ///
  /// Bits that have no meaning because of others must be 0: the digits of a dash, the decimals of a
  /// figure without decimals.
  @inline(__always)
  public init?(_ code: Code) {
    let word = code.word
    guard word & ~Code.all == 0, word >> 2 & 7 < Code.qualifierCount,
      word >> 8 & 0xFF <= UInt32(Amount.digitCountMax),
      code.mantissa.magnitude < Code.mantissaEnd,
      word & Code.isNil == 0 || (code.mantissa == 0 && word & Code.fractionDigitCount == 0),
      word & Code.hasDecimals != 0 || word & Code.decimals == 0
    else { return nil }
    (mantissa, self.word) = (code.mantissa, word)
  }

  /// Which end of a range of figures it is, or the figure itself.
  public var rangeEnd: RangeEnd { RangeEnd(qualifier) }
}
