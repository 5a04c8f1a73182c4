import Glibc

/// A pipe whose ends no other program inherits.
struct Pipe: ~Copyable {
  let readEnd: OpenFile
  let writeEnd: OpenFile

  /// - Parameter name: What errors call it.
  init(named name: String) throws(SystemError) {
    var both: [CInt] = [-1, -1]
    guard unsafe pipe(&both) == 0 else { throw Spawning.failure(errno, "pipe", name) }
    for end in both { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    readEnd = OpenFile(owning: FileDescriptor(rawValue: both[0], path: name))
    writeEnd = OpenFile(owning: FileDescriptor(rawValue: both[1], path: name))
  }
}

/// How other programs are started, and how they end.
enum Spawning {
  /// Starts a program that has one end of a pipe in place of one of its standard files.
  ///
  /// - Parameters:
  ///   - program: Its path.
  ///   - words: Its name, and what follows it.
  ///   - pipe: The end of the pipe.
  ///   - standardFile: Which of its standard files that is.
  /// - Returns: The number of the process.
  static func start(
    _ program: String,
    _ words: [String],
    giving pipe: FileDescriptor,
    as standardFile: CInt
  ) throws(SystemError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, pipe.rawValue, standardFile)
    var strings = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe strings.indices { unsafe free(strings[index]) } }
    var identifier: pid_t = 0
    let code = unsafe posix_spawn(&identifier, program, &actions, nil, &strings, environ)
    guard code == 0 else { throw failure(code, "posix_spawn", program) }
    return identifier
  }

  /// Waits for the end of a process.
  static func end(of identifier: pid_t) -> ChildProcess.End {
    var status: CInt = 0
    _ = uninterrupted { unsafe waitpid(identifier, &status, 0) }
    let signal = status & 0x7F
    return signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
  }

  static func failure(_ code: CInt, _ function: String, _ program: String) -> SystemError {
    SystemError(
      code: code,
      function: function,
      path: program,
      remedy: "end some other programs"
    )
  }
}
