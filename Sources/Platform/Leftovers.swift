import Glibc
import Synchronization

/// Files to remove when a signal ends the process: those that are under way.
enum Leftovers {
  private static let countMax = 16
  private static let pathByteCountMax = Int(PATH_MAX)
  private static let isTaken = Mutex([Bool](repeating: false, count: countMax))

  // C memory, because nothing else may be touched while a signal is handled. A path begins with a zero
  // for as long as there is none.
  private nonisolated(unsafe) static let paths = {
    let paths = UnsafeMutablePointer<CChar>.allocate(capacity: countMax * pathByteCountMax)
    unsafe paths.initialize(repeating: 0, count: countMax * pathByteCountMax)
    return unsafe paths
  }()

  /// Makes the memory for the paths: before a handler of signals is set that reads it.
  static func prepare() { _ = unsafe paths }

  /// Notes a file; returns its number, `nil` if there are too many.
  static func add(_ path: String) -> Int? {
    let bytes = Array(path.utf8CString)
    guard bytes.count > 1, bytes.count <= pathByteCountMax else { return nil }
    let free = isTaken.withLock { isTaken in
      let free = isTaken.firstIndex(of: false)
      if let free { isTaken[free] = true }
      return free
    }
    guard let free else { return nil }
    let start = unsafe paths + free * pathByteCountMax
    // The first byte last: a signal between finds no path, or all of it.
    for index in bytes.indices.dropFirst() { unsafe start[index] = bytes[index] }
    unsafe start.pointee = bytes[0]
    return free
  }

  /// Forgets a file that ``add(_:)`` gave this number.
  static func forget(_ number: Int) {
    unsafe (paths + number * pathByteCountMax).pointee = 0
    isTaken.withLock { $0[number] = false }
  }

  /// Removes all of them; may be called while a signal is handled.
  static func removeAll() {
    for number in 0..<countMax {
      let path = unsafe paths + number * pathByteCountMax
      if unsafe path.pointee != 0 { unsafe unlink(path) }
    }
  }
}

/// A file that is under way, and is removed when a signal ends the process, for as long as this is
/// there.
public struct Leftover: ~Copyable, Sendable {
  private let number: Int?

  /// Notes the file of this path, whether it is there yet or not.
  public init(_ path: String) { number = Leftovers.add(path) }

  deinit { if let number { Leftovers.forget(number) } }
}
