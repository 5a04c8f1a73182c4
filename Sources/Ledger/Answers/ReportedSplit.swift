public import Facts
import Projections

/// A split of shares, which explains why a figure a share was restated.
public struct ReportedSplit: Hashable, Sendable {
  /// How many shares there are after it for each ``oldCount``.
  public var newCount: Int

  /// How many there were.
  public var oldCount: Int

  /// The number of shares that moved by it.
  public var shares: Fact

  /// As splits are named: `7:1`, `1:10` of a reverse split.
  public var ratio: String { "\(newCount):\(oldCount)" }

  /// A split with its texts.
  init(
    _ split: ShareSplit,
    in source: borrowing some FactSource & ~Copyable & ~Escapable
  ) throws {
    (newCount, oldCount) = (split.newCount, split.oldCount)
    shares = try source.fact(split.shares.fact)
  }
}

extension FactSource where Self: ~Copyable & ~Escapable {
  /// A fact with its texts.
  ///
  /// - Throws: Whatever the source throws.
  borrowing func fact(_ id: FactID) throws -> Fact {
    Fact(
      entity: try text(id.entity),
      concept: try text(id.concept),
      dimensions: Dimensions(canonicalText: try text(id.dimensions)),
      unit: try text(id.unit),
      period: id.period
    )
  }
}
