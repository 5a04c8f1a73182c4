import Synchronization

/// A bounded cache of the results of look-ups that never change, for any number of threads.
///
/// It holds two generations, each of up to half its bound. When the younger is full, it becomes the
/// older one, and what nobody asked for since the last time goes. So a working set of less than half
/// the bound is never looked up twice, whatever else is asked for meanwhile.
public final class LookupCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Generations {
    var younger: [Key: Value] = [:]
    var older: [Key: Value] = [:]

    mutating func value(_ key: Key, keeping count: Int) -> Value? {
      if let value = younger[key] { return value }
      guard let value = older[key] else { return nil }
      insert(value, for: key, keeping: count)
      return value
    }

    mutating func insert(_ value: Value, for key: Key, keeping count: Int) {
      if younger.count >= count { (older, younger) = (younger, [:]) }
      younger[key] = value
    }
  }

  private let generations = Mutex(Generations())

  /// How many results a generation has at most.
  private let generationCountMax: Int

  /// Makes a cache that is empty.
  ///
  /// - Parameter countMax: How many results are kept at most, from 2.
  public init(countMax: Int = 1 << 14) { generationCountMax = max(1, countMax / 2) }

  /// How many results are kept: one that is in both generations counts twice.
  var count: Int { generations.withLock { $0.younger.count + $0.older.count } }

  /// Returns the result for `key` that is kept, or what `lookUp` finds; `nil`, because it may come
  /// later, is not kept.
  ///
  /// - Throws: What `lookUp` throws.
  /// - Complexity: O(1) for a result that is kept.
  public func value(_ key: Key, _ lookUp: () throws -> Value?) rethrows -> Value? {
    let kept = generations.withLock { $0.value(key, keeping: generationCountMax) }
    if let kept { return kept }
    guard let found = try lookUp() else { return nil }
    generations.withLock { $0.insert(found, for: key, keeping: generationCountMax) }
    return found
  }
}
