import Synchronization

/// Counts of what was answered, for Prometheus.
public final class Metrics: Sendable {
  private struct Counts {
    var answers: [Int: UInt64] = [:]
    var microsecondCount: UInt64 = 0
    var slow: [UInt64] = [UInt64](repeating: 0, count: Metrics.bounds.count)
  }

  /// The upper bounds of the times that are counted, in microseconds.
  private static let bounds: [UInt64] = [1000, 10_000, 100_000, 1_000_000, 10_000_000]

  private let counts = Mutex(Counts())

  /// Notes an answer and how long it took to make.
  func note(_ status: Int, _ duration: Duration) {
    let parts = duration.components
    let microseconds =
      UInt64(max(0, parts.seconds)) * 1_000_000 + UInt64(max(0, parts.attoseconds))
      / 1_000_000_000_000
    counts.withLock { counts in
      counts.answers[status, default: 0] += 1
      counts.microsecondCount += microseconds
      for (index, bound) in Self.bounds.enumerated() where microseconds <= bound {
        counts.slow[index] += 1
      }
    }
  }

  /// The counts in the text format of Prometheus
  /// (<https://prometheus.io/docs/instrumenting/exposition_formats/>).
  var text: String {
    let counts = counts.withLock { $0 }
    let total = counts.answers.values.reduce(0, +)
    var lines = [
      "# HELP assay_http_answers_total Answers by status.",
      "# TYPE assay_http_answers_total counter",
    ]
    for (status, count) in counts.answers.sorted(by: { $0.key < $1.key }) {
      lines.append("assay_http_answers_total{status=\"\(status)\"} \(count)")
    }
    lines += [
      "# HELP assay_http_answer_seconds How long answers took to make.",
      "# TYPE assay_http_answer_seconds histogram",
    ]
    for (bound, count) in zip(["0.001", "0.01", "0.1", "1", "10"], counts.slow) {
      lines.append("assay_http_answer_seconds_bucket{le=\"\(bound)\"} \(count)")
    }
    let (seconds, rest) = counts.microsecondCount.quotientAndRemainder(dividingBy: 1_000_000)
    let fraction = String(rest + 1_000_000).dropFirst()
    lines += [
      "assay_http_answer_seconds_bucket{le=\"+Inf\"} \(total)",
      "assay_http_answer_seconds_sum \(seconds).\(fraction)",
      "assay_http_answer_seconds_count \(total)",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}
