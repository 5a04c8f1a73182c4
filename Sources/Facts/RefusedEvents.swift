/// Events that were refused, so that a person sees all mistakes at once.
///
/// Nothing was recorded.
public struct RefusedEvents: Error, Hashable, Sendable {
  /// The first of them, in the order they were read; at most ``shownCountMax``.
  public private(set) var refusals: [InvalidEvent] = []

  /// How many were refused.
  public private(set) var count = 0

  /// How many refusals are kept.
  public static let shownCountMax = 20

  /// None yet.
  public init() {}

  /// Adds a refusal.
  public mutating func add(_ refusal: InvalidEvent) {
    count += 1
    if refusals.count < Self.shownCountMax { refusals.append(refusal) }
  }
}

extension RefusedEvents: CustomStringConvertible {
  /// One line for each refusal kept, and how many more there are.
  public var description: String {
    let more = count - refusals.count
    let rest = more > 0 ? ["… and \(more) more"] : []
    return (refusals.map(\.description) + rest).joined(separator: "\n")
  }
}
