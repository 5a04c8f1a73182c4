import Facts
import Synchronization

/// What readers of one ledger have looked up before and that never changes.
///
/// A ledger only grows: what an event, a symbol or the first so many events say, they say for ever. So
/// nothing in here can be out of date, and each look-up of a statement's layout, which takes longer
/// than filling it, is made once.
final class StoreCache: Sendable {
  /// Definitions and filings, by their sequences.
  let events = Memo<UInt64, Event>()

  /// The sequences of definitions, by their names and before how many events they are looked for;
  /// `nil` where there was none.
  let definitions = Memo<DefinitionPlace, UInt64?>()

  let symbols = Memo<ExactText, SymbolID>()
  let texts = Memo<SymbolID, String>()

  /// Roots of the Merkle tree in hexadecimal, by its size.
  let roots = Memo<UInt64, String>()
}

/// A definition's name, and how many events count.
struct DefinitionPlace: Hashable {
  let name: DefinitionName
  let head: UInt64
}

/// The results of look-ups that never change, for any number of threads.
public final class Memo<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let known = Mutex<[Key: Value]>([:])

  /// How many are kept at most; then it begins again with none.
  private let countMax: Int

  /// Knows nothing yet.
  ///
  /// - Parameter countMax: How many results are kept at most.
  public init(countMax: Int = 1 << 14) { self.countMax = countMax }

  /// What is known under a key, or what a look finds; `nil`, because it may come later, is not kept.
  ///
  /// - Complexity: O(1) for what is known.
  public func value(_ key: Key, _ look: () throws -> Value?) rethrows -> Value? {
    if let value = known.withLock({ $0[key] }) { return value }
    guard let found = try look() else { return nil }
    known.withLock { known in
      if known.count >= countMax { known = [:] }
      known[key] = found
    }
    return found
  }
}
