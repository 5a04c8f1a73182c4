/// Pseudorandom numbers that are the same everywhere and for ever: SplitMix64 by Steele, Lea and
/// Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
public struct SplitMix64: Sendable {
  private var state: UInt64

  /// A generator that starts at `seed`.
  public init(seed: UInt64) { state = seed }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  /// A number below `bound`, which must not be 0.
  public mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// A number that depends on every one of `parts`: the same parts, the same number.
  public static func number(_ parts: Int...) -> UInt64 {
    var state: UInt64 = 0x5EED
    for part in parts { state = mix(state &+ UInt64(bitPattern: Int64(part)) &+ 0x9E37_79B9) }
    return state
  }

  private static func mix(_ state: UInt64) -> UInt64 {
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
