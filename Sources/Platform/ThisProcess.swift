import Glibc

/// What a process can know about itself and its machine.
public enum ThisProcess {
  /// The number that the operating system gave it.
  public static var identifier: CInt { getpid() }

  /// Whether a process of this number runs on this machine, whoever's it is.
  public static func isRunning(_ identifier: CInt) -> Bool {
    kill(identifier, 0) == 0 || errno != ESRCH
  }

  /// The size that a file may have which it writes; `nil` if there is no limit.
  public static var fileByteCountMax: Int? {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else {
      return nil
    }
    return Int(exactly: limit.rlim_cur)
  }

  /// The size of a page of memory.
  public static var memoryPageByteCount: Int { sysconf(CInt(_SC_PAGESIZE)) }

  /// The time now, in microseconds since 1970 began, in UTC.
  public static var timeInMicroseconds: Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
  }

  /// Does nothing for a while.
  public static func sleep(microseconds: UInt32) { usleep(microseconds) }

  /// Lets another thread have the processor.
  public static func yieldProcessor() { sched_yield() }
}
