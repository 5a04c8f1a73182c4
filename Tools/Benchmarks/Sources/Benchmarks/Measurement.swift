import Glibc

/// What one run of a workload took, as one line of JSON on standard output.
struct Measurement {
  /// How much was done: events, queries, bytes.
  var count = 0

  /// The time on the clock while it was measured.
  var wallNanoseconds: Int64 = 0

  /// The processor time of this process meanwhile, over all threads.
  var processorNanoseconds: Int64 = 0

  /// The times of single queries, where there are many in one run.
  private var samples: [Int64] = []

  /// Something that another program that does the same work must find, too.
  var check: Int64 = 0

  /// Measures `body`, and adds it to what was measured before.
  mutating func measure<Result>(_ body: () throws -> Result) rethrows -> Result {
    let (wall, processor) = (Self.now(CLOCK_MONOTONIC), Self.now(CLOCK_PROCESS_CPUTIME_ID))
    let result = try body()
    wallNanoseconds += Self.now(CLOCK_MONOTONIC) - wall
    processorNanoseconds += Self.now(CLOCK_PROCESS_CPUTIME_ID) - processor
    return result
  }

  /// Asks every question twice; the second time is measured, when no page has to be mapped first.
  ///
  /// - Parameters:
  ///   - ask: What is measured.
  ///   - look: Gets the answer; what it returns is added to ``check``.
  mutating func sample<Question, Answer>(
    _ questions: [Question],
    _ ask: (Question) throws -> Answer,
    _ look: (Question, Answer) throws -> Int64
  ) throws {
    for question in questions { _ = try look(question, ask(question)) }
    for question in questions {
      let before = wallNanoseconds
      let answer = try measure { try ask(question) }
      samples.append(wallNanoseconds - before)
      count += 1
      check &+= try look(question, answer)
    }
  }

  /// The time on a clock that only goes on.
  static var seconds: Double { Double(now(CLOCK_MONOTONIC)) / 1e9 }

  private static func now(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Writes what was measured.
  func write() {
    var members = [
      "\"count\":\(count)", "\"wall\":\(wallNanoseconds)", "\"cpu\":\(processorNanoseconds)",
      "\"check\":\(check)",
    ]
    if !samples.isEmpty {
      members.append("\"median\":\(samples.sorted()[samples.count / 2])")
    }
    print("{\(members.joined(separator: ","))}")
  }
}
