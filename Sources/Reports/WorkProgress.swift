/// How far long work has come: how much is done, how fast, and how long the rest will take.
public struct WorkProgress: Hashable, Sendable {
  /// What is being done: `append`.
  public var work: String

  /// What is counted: `events`.
  public var noun: String

  /// How much is done.
  public var done: Int

  /// How much there is; `nil` where that is not known yet.
  public var total: Int?

  /// How long it took so far.
  public var elapsed: Duration

  /// Work of which so much is done.
  public init(_ work: String, _ noun: String, done: Int, of total: Int?, after elapsed: Duration) {
    (self.work, self.noun, self.done, self.total) = (work, noun, done, total)
    self.elapsed = elapsed
  }

  /// A line for people: `append: 120,000 of 500,000 events, 98,000 a second, 4 s left`.
  public var text: String {
    let milliseconds = elapsed / .milliseconds(1)
    let rate = milliseconds > 0 ? Int(Double(done) * 1000 / milliseconds) : 0
    var text = "\(work): \(Self.grouped(done))"
    if let total { text += " of \(Self.grouped(total))" }
    text += " \(noun), \(Self.grouped(rate)) a second"
    guard let total, rate > 0 else { return text }
    return text + ", \(Self.duration(max(0, total - done) / rate)) left"
  }

  private static func duration(_ seconds: Int) -> String {
    seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min"
  }

  private static func grouped(_ number: Int) -> String {
    let digits = Array(String(number))
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }
}
