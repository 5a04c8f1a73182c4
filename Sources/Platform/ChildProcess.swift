import Glibc

/// Another process, whose standard output is read here line by line.
public struct ChildProcess: ~Copyable {
  private let identifier: pid_t
  private let output: OpenFile
  private var rest: [UInt8] = []

  private static let pieceByteCount = 1 << 12

  /// The program that runs in this process.
  public static let thisProgram = "/proc/self/exe"

  /// How a process ended.
  public enum End: Hashable, Sendable {
    /// By itself, with this exit status.
    case status(CInt)

    /// By this signal.
    case signal(CInt)
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - program: Its path.
  ///   - name: The name of the program, its first argument.
  ///   - arguments: What follows the name.
  /// - Throws: ``SystemError`` if the system has no process or no pipe left.
  public init(
    program: String = thisProgram,
    name: String,
    arguments: [String]
  ) throws(SystemError) {
    var both: [CInt] = [-1, -1]
    guard unsafe pipe(&both) == 0 else { throw Self.failure(errno, "pipe", program) }
    for end in both { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let readEnd = OpenFile(owning: FileDescriptor(rawValue: both[0], path: program))
    let writeEnd = OpenFile(owning: FileDescriptor(rawValue: both[1], path: program))
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(
      &actions,
      writeEnd.descriptor.rawValue,
      STDOUT_FILENO
    )
    var strings = unsafe ([name] + arguments).map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe strings.indices { unsafe free(strings[index]) } }
    var identifier: pid_t = 0
    let code = unsafe posix_spawn(&identifier, program, &actions, nil, &strings, environ)
    guard code == 0 else { throw Self.failure(code, "posix_spawn", program) }
    self.identifier = identifier
    output = readEnd
  }

  /// The next line of its output, without the line feed; `nil` after the last.
  ///
  /// What has no line feed at its end was cut off, and is not given.
  public mutating func nextLine() -> [UInt8]? {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        defer { rest.removeFirst(end + 1) }
        return Array(rest[..<end])
      }
      let piece = try? output.descriptor.read(byteCountMax: Self.pieceByteCount)
      guard let piece, !piece.isEmpty else { return nil }
      rest += piece
    }
  }

  /// Waits for its end, and reads no more of its output.
  public consuming func wait() -> End {
    let identifier = identifier
    _ = consume self  // Closes the pipe: a process that still writes ends, too.
    var status: CInt = 0
    _ = uninterrupted { unsafe waitpid(identifier, &status, 0) }
    let signal = status & 0x7F
    return signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
  }

  private static func failure(_ code: CInt, _ function: String, _ program: String) -> SystemError {
    SystemError(
      code: code,
      function: function,
      path: program,
      remedy: "end some other programs"
    )
  }
}
