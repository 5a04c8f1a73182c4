import Glibc

/// The signals that end a process amid an instruction.
///
/// LMDB maps its data file into memory and trusts its pages: where they are damaged, or
/// the disk cannot be read, the process gets such a signal while it reads. Nothing can be repaired
/// in it then, but its user can read what happened.
public enum FatalSignals {
  private static let signals = [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGTRAP, SIGFPE]

  // C memory, because nothing else may be touched while a signal is handled.
  private nonisolated(unsafe) static var messageStart: StaticString = ""
  private nonisolated(unsafe) static var messageEnd: StaticString = ""
  private nonisolated(unsafe) static var interruption: StaticString = ""

  /// What is said on standard error when a user interrupts the process (`SIGINT`), in place of what was said before.
  ///
  /// - Parameter text: What became of the work; whole lines.
  public static func explainInterruption(_ text: StaticString) { unsafe interruption = text }

  /// Makes such a signal end the process with a message on standard error and exit status 1.
  ///
  /// - Parameters:
  ///   - start: The text before the name of the signal.
  ///   - end: The text after it.
  public static func explain(_ start: StaticString, _ end: StaticString) {
    unsafe (messageStart, messageEnd) = (start, end)
    Leftovers.prepare()
    // On a stack of its own: the usual one may be what is exhausted.
    var stack = unsafe stack_t()
    unsafe stack.ss_size = 64 << 10
    unsafe stack.ss_sp = malloc(stack.ss_size)
    unsafe sigaltstack(&stack, nil)
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { signal in
      FatalSignals.write(unsafe FatalSignals.messageStart)
      FatalSignals.write(FatalSignals.name(signal))
      FatalSignals.write(unsafe FatalSignals.messageEnd)
      Leftovers.removeAll()
      _exit(EXIT_FAILURE)
    }
    action.sa_flags = SA_ONSTACK
    for signal in signals { unsafe sigaction(signal, &action, nil) }
  }

  /// Lets such a signal end the process as the system does it, so that a parent process learns which
  /// signal it was; without a dump of the memory.
  public static func restoreDefaults() {
    for signal in signals { Glibc.signal(signal, SIG_DFL) }
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }

  /// Makes the signals by which a user or a closed pipe ends the process leave no file behind that is
  /// not whole.
  ///
  /// The process ends by the same signal, and a signal that is ignored stays so.
  public static func removeLeftovers() {
    Leftovers.prepare()
    for signal in [SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXCPU] {
      var action = sigaction()
      guard unsafe sigaction(signal, nil, &action) == 0,
        unsafe action.__sigaction_handler.sa_handler == nil  // The default action.
      else { continue }
      unsafe action.__sigaction_handler.sa_handler = { signal in
        Leftovers.removeAll()
        if signal == SIGINT { FatalSignals.write(unsafe FatalSignals.interruption) }
        Glibc.signal(signal, SIG_DFL)
        raise(signal)
      }
      action.sa_flags = 0
      unsafe sigaction(signal, &action, nil)
    }
  }

  /// Makes a write beyond the limit of a file's size fail like any other, where the system would end
  /// the process.
  public static func ignoreFileSizeSignal() { signal(SIGXFSZ, SIG_IGN) }

  /// The name of a signal that can end a process; `"a signal"` for one that is not expected.
  public static func name(_ signal: CInt) -> StaticString {
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
