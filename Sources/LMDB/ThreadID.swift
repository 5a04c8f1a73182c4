import Glibc
import Synchronization

/// An OS thread.
struct ThreadID: AtomicRepresentable, RawRepresentable, Equatable {
  let rawValue: UInt
  static let none = ThreadID(rawValue: 0)
  static var current: ThreadID { ThreadID(rawValue: UInt(pthread_self())) }
}
