import Glibc

/// What the command says instead of dying by a signal.
///
/// LMDB maps the file and believes its pages: where they are damaged, or the disk cannot be read, the
/// process gets a signal amid a read. Then nothing can be repaired in it, but its user can be told.
enum Crash {
  private static let signals = [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGTRAP, SIGFPE]

  /// A file to delete then: C memory, because nothing else may be touched in a signal handler.
  private nonisolated(unsafe) static var leftover: UnsafeMutablePointer<CChar>?

  /// Makes every such signal end the process with a message and status 1.
  static func report() {
    // On a stack of its own: the usual one may be what is exhausted.
    var stack = unsafe stack_t()
    unsafe stack.ss_size = 64 << 10
    unsafe stack.ss_sp = malloc(stack.ss_size)
    unsafe sigaltstack(&stack, nil)
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { signal in
      Crash.write("assay: stopped by ")
      Crash.write(Crash.name(signal))
      Crash.write(
        " while it read the ledger: the file or its disk is damaged, or the program is at"
      )
      Crash.write(" fault; find out with: assay verify\n")
      if let path = unsafe Crash.leftover { unsafe unlink(path) }
      _exit(EXIT_FAILURE)
    }
    action.sa_flags = SA_ONSTACK
    for signal in signals { unsafe sigaction(signal, &action, nil) }
  }

  /// Lets signals end the process as usual.
  static func die() {
    for signal in signals { Glibc.signal(signal, SIG_DFL) }
    // Whoever wants to be told of the signal has no use for the memory.
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }

  /// Names the file to delete on a crash; `nil` for none.
  static func deletes(_ path: String?) {
    unsafe free(leftover)
    unsafe leftover = path.flatMap { unsafe strdup($0) }
  }

  /// The name of one of the signals.
  static func name(_ signal: CInt) -> StaticString {
    switch signal {
    case SIGSEGV: "SIGSEGV"
    case SIGBUS: "SIGBUS"
    case SIGABRT: "SIGABRT"
    case SIGILL: "SIGILL"
    case SIGTRAP: "SIGTRAP"
    case SIGFPE: "SIGFPE"
    case SIGKILL: "SIGKILL"
    case SIGTERM: "SIGTERM"
    default: "a signal"
    }
  }

  private static func write(_ text: StaticString) {
    _ = unsafe Glibc.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  }
}
