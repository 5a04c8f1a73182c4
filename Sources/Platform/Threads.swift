import Glibc

/// Calls `body` on this thread, and `help` on up to `count` others at the same time; returns when all
/// are done.
///
/// Where the system has no thread left, fewer help, or none: `body` must be able to do all by itself.
///
/// - Parameters:
///   - count: How many threads to ask for.
///   - help: What each of them does.
///   - body: What this one does.
func withThreads<Result, Failure: Error>(
  _ count: Int,
  help: @escaping @Sendable () -> Void,
  body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  var threads: [pthread_t] = []
  for _ in 0..<count {
    let work = unsafe Unmanaged.passRetained(Work(help))
    var thread = pthread_t()
    // The new thread takes over the reference to its work.
    let code = unsafe pthread_create(
      &thread,
      nil,
      { work in
        if let work = unsafe work {
          unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
        }
        return nil
      },
      work.toOpaque()
    )
    guard code == 0 else {
      unsafe work.release()
      break
    }
    threads.append(thread)
  }
  defer { for thread in threads { pthread_join(thread, nil) } }
  return try body()
}

/// How many threads can run at once on this machine.
var coreCount: Int { max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))) }

private final class Work: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
