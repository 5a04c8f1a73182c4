import Glibc

/// This program once more, in a process of its own whose standard output comes here.
struct ChildProcess: ~Copyable {
  private let identifier: pid_t
  private let descriptor: CInt
  private var rest: [UInt8] = []

  /// How a process ended.
  enum End: Equatable {
    case status(CInt)
    case signal(CInt)
  }

  /// Starts this program with other arguments.
  init(arguments: [String]) throws {
    var both: [CInt] = [-1, -1]
    guard unsafe pipe(&both) == 0 else { throw Self.failure(errno) }
    let ends = (read: both[0], write: both[1])
    for end in both { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends.write) }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, ends.write, STDOUT_FILENO)
    var strings = unsafe (["assay"] + arguments).map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe strings.indices { unsafe free(strings[index]) } }
    var identifier: pid_t = 0
    let failure = unsafe posix_spawn(
      &identifier,
      "/proc/self/exe",
      &actions,
      nil,
      &strings,
      environ
    )
    guard failure == 0 else {
      close(ends.read)
      throw Self.failure(failure)
    }
    self.identifier = identifier
    descriptor = ends.read
  }

  /// The next line of its output, without line feed; `nil` after the last.
  mutating func nextLine() -> [UInt8]? {
    var chunk = [UInt8](repeating: 0, count: 1 << 12)
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        defer { rest.removeFirst(end + 1) }
        return Array(rest[..<end])
      }
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe read(descriptor, buffer.baseAddress, buffer.count)
      }
      if count < 0, errno == EINTR { continue }
      // What has no line feed was cut off.
      guard count > 0 else { return nil }
      rest.append(contentsOf: chunk[..<count])
    }
  }

  /// Waits for its end.
  consuming func wait() -> End {
    close(descriptor)
    var status: CInt = 0
    while unsafe waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
  }

  private static func failure(_ code: CInt) -> FileFailure {
    FileFailure(path: "/proc/self/exe", errno: code, remedy: "end some other programs")
  }
}
