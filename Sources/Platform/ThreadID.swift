import Glibc
public import Synchronization

/// A thread of the operating system.
public struct ThreadID: AtomicRepresentable, RawRepresentable, Hashable, Sendable {
  /// The number by which the C library knows it.
  public let rawValue: UInt

  /// The thread of this number.
  public init(rawValue: UInt) { self.rawValue = rawValue }

  /// No thread.
  public static let none = ThreadID(rawValue: 0)

  /// The thread that asks.
  public static var current: ThreadID { ThreadID(rawValue: UInt(pthread_self())) }
}
