import Glibc

extension ThisProcess {
  /// The absolute path of the program that runs; `nil` where `/proc` does not tell.
  public static var programPath: String? { try? FileSystem.resolvingLinks("/proc/self/exe") }

  /// Ends the process with a status, without waiting for its threads.
  public static func exit(_ status: CInt) -> Never { Glibc.exit(status) }

  /// Runs another program in this process, which keeps its number: signals for it arrive.
  ///
  /// - Parameters:
  ///   - program: Its path.
  ///   - words: What it is given, without its own name.
  /// - Returns: Only if it cannot be run.
  /// - Throws: ``SystemError`` of `execv`: is the file there, and a program?
  public static func become(_ program: String, _ words: [String]) throws(SystemError) -> Never {
    var arguments: [UnsafeMutablePointer<CChar>?] = unsafe []
    // The array keeps the pointers until the call, which does not come back if it succeeds.
    for word in [program] + words { unsafe arguments.append(unsafe strdup(word)) }
    unsafe arguments.append(nil)
    _ = unsafe execv(program, arguments)
    let code = errno
    for index in unsafe arguments.indices { unsafe free(arguments[index]) }
    throw SystemError(code: code, function: "execv", path: program)
  }
}
