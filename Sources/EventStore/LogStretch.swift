import Facts
import Merkle

/// The results of checking some thousand neighbouring events of the log without the events before them.
///
/// Checks that need earlier events, such as whether a filing is recorded, are made when the stretches
/// are joined in the order of the log: see ``Verifier``.
struct LogStretch: Sendable {
  /// An event that is no claim.
  struct Other: Sendable {
    var sequence: UInt64
    var event: Event

    /// What its record says that an amendment names.
    var target: UInt64

    /// The sum over the events of the stretch before it.
    var sumBefore: LogSum
  }

  /// Claims of one filing and published time, one after another.
  struct Run: Sendable {
    var first: UInt64
    var count: UInt64
    var filing: SymbolID
    var published: Timestamp
  }

  /// A claim that uses a symbol with a higher number than any earlier claim of the stretch.
  ///
  /// Only such a claim can be the first in the log to use a symbol.
  struct Use: Sendable {
    var sequence: UInt64
    var symbols: InlineArray<6, UInt32>
  }

  /// The first event.
  let start: UInt64

  /// The event after the last that was read.
  var end: UInt64

  /// What is wrong with the event at ``end``; nothing after it was looked at.
  var failure: (any Error)?

  var others: [Other] = []
  var runs: [Run] = []
  var uses: [Use] = []

  /// The sum over all its events.
  var logSum = LogSum()

  /// The rows of facts that its claims make.
  var rowSum = RowSum()

  /// The roots over 256 leaves each.
  var tileRoots: [MerkleHash] = []

  /// The leaves after those.
  var openLeaves: [MerkleHash] = []

  /// All its leaves, and the rows of its claims, where they are kept.
  var leaves: [MerkleHash] = []
  var rows: [FactRow] = []

  /// How many events a stretch has, but for the last: whole tiles.
  static let eventCount: UInt64 = 8 * UInt64(MerkleTile.capacity)

  init(start: UInt64) { (self.start, end) = (start, start) }
}
