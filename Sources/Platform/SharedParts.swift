import Synchronization

/// Numbered parts of one piece of work that several threads do, and whose results are joined in order.
///
/// Each thread takes the next part that nobody has. The thread that calls ``run(partCount:threadCountMax:help:work:join:)``
/// does part 0, because some work only it can do, and joins all results in the order of their
/// numbers: so the outcome, and the error, is the same however many threads there are.
public final class SharedParts<Value: Sendable>: Sendable {
  private let partCount: Int
  private let next = Atomic<Int>(1)
  private let results = Mutex<[Int: Result<Value, any Error>]>([:])

  private init(partCount: Int) { self.partCount = partCount }

  /// Does all parts, and returns when every thread is done.
  ///
  /// Where the system has no thread left, fewer help, or none.
  ///
  /// - Parameters:
  ///   - partCount: How many parts there are; at least 1, of which part 0 is never left to a helper.
  ///   - threadCountMax: How many threads there are at most, this one among them.
  ///   - help: What each other thread does: for as long as ``nextPart()`` gives it one, ``put(_:for:)``.
  ///     It may do nothing, where it cannot prepare what it needs.
  ///   - work: Does one part, on this thread.
  ///   - join: Takes the result of each part, in order, on this thread.
  /// - Throws: What the first part that failed threw, or what `join` threw first.
  public static func run(
    partCount: Int,
    threadCountMax: Int,
    help: @escaping @Sendable (SharedParts) -> Void,
    work: (_ part: Int) throws -> Value,
    join: (Value) throws -> Void
  ) throws {
    guard partCount > 0 else { return }
    let parts = SharedParts(partCount: partCount)
    var joinedCount = 0
    try withThreads(
      max(0, min(threadCountMax, coreCount, partCount) - 1),
      help: { help(parts) },
      body: {
        // Nobody waits for the rest after a failure.
        defer { parts.next.store(partCount, ordering: .relaxed) }
        var part: Int? = 0
        while let number = part {
          let result = Result { try work(number) }
          parts.put(result, for: number)
          if case .failure = result { return }
          try parts.join(&joinedCount, join)
          part = parts.nextPart()
        }
      }
    )
    try parts.join(&joinedCount, join)
  }

  /// The next part that no thread has; `nil` if there is none.
  public func nextPart() -> Int? {
    let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
    return part < partCount ? part : nil
  }

  /// Hands over what a part came to.
  public func put(_ result: Result<Value, any Error>, for part: Int) {
    results.withLock { $0[part] = result }
  }

  /// Joins those results that no missing one comes before.
  private func join(_ joinedCount: inout Int, _ join: (Value) throws -> Void) throws {
    while let result = results.withLock({ $0.removeValue(forKey: joinedCount) }) {
      try join(result.get())
      joinedCount += 1
    }
  }
}
